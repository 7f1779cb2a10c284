"""The parts of the benchmark, in order, with all that they import."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from scripts._benchmark import classifying, gpu, limit, parsing, training, whole
from scripts._benchmark.measure import Figure
from scripts._benchmark.texts import Texts, read_texts
from zhenggai.parallel import cores


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
        unseen = texts.unseen[: plan.texts]
        yield from classifying.measure_shipped(unseen, plan.model, plan.rounds, figures[0])
        yield from classifying.measure_tfidf(statements, plan.model, plan.rounds)
    if "e" in plan.parts:
        mean = classifying.mean_length(statements, plan.model, 128)
        exact, default = (f.value for f in figures[-2:])
        yield from limit.measure(plan.model, mean, exact, default, plan.rounds)
