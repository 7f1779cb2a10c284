"""What an explanation consists of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from zhenggai.checks.model import Neighbour

Task = Literal["category", "status"]
TASKS: dict[Task, str] = {"category": "类别", "status": "完成状态"}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the texts that a label depends on."""

    field: Literal["problem", "outcome", "path"]
    start: int
    end: int
    """Character offsets in the field, end exclusive."""
    text: str
    heading: int = 0
    """Index of the heading where `field` is `path`."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens when a part is left out."""

    part: Part
    drop: float
    """By how much the probability of the label falls, in [-1, 1]; negative: the part spoke against it."""
    contrast: float
    """By how much the log-odds of the label against the second-best fall."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A label with its probability and what the taxonomy says of it."""

    name: str
    score: float
    definition: str = ""
    elsewhere: str = ""
    """What does not belong there, and where it belongs."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a text got its label."""

    task: Task
    texts: dict[str, str]
    """Field (`problem`, `outcome`) → text that was judged."""
    path: tuple[str, ...]
    first: Meaning
    second: Meaning
    stated: bool
    """The notice states the status in words; a rule decided, the model was not asked."""
    parts: tuple[Effect, ...]
    """Words of a problem, clauses of an outcome, headings: in reading order, without overlap."""
    words: tuple[Effect, ...]
    """Words inside the clauses that carried a status."""
    neighbours: tuple[Neighbour, ...]

    @property
    def decisive(self) -> tuple[Effect, ...]:
        """Parts whose omission changes the probability, the strongest first."""
        return _by_strength(self.parts)

    @property
    def decisive_words(self) -> tuple[Effect, ...]:
        """The same for the words inside clauses."""
        return _by_strength(self.words)

    def separating(self, towards_first: bool, count: int = 5) -> tuple[Effect, ...]:
        """The distinct parts that pull towards the label, or towards the second-best, the strongest first.

        Words of a problem, whole clauses of an outcome: single words of a clause say little of its status.
        """
        sign = 1 if towards_first else -1
        pulling = [e for e in self.parts if sign * e.contrast > _LEAST_CONTRAST]
        strongest = {e.part.text: e for e in sorted(pulling, key=lambda e: sign * e.contrast)}
        return tuple(list(strongest.values())[::-1][:count])


_LEAST_CONTRAST = 0.05


def _by_strength(effects: Sequence[Effect]) -> tuple[Effect, ...]:
    return tuple(sorted((e for e in effects if visible(e)), key=lambda e: -abs(e.drop)))


def visible(effect: Effect) -> bool:
    """Whether a change is large enough to be shown: half a percentage point."""
    return abs(effect.drop) >= 0.005
