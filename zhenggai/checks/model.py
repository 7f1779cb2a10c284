"""What the checks take and give: labelled examples in, findings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhenggai.checks.probabilities import FOLDS, out_of_fold
from zhenggai.checks.similarity import Matrix, TextIndex
from zhenggai.ledger.extras import load_extra

HELD_OUT = ("validation", "test")
SHOWN = 3
"""Nearest labelled examples given with a finding."""
SPLIT_NAMES = {"train": "训练集", "validation": "验证集", "test": "测试集"}


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text."""

    where: str
    """File and line, and the row's id where it has one."""
    text: str
    label: str
    context: tuple[str, ...] = ()
    """Headings above a problem."""
    group: str | None = None
    """The notice that the text stands in; texts of one notice are never told apart by a fold."""
    split: str | None = None
    """`train`, `validation`, `test`, or None where the data has no splits."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A labelled example that resembles the row of a finding."""

    where: str
    text: str
    label: str
    similarity: float
    """Cosine of the TF-IDF vectors, in [0, 1]."""
    context: tuple[str, ...] = ()
    """Headings above the text: the same words below another heading may be of another category."""


def neighbour(example: Example, similarity: float) -> Neighbour:
    """`example` as a neighbour."""
    return Neighbour(example.where, example.text, example.label, similarity, example.context)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should look at."""

    check: str
    task: str
    where: str
    text: str
    label: str
    score: float
    """In [0, 1]; the higher, the likelier it is that something is wrong."""
    suggestion: str
    """What to do, in Chinese."""
    proposed: str | None = None
    """The label that fits better, where the check has one."""
    neighbours: tuple[Neighbour, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The row of the JSON-lines output."""
        return {
            "check": self.check,
            "task": self.task,
            "row": self.where,
            "text": self.text,
            "label": self.label,
            "score": round(self.score, 4),
            "suggestion": self.suggestion,
            "proposed": self.proposed,
            "nearest": [
                {
                    "row": n.where,
                    "text": n.text,
                    "path": list(n.context),
                    "label": n.label,
                    "similarity": round(n.similarity, 4),
                }
                for n in self.neighbours
            ],
        }


@dataclass(frozen=True)
class Context:
    """The examples of one task, with what several checks need, computed once."""

    task: str
    examples: Sequence[Example]
    seed: int = 0
    index: TextIndex = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", TextIndex([e.text for e in self.examples]))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels that occur, sorted."""
        return tuple(sorted({e.label for e in self.examples}))

    @cached_property
    def targets(self) -> NDArray[np.intp]:
        """Index of each example's label, shape (n,)."""
        number = {label: i for i, label in enumerate(self.labels)}
        return np.array([number[e.label] for e in self.examples])

    @cached_property
    def features(self) -> Matrix:
        """TF-IDF of the text and, at half weight, of the headings, shape (n, features)."""
        if not any(e.context for e in self.examples):
            return self.index.matrix
        sparse: Any = load_extra("scipy.sparse", "checks", "检查标注")
        headings = TextIndex([" ".join(e.context) for e in self.examples])
        return sparse.hstack([self.index.matrix, headings.matrix * 0.5]).tocsr()

    @cached_property
    def probabilities(self) -> NDArray[np.float64] | None:
        """Out-of-fold probabilities, shape (n, labels); None where there is too little to learn from."""
        groups = [e.group for e in self.examples]
        apart = len(set(groups) - {None}) + groups.count(None)
        if len(self.labels) < 2 or len(self.examples) < 2 * FOLDS or apart < 2:
            return None
        return out_of_fold(self.features, self.targets, groups, len(self.labels), self.seed)

    @property
    def accuracy(self) -> float | None:
        """Share of the examples that the out-of-fold model labels as they are labelled."""
        if self.probabilities is None:
            return None
        return float((self.probabilities.argmax(axis=1) == self.targets).mean())

    @cached_property
    def nearest(self) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The `SHOWN` nearest other examples of each: indices and similarities, shape (n, ≤ SHOWN)."""
        return self.index.nearest_others(SHOWN)

    def neighbours(self, row: int) -> tuple[Neighbour, ...]:
        """The nearest other examples of `row`."""
        indices, similarities = self.nearest
        return tuple(
            self.neighbour(int(i), float(s)) for i, s in zip(indices[row], similarities[row], strict=True)
        )

    def neighbour(self, row: int, similarity: float) -> Neighbour:
        """Example `row` as a neighbour."""
        example = self.examples[row]
        return neighbour(example, similarity)
