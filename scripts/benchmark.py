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
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

if not __package__:  # run as a file: imports start at the root of the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import torch

from scripts._benchmark import classifying, gpu, limit, parsing, training, whole
from scripts._benchmark.measure import Figure
from scripts._benchmark.texts import Texts, read_texts
from zhenggai.parallel import cores

PARTS = "abcdefgh"


@dataclass(frozen=True)
class Plan:
    """What to measure, how often and on what."""

    parts: str
    rounds: int
    quick: bool
    data: Path
    model: Path
    base: Path
    texts: int
    copies: int


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


def machine() -> str:
    """What the figures were measured on."""
    device = torch.cuda.get_device_name() if torch.cuda.is_available() else "无 GPU"
    versions = f"torch {torch.__version__}，Python {platform.python_version()}"
    return f"{platform.machine()}，{cores()} 核，{device}，{versions}"


def measure(plan: Plan) -> Iterator[Figure]:
    """All figures of the plan's parts."""
    texts = read_texts(plan.data / "notices")
    if "a" in plan.parts:
        yield from parsing.measure(texts, plan.rounds, plan.quick)
    if "b" in plan.parts or "e" in plan.parts:
        yield from _encoder(plan, texts)
    if "c" in plan.parts:
        yield from whole.measure_throughput(texts, (min(100, plan.copies), plan.copies))
    if "d" in plan.parts:
        yield from whole.measure_cold(texts, plan.rounds)
    if "f" in plan.parts:
        yield from training.measure(plan.base, plan.data, plan.rounds, 1 if plan.quick else 10)
    if "h" in plan.parts:
        seeds, epochs = (1, 0.02) if plan.quick else (3, 6.0)
        yield from training.measure_quality(plan.base, plan.data, seeds, epochs)
    if "g" in plan.parts:
        if torch.cuda.is_available():
            yield from gpu.measure(texts.statements, plan.model, 128, plan.rounds)
        else:
            print("(g) 略过：这台机器没有可用的 GPU。", flush=True)


def _encoder(plan: Plan, texts: Texts) -> Iterator[Figure]:
    """Parts b and e: the limit is held against the statements' rate."""
    statements = texts.statements[: plan.texts]
    figures = list(classifying.measure("问题", statements, plan.model, 128, plan.rounds))
    if "b" in plan.parts:
        yield from figures
        outcomes = texts.outcomes[: max(8, plan.texts // 4)]
        yield from classifying.measure("整改情况", outcomes, plan.model, 256, plan.rounds)
        yield from classifying.measure_shipped(texts.unseen[: plan.texts], plan.model, plan.rounds)
        yield from classifying.measure_tfidf(statements, plan.model, plan.rounds)
    if "e" in plan.parts:
        mean = classifying.mean_length(statements, plan.model, 128)
        exact, default = (f.value for f in figures[-2:])
        yield from limit.measure(plan.model, mean, exact, default, plan.rounds)


if __name__ == "__main__":
    main()
