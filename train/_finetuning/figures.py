"""Figures of a classifier: all that the reports state about labels against predictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, cohen_kappa_score, confusion_matrix, f1_score

Probabilities = NDArray[np.floating]


@dataclass(frozen=True)
class Labelled:
    """Gold labels beside predicted probabilities."""

    labels: tuple[str, ...]
    gold: tuple[str, ...]
    probabilities: Probabilities
    """Shape (n, labels)."""
    notices: tuple[str, ...]
    """Notice of each row; intervals resample whole notices."""

    @property
    def predicted(self) -> list[str]:
        """The most probable label of each row."""
        return [self.labels[i] for i in self.probabilities.argmax(axis=1)]


def main_figures(rows: Labelled) -> dict[str, float]:
    """Accuracy, macro-F1 over the labels that occur, weighted F1, top-2 accuracy, κ, ECE, log-loss."""
    gold, predicted = list(rows.gold), rows.predicted
    index = np.array([rows.labels.index(g) for g in gold])
    top2 = np.argsort(-rows.probabilities, axis=1, kind="stable")[:, :2]
    own = np.clip(rows.probabilities[np.arange(len(index)), index], 1e-9, 1)
    return {
        "accuracy": float(accuracy_score(gold, predicted)),
        "macro_f1": macro_f1(gold, predicted),
        "weighted_f1": weighted_f1(gold, predicted),
        "top2_accuracy": float((top2 == index[:, None]).any(axis=1).mean()),
        "kappa": kappa(gold, predicted),
        "ece": calibration_error(rows),
        "log_loss": float(-np.log(own).mean()),
    }


def macro_f1(gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str] | None = None) -> float:
    """Mean F1 of `labels`, or of those that occur in `gold`; another predicted label costs these."""
    named = sorted(set(gold)) if labels is None else list(labels)
    return float(f1_score(gold, predicted, average="macro", labels=named, zero_division=0))


def weighted_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Mean F1 of the labels, weighted by how often each occurs in `gold`."""
    return float(f1_score(gold, predicted, average="weighted", zero_division=0))


def kappa(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Agreement beyond chance (Cohen 1960)."""
    return float(cohen_kappa_score(gold, predicted))


def calibration_error(rows: Labelled, bins: int = 10) -> float:
    """Expected calibration error (Naeini et al. 2015): weighted |confidence − accuracy| over equal bins."""
    confidence = rows.probabilities.max(axis=1)
    right = np.array([g == p for g, p in zip(rows.gold, rows.predicted, strict=True)])
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        (which == b).mean() * abs(confidence[which == b].mean() - right[which == b].mean())
        for b in range(bins)
        if (which == b).any()
    ]
    return float(sum(gaps))


def per_class(rows: Labelled) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and support of each label."""
    table = confusion_matrix(rows.gold, rows.predicted, labels=list(rows.labels))
    out = {}
    for i, label in enumerate(rows.labels):
        right, found, wanted = float(table[i, i]), float(table[:, i].sum()), float(table[i].sum())
        precision = right / found if found else 0.0
        recall = right / wanted if wanted else 0.0
        f1 = 2 * right / (found + wanted) if found + wanted else 0.0
        out[label] = {"precision": precision, "recall": recall, "f1": f1, "support": wanted}
    return out


def parent_f1(rows: Labelled, parent: Mapping[str, str]) -> float:
    """Macro-F1 after every label is replaced by its parent."""
    return macro_f1([parent[g] for g in rows.gold], [parent[p] for p in rows.predicted])


def coverage_curve(rows: Labelled) -> list[tuple[float, float, float]]:
    """(threshold, share of rows at or above it, accuracy among them) in steps of 0.05."""
    confidence = rows.probabilities.max(axis=1)
    right = np.array([g == p for g, p in zip(rows.gold, rows.predicted, strict=True)])
    steps = np.round(np.arange(0.0, 1.0, 0.05), 2)
    return [
        (float(t), float((confidence >= t).mean()), float(right[confidence >= t].mean()))
        for t in steps
        if (confidence >= t).any()
    ]


def review_threshold(rows: Labelled, wanted: float = 0.95) -> float:
    """The lowest confidence from which at least `wanted` of the rows are right; 1.0 where none is."""
    confidence = rows.probabilities.max(axis=1)
    right = np.array([g == p for g, p in zip(rows.gold, rows.predicted, strict=True)])
    order = np.argsort(-confidence, kind="stable")
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(accuracy >= wanted)
    return round(float(confidence[order[enough[-1]]]), 4) if len(enough) else 1.0


def confusion(rows: Labelled) -> list[list[int]]:
    """Counts, gold labels in rows, predicted labels in columns."""
    table = confusion_matrix(rows.gold, rows.predicted, labels=list(rows.labels))
    return [[int(n) for n in row] for row in table]


def reliability(rows: Labelled, bins: int = 10) -> list[tuple[float, float, int]]:
    """(mean confidence, accuracy, items) of each filled bin of confidence."""
    confidence = rows.probabilities.max(axis=1)
    right = np.array([g == p for g, p in zip(rows.gold, rows.predicted, strict=True)])
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    filled = [which == b for b in range(bins) if (which == b).any()]
    return [(float(confidence[f].mean()), float(right[f].mean()), int(f.sum())) for f in filled]
