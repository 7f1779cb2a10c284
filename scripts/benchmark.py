"""Measure the whole package on this machine, ratio first, and write the figures as JSON.

    python scripts/benchmark.py --output out/benchmark.json
    python scripts/benchmark.py --parts b e --rounds 5
    python scripts/benchmark.py --quick

Parts: a parsing; b classification beside the usual ways; c files to ledger; d cold start; e the limit of
the machine; f speed of fine-tuning; g a GPU; h what fine-tuning to the end learns. Variants of a part take
turns. CPU seconds are what other load on the machine distorts least, wall seconds what a user sees.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

if not __package__:  # run as a file: imports start at the root of the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[1])


PARTS = "abcdefgh"


def main() -> None:
    """Read the options, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--parts", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="small amounts, one round: does it run at all")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--model", type=Path, default=Path("models/category"))
    parser.add_argument("--base", type=Path, default=Path("models/encoder"), help="model to fine-tune")
    parser.add_argument("--texts", type=int, default=700, help="at most so many statements and outcomes")
    parser.add_argument("--copies", type=int, default=10_000, help="notices of the long run of part c")
    parser.add_argument("--output", type=Path, help="JSON file")
    given = parser.parse_args()
    # Not at the top: the reading processes of part a import this file anew, and torch takes seconds.
    from scripts._benchmark.parts import Plan, machine, measure

    rounds = 1 if given.quick else given.rounds
    texts, copies = (24, 4) if given.quick else (given.texts, given.copies)
    plan = Plan("".join(given.parts), rounds, given.quick, given.data, given.model, given.base, texts, copies)
    print(machine(), flush=True)
    figures = []
    for figure in measure(plan):
        figures.append(figure)
        print(figure.line(), flush=True)
    if given.output is not None:
        content = {"machine": machine(), "figures": [dict(vars(f)) for f in figures]}
        given.output.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
