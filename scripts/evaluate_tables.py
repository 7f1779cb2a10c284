"""How well items are found in tables: F1 of problems and of the characters of outcomes, fields filled.

    python scripts/evaluate_tables.py                # labelled notices of the training part, 12 layouts
    python scripts/evaluate_tables.py --verbose      # with every miss

A found item matches an expected one when their problems are equal but for white space and marks at the
ends, and its outcome has at least nine tenths of the characters in common. Deadlines count as
right when they are equal but for white space, responsible bodies when they contain the expected one (a table
may name a person too). Exit status 1 where F1 is below 0.95.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from table_layouts import LAYOUTS, Row, rows_of

from zhenggai.notice import Item, parse
from zhenggai.notice.reading import read

ROOT = Path(__file__).resolve().parent.parent
LOWEST = 0.95
ALIKE = 0.9


@dataclass
class Counts:
    """Sums over files."""

    found: int = 0
    expected: int = 0
    matched: int = 0
    both: int = 0
    characters: int = 0
    """Of outcomes, found and expected together."""
    deadlines: int = 0
    bodies: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of another file."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def f1(self) -> float:
        """Of items."""
        return 2 * self.matched / max(1, self.found + self.expected)

    @property
    def outcome_f1(self) -> float:
        """Of the characters of outcomes."""
        return 2 * self.both / max(1, self.characters)

    def row(self, name: str) -> str:
        """One line of the table."""
        fields = self.deadlines / max(1, self.expected), self.bodies / max(1, self.expected)
        return (
            f"{name:24} {self.found:5} {self.expected:8} {self.f1:8.3f} {self.outcome_f1:11.3f} "
            f"{fields[0]:9.3f} {fields[1]:12.3f}"
        )


def fold(text: str | None) -> str:
    """White space, width and marks at the ends do not count."""
    return "".join(unicodedata.normalize("NFKC", text or "").split()).strip("。.;:,、")


def compare(items: Sequence[Item], rows: Sequence[Row], verbose: bool) -> Counts:
    """Match items with rows, in order."""
    counts = Counts(found=len(items), expected=len(rows))
    free = {fold(row.problem): row for row in rows}
    counts.characters += sum(len(fold("".join(row.measures + row.results))) for row in rows)
    for item in items:
        outcome = fold(item.outcome)
        counts.characters += len(outcome)
        row = free.pop(fold(item.problem), None)
        if row is None:
            if verbose:
                print(f"   extra: {item.number} {item.problem[:60]!r} | {item.outcome[:40]!r}")
            continue
        wanted = fold("".join(row.measures + row.results))
        both = (Counter(outcome) & Counter(wanted)).total()
        counts.both += both
        alike = 2 * both >= ALIKE * (len(outcome) + len(wanted))
        counts.matched += alike
        counts.deadlines += fold(item.deadline) == fold(row.deadline)
        counts.bodies += fold(row.responsible) in fold(item.responsible)
        if verbose and not alike:
            print(f"   outcome: {item.problem[:30]!r}: {outcome[:60]!r}, expected {wanted[:60]!r}")
        fields = (item.deadline, row.deadline), (item.responsible, row.responsible)
        if verbose and any(fold(b) not in fold(a) for a, b in fields):
            print(f"   fields: {item.problem[:30]!r}: {fields}")
    if verbose:
        for row in free.values():
            print(f"   missed: {row.problem[:60]!r}")
    return counts


def training_notices(most_units: int = 40) -> list[str]:
    """Names of labelled notices of the training part, not too long."""
    notices = json.loads((ROOT / "data" / "splits.json").read_text(encoding="utf-8"))["notices"]
    return [name for name, of in notices.items() if of["split"] == "train" and of["units"] <= most_units]


def evaluate(notices: Sequence[str], verbose: bool = False) -> dict[str, Counts]:
    """Counts by layout; each layout with each of the notices, PDF (slow) with the first alone."""
    found: dict[str, Counts] = {}
    for layout, write in LAYOUTS.items():
        for name in notices if not layout.endswith(".pdf") else notices[:1]:
            rows = rows_of(ROOT / "data" / "annotations" / f"{name}.jsonl")
            if verbose:
                print(f"{layout} {name}")
            counts = compare(parse(read(layout, write(rows))).items, rows, verbose)
            found.setdefault(layout, Counts()).add(counts)
    return found


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notices", type=int, default=6, help="how many notices")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    total = Counts()
    found = evaluate(training_notices()[: arguments.notices], arguments.verbose)
    print("layout                   found expected  item F1  outcome F1  deadline  responsible")
    for layout, counts in found.items():
        total.add(counts)
        print(counts.row(layout))
    print(total.row("all"))
    return 0 if total.f1 >= LOWEST else 1


if __name__ == "__main__":
    sys.exit(main())
