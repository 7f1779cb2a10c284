"""What classification takes and gives: one `Query` per item in, one `Prediction` out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """The texts of one item that its labels depend on."""

    problem: str
    path: tuple[str, ...] = ()
    """Headings above the problem, outermost first."""
    outcome: str = ""
    published: str | None = None
    """Date of the notice, YYYY-MM-DD, where it may tell whether something is past."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A label and its calibrated probability in [0, 1]."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class CategoryPrediction:
    """The category of a problem."""

    ranked: tuple[Scored, ...]
    """The best three, highest first."""
    also: tuple[str, ...] = ()
    """Further categories that the model holds to be named as clearly."""

    @property
    def label(self) -> str:
        """The primary category."""
        return self.ranked[0].label

    @property
    def score(self) -> float:
        """Calibrated probability of the primary category."""
        return self.ranked[0].score


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a status rests on."""

    text: str
    where: str
    """`outcome` or `path`."""
    start: int
    """Character offset of `text` in the outcome; in the path: the index of the heading."""


@dataclass(frozen=True, slots=True)
class StatusPrediction:
    """The completion status of an outcome."""

    label: str
    score: float
    long_term: bool
    source: str
    """`explicit` (a stated status), `inferred` (from what is reported), `none` (未说明)."""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """Both labels of one item."""

    category: CategoryPrediction
    status: StatusPrediction
