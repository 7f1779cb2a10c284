"""Probabilities of all labels from the deployed classifiers, whatever engine they run on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zhenggai.classification.category import CategoryClassifier
from zhenggai.classification.classifier import load_classifier
from zhenggai.classification.model import Query
from zhenggai.classification.outcome.clauses import read_clauses
from zhenggai.classification.statuses.explicit import stated_status
from zhenggai.classification.statuses.status import StatusClassifier
from zhenggai.explain.model import Task

Probabilities = NDArray[np.float64]


class Scorer(Protocol):
    """Queries in, probabilities of every label out."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order of the columns."""
        ...

    def __call__(self, queries: Sequence[Query]) -> Probabilities:
        """Probabilities, shape (n, labels), rows in order."""
        ...

    def stated(self, query: Query) -> bool:
        """Whether a rule decided, since the text states its label."""
        ...


class CategoryScorer:
    """The category classifier: statement and headings."""

    def __init__(self, classifier: CategoryClassifier) -> None:
        self._classifier = classifier
        self.labels = tuple(classifier.linear.labels)

    def __call__(self, queries: Sequence[Query]) -> Probabilities:
        """Probabilities, shape (n, categories)."""
        return np.asarray(self._classifier.probabilities(queries), dtype=np.float64)

    def stated(self, query: Query) -> bool:
        """Never: no rule decides a category."""
        return False


class StatusScorer:
    """The status classifier, its rules included: what they decide gets the probability they give."""

    def __init__(self, classifier: StatusClassifier) -> None:
        self._classifier = classifier
        self.labels = tuple(classifier.models.small.labels)

    def __call__(self, queries: Sequence[Query]) -> Probabilities:
        """Probabilities, shape (n, statuses)."""
        rows = np.asarray(self._classifier.distributions(queries), dtype=np.float64)
        for row, reading in zip(rows, self._classifier.read(queries), strict=True):
            if reading.clauses and self.stated(reading.query):
                # A rule leaves the other labels alike; what the model thinks of them makes the second-best.
                best = int(row.argmax())
                others = np.delete(np.asarray(self._classifier.probabilities(reading), np.float64), best)
                rest = others * (1 - row[best]) / max(float(others.sum()), 1e-9)
                row[:] = np.insert(rest, best, row[best])
        return rows

    def stated(self, query: Query) -> bool:
        """Whether a heading or a clause states the status of the whole problem."""
        return stated_status(query.path, read_clauses(query.outcome)) is not None


def load_scorer(task: Task, model: Path | None = None) -> Scorer:
    """The scorer of the model in `model`, or of the one that comes with the package.

    Raises:
        ModelError: the model cannot be loaded.
    """
    if task == "category":
        return CategoryScorer(load_classifier("category", model))
    return StatusScorer(load_classifier("status", model))
