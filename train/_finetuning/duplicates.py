"""Written examples that repeat a real statement are refused: they would carry its words into training."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from zhenggai.classification.inputs import bare

T = TypeVar("T")
LIMIT = 0.8
"""Share of common character pairs (Jaccard) from which a written statement counts as a repetition."""


def refuse_near_duplicates(
    written: Sequence[T], text_of: Callable[[T], str], real: Iterable[str], limit: float = LIMIT
) -> list[T]:
    """The rows of `written` whose text is not as similar as `limit` to any of `real`."""
    pairs = [_pairs(text) for text in real]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, found in enumerate(pairs):
        for pair in found:
            holders[pair].append(index)

    def repeats(text: str) -> bool:
        own = _pairs(text)
        near = {index for pair in own for index in holders.get(pair, ())}
        return any(len(own & pairs[i]) >= limit * len(own | pairs[i]) for i in near)

    return [row for row in written if not repeats(text_of(row))]


def _pairs(text: str) -> frozenset[str]:
    plain = bare(text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset((plain,))
