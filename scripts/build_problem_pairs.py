"""Learn `zhenggai/notice/language/problem_pairs.json` from data/ (training notices and synthetic examples).

    python scripts/build_problem_pairs.py

Problem statements (and headings that state one) against the clauses of answers, by character pairs.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.language.problem_pairs import pairs
from zhenggai.notice.language.statement import unwrap
from zhenggai.notice.language.wording import OUTCOME_LABEL

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
OUTPUT = ROOT / "zhenggai" / "notice" / "problem_pairs.json"
FEWEST = 4
"""A pair seen less often says nothing."""
SMALLEST = 0.4
"""A weight below this says too little to be kept."""


def rows(*patterns: str) -> Iterator[dict]:
    """Rows of the JSONL files that the patterns name."""
    for pattern in patterns:
        for path in sorted(DATA.glob(pattern)):
            with path.open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)


def without_number(text: str) -> str:
    """`text` without the number, and without the label, at its beginning."""
    for _ in range(2):
        marker = match_marker(text)
        text = text[marker.length :] if marker else text
        label = OUTCOME_LABEL.match(text)
        text = text[label.end() :] if label else text
    return text


def stated(text: str) -> str:
    """The statement without number and wrapper."""
    text = without_number(text)
    inner = unwrap(text)
    return text[inner.start : inner.end]


def weigh(problems: Iterable[str], actions: Iterable[str]) -> dict[str, float]:
    """Log-odds of each pair, add-half smoothing."""
    problems, actions = list(problems), list(actions)
    for_problem = Counter(pair for text in problems for pair in pairs(text))
    for_action = Counter(pair for text in actions for pair in pairs(text))
    weights = {}
    for pair in sorted(for_problem | for_action):
        if for_problem[pair] + for_action[pair] < FEWEST:
            continue
        odds = math.log((for_problem[pair] + 0.5) / (len(problems) + 1))
        odds -= math.log((for_action[pair] + 0.5) / (len(actions) + 1))
        if abs(odds) >= SMALLEST:
            weights[pair] = round(odds, 1)
    return weights


def main() -> None:
    """Build the file."""
    stating = rows("tables/problems/train.jsonl", "synthetic/problems/*.jsonl")
    problems = [stated(r["problem"]) for r in stating]
    problems += [stated(r["text"]) for r in rows("tables/headings/train.jsonl") if r.get("category")]
    clauses = [r for r in rows("tables/clauses/train.jsonl") if r["role"] != "V"]
    actions = [without_number(r["text"]) for r in clauses]
    for row in rows("synthetic/outcomes/*.jsonl"):
        actions += [without_number(clause["text"].strip()) for clause in row.get("clauses", ())]
    weights = weigh(problems, actions)
    text = json.dumps(weights, ensure_ascii=False, separators=(",", ":"))
    OUTPUT.write_text(text + "\n", encoding="utf-8")
    size = OUTPUT.stat().st_size
    print(f"{len(problems)} problems, {len(actions)} clauses, {len(weights)} pairs, {size} bytes")


if __name__ == "__main__":
    main()
