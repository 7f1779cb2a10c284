"""Notices into folds of like size and like labels: whole notices, never their items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

FOLDS = 5
STARTS = 200
SEED = 20211

Counts = NDArray[np.float64]


def assign_folds(labels: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Fold number (0 … 4) of each notice.

    `labels` maps a notice to the labels of its items (categories and statuses alike). The folds differ as
    little as moving single notices can make them, by χ² over labels, the best of `STARTS` random starts; the
    fold that is most like the whole comes last, the second-most before it. The seed is fixed, so the answer
    depends on `labels` alone.
    """
    notices = sorted(labels)
    names = sorted({label for of_notice in labels.values() for label in of_notice})
    tallies = [Counter(labels[n]) for n in notices]
    counts = np.array([[tally[name] for name in names] for tally in tallies], dtype=np.float64)
    rng = np.random.default_rng(SEED)
    candidates = [_improve(rng.integers(FOLDS, size=len(notices)), counts) for _ in range(STARTS)]
    best = min(candidates, key=lambda folds: _costs(folds, counts).sum())
    rank = np.argsort(np.argsort(-_costs(best, counts)))
    return {notice: int(rank[fold]) for notice, fold in zip(notices, best, strict=True)}


def split_of(fold: int) -> str:
    """Split of a fold: the last one is for the test, the one before for validation."""
    return {FOLDS - 1: "test", FOLDS - 2: "validation"}.get(fold, "train")


def _costs(folds: NDArray[np.int64], counts: Counts) -> NDArray[np.float64]:
    """χ² distance of each fold's label counts from a fifth of all."""
    expected = counts.sum(axis=0) / FOLDS
    sums = np.stack([counts[folds == fold].sum(axis=0) for fold in range(FOLDS)])
    return (((sums - expected) ** 2) / expected).sum(axis=1)


def _improve(folds: NDArray[np.int64], counts: Counts) -> NDArray[np.int64]:
    """Move single notices while that lowers the cost."""
    best = _costs(folds, counts).sum()
    improved = True
    while improved:
        improved = False
        for notice in range(len(folds)):
            for fold in range(FOLDS):
                trial = folds.copy()
                trial[notice] = fold
                cost = _costs(trial, counts).sum()
                if cost < best - 1e-9:
                    folds, best, improved = trial, cost, True
    return folds
