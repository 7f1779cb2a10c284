"""Each distinct input once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

A = TypeVar("A", bound=Hashable)
B = TypeVar("B")


def over_distinct(items: Sequence[A], function: Callable[[list[A]], Sequence[B]]) -> list[B]:
    """`function` of the distinct `items`, spread over all of them again: n in, n out, order kept."""
    if not items:
        return []
    distinct = list(dict.fromkeys(items))
    answers = dict(zip(distinct, function(distinct), strict=True))
    return [answers[item] for item in items]
