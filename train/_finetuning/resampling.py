"""Bootstrap over whole notices: intervals of a figure, and of the difference between two models."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train._finetuning.figures import Labelled, kappa, macro_f1, weighted_f1

Figure = Callable[[Sequence[str], Sequence[str]], float]
ROUNDS = 1000


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % percentile interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def accuracy(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Share of equal labels."""
    return float(np.mean([g == p for g, p in zip(gold, predicted, strict=True)]))


def interval(rows: Labelled, figure: Figure, seed: int = 0, rounds: int = ROUNDS) -> Interval:
    """`figure` of `rows`, with its interval over resampled notices."""
    gold, predicted = np.array(rows.gold), np.array(rows.predicted)
    values = [figure(gold[i].tolist(), predicted[i].tolist()) for i in _resamples(rows.notices, seed, rounds)]
    return Interval(figure(gold.tolist(), predicted.tolist()), *_bounds(values))


def difference(
    rows: Labelled, other: Sequence[str], figure: Figure, seed: int = 0, rounds: int = ROUNDS
) -> tuple[Interval, float]:
    """`figure` of `rows` minus that of `other`, paired, and the share of rounds at or below 0."""
    gold, ours, theirs = np.array(rows.gold), np.array(rows.predicted), np.array(other)
    values = []
    for i in _resamples(rows.notices, seed, rounds):
        wanted = gold[i].tolist()
        values.append(figure(wanted, ours[i].tolist()) - figure(wanted, theirs[i].tolist()))
    value = figure(gold.tolist(), ours.tolist()) - figure(gold.tolist(), theirs.tolist())
    return Interval(value, *_bounds(values)), float(np.mean(np.array(values) <= 0))


FIGURES: dict[str, Figure] = {
    "accuracy": accuracy,
    "macro_f1": macro_f1,
    "weighted_f1": weighted_f1,
    "kappa": kappa,
}


def _resamples(notices: Sequence[str], seed: int, rounds: int) -> Iterator[NDArray[np.int64]]:
    names = sorted(set(notices))
    members = [np.flatnonzero([n == name for n in notices]) for name in names]
    rng = np.random.default_rng(seed)
    for _ in range(rounds):
        yield np.concatenate([members[k] for k in rng.integers(len(names), size=len(names))])


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
