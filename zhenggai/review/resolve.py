"""Several people, one item: the majority decides each label; where there is none, nobody's word is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from zhenggai.review.item import Correction, Key, Labels, ReviewItem

FIELDS: dict[str, Callable[[Labels], Any]] = {
    "category": lambda labels: labels.category,
    "also": lambda labels: tuple(sorted(labels.also)),
    "status": lambda labels: labels.status,
    "long_term": lambda labels: labels.long_term,
}


@dataclass(frozen=True)
class Resolved:
    """One item with the labels that stand, and those that are disputed."""

    item: ReviewItem
    labels: Labels
    """A disputed label is the predicted one and must not be used."""
    disputed: tuple[str, ...]
    """Names of the fields without a majority."""
    corrections: Sequence[Correction]


def resolve(corrections: Iterable[Correction], prefer: str | None = None) -> list[Resolved]:
    """One result per item, in the order in which the items first came.

    Of one annotator the latest word on an item counts. Then each label is decided by majority, or by the
    word of the annotator `prefer` (an adjudicator) where that one has spoken.
    """
    by_item: dict[Key, list[Correction]] = {}
    for correction in corrections:
        by_item.setdefault(correction.item.key, []).append(correction)
    return [_resolve(_latest(given), prefer) for given in by_item.values()]


def _latest(given: Sequence[Correction]) -> list[Correction]:
    latest: dict[str, Correction] = {}
    for correction in sorted(given, key=lambda c: c.date):  # stable: without dates, the later in the file
        latest[correction.annotator] = correction
    return list(latest.values())


def _resolve(given: Sequence[Correction], prefer: str | None) -> Resolved:
    item = given[0].item
    adjudicated = [c for c in given if prefer is not None and c.annotator == prefer]
    voices = adjudicated or given
    values: dict[str, Any] = {}
    disputed = []
    for name, read in FIELDS.items():
        (value, votes), *others = Counter(read(c.labels) for c in voices).most_common()
        if others and others[0][1] == votes:
            disputed.append(name)
            value = getattr(item.predicted, name)
        values[name] = value
    return Resolved(item, Labels(**values), tuple(disputed), given)
