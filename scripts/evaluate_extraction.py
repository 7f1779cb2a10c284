"""How well the parser finds items: problem F1, outcome character F1, spans, declared, listed_open.

    python scripts/evaluate_extraction.py                 # the labelled notices in data/
    python scripts/evaluate_extraction.py --verbose       # with every miss and every extra item

A found item matches an annotated one when their problems stand at the same place (spans overlap) and
at least 80 % of the shorter statement's characters are in the longer one, in order. Outcomes are
compared as sets of source positions: an annotated character is found when a found outcome span covers it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zhenggai.notice import Item, SourceText, parse

ROOT = Path(__file__).resolve().parent.parent
Span = tuple[int, int]


@dataclass(frozen=True)
class Gold:
    """An annotated item in source offsets."""

    problem: Span
    outcome: frozenset[int]
    listed_open: bool
    text: str
    id: str


@dataclass
class Counts:
    """Sums over notices."""

    found: int = 0
    gold: int = 0
    matched: int = 0
    characters_found: int = 0
    characters_gold: int = 0
    characters_both: int = 0
    listed_found: int = 0
    listed_gold: int = 0
    listed_both: int = 0
    bad_spans: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of another notice."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def f1(both: int, found: int, gold: int) -> float:
    """Harmonic mean of precision and recall; 1 where there is nothing to find and nothing found."""
    return 2 * both / (found + gold) if found + gold else 1.0


def read_gold(text: str, annotations: Path) -> list[Gold]:
    """Annotated items with their places in `text`."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    lines = text.split("\n")

    def place(number: int, quote: str | None) -> Span:
        line = lines[number]
        if quote is None:
            return starts[number], starts[number] + len(line)
        at = line.find(quote)
        if at < 0:
            at = line.find(quote[:12])
        return starts[number] + max(at, 0), starts[number] + max(at, 0) + len(quote)

    gold = []
    for row in map(json.loads, annotations.read_text(encoding="utf-8").splitlines()):
        problem = place(row["problem_line"], row["problem_quote"])
        outcome: set[int] = set()
        for number, quote in row["outcome_lines"]:
            start, end = place(number, quote)
            outcome.update(i for i in range(start, end) if not text[i].isspace())
        gold.append(Gold(problem, frozenset(outcome), row["listed_open"], row["problem"], row["id"]))
    return gold


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def pair_up(items: Sequence[Item], gold: Sequence[Gold]) -> list[Gold | None]:
    """The annotated item that each found one matches, each given once."""
    free, out = list(gold), []
    for item in items:
        match = next(
            (g for g in free if overlaps(item.problem_span, g.problem) and _alike(item.problem, g.text)), None
        )
        if match is not None:
            free.remove(match)
        out.append(match)
    return out


def compare(text: str, items: tuple[Item, ...], gold: list[Gold], verbose: bool) -> Counts:
    """Match found items with annotated ones and count."""
    counts = Counts(found=len(items), gold=len(gold))
    pairs = pair_up(items, gold)
    found_characters: set[int] = set()
    for item, match in zip(items, pairs, strict=True):
        for start, end in item.outcome_spans:
            found_characters.update(i for i in range(start, end) if not text[i].isspace())
        counts.bad_spans += _bad_spans(text, item)
        counts.listed_found += item.listed_open
        if match is None:
            if verbose:
                print(f"   extra: {item.number} {item.problem[:60]} | {item.outcome[:30]!r}")
            continue
        counts.matched += 1
        counts.listed_both += item.listed_open and match.listed_open
        if verbose and item.listed_open != match.listed_open:
            print(f"   listed_open {item.listed_open}, annotated {match.listed_open}: {item.problem[:50]}")
        if verbose:
            own = {i for s, e in item.outcome_spans for i in range(s, e) if not text[i].isspace()}
            wrong = len(own ^ match.outcome)
            if wrong > 20:
                print(
                    f"   outcome differs by {wrong} of {len(match.outcome)}: {item.number} {item.problem[:40]}"
                )
    gold_characters = set().union(*(g.outcome for g in gold)) if gold else set()
    counts.characters_found, counts.characters_gold = len(found_characters), len(gold_characters)
    counts.characters_both = len(found_characters & gold_characters)
    counts.listed_gold = sum(g.listed_open for g in gold)
    if verbose:
        for missed in gold:
            if missed not in pairs:
                print(f"   missed: {missed.text[:70]}")
    return counts


def _alike(found: str, annotated: str) -> bool:
    found, annotated = "".join(found.split()), "".join(annotated.split())
    shorter, longer = sorted((found, annotated), key=len)
    at = hits = 0
    for character in shorter:
        index = longer.find(character, at)
        if index >= 0:
            hits, at = hits + 1, index + 1
    return hits >= 0.8 * len(shorter) and len(shorter) >= 0.4 * (len(longer) - 14)


def _bad_spans(text: str, item: Item) -> int:
    """Spans whose source, after cleaning, is not the field."""
    from zhenggai.notice.text.cleaning import clean

    def quoted(span: Span) -> str:
        return clean(SourceText("", text[slice(*span)])).text

    bad = quoted(item.problem_span) != item.problem
    return bad + ("\n".join(quoted(s) for s in item.outcome_spans) != item.outcome)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notices", type=Path, default=ROOT / "data" / "notices")
    parser.add_argument("--annotations", type=Path, default=ROOT / "data" / "annotations")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    total = Counts()
    print("notice      found gold  problem F1  outcome F1  listed F1  bad spans  declared")
    for path in sorted(arguments.notices.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        notice = parse(SourceText(path.name, text))
        gold = read_gold(text, arguments.annotations / f"{path.stem}.jsonl")
        counts = compare(text, notice.items, gold, arguments.verbose)
        total.add(counts)
        declared = (
            {k: v for k, v in notice.declared.as_dict().items() if k != "quote"} if notice.declared else "-"
        )
        print(row(path.stem, counts), declared)
    print(row("all", total))


def row(name: str, c: Counts) -> str:
    """One line of the table."""
    problem = f1(c.matched, c.found, c.gold)
    outcome = f1(c.characters_both, c.characters_found, c.characters_gold)
    listed = f1(c.listed_both, c.listed_found, c.listed_gold)
    return (
        f"{name:10} {c.found:6} {c.gold:4} {problem:11.3f} {outcome:11.3f} {listed:10.3f} {c.bad_spans:10} "
    )


if __name__ == "__main__":
    main()
