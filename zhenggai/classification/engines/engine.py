"""Texts in, scores out: the interface of the engines, and the batches that they run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from zhenggai.classification.linear_models.ngrams import Floats

Pair = tuple[str, str]


class Engine(Protocol):
    """A model that runs."""

    def scores(self, pairs: Sequence[Pair]) -> Floats:
        """Logits of `pairs`, shape (n, labels), in order."""
        ...


STEP = 8
"""Lengths are rounded up to a multiple of this many tokens, unless an engine says otherwise."""


def padded_length(tokens: int, step: int = STEP) -> int:
    """To how many positions a text of `tokens` is padded: depends on the text alone, so its scores do too."""
    return -(-tokens // step) * step


def batches(
    lengths: Sequence[int], budget: int | None = None, rows: int | None = None, step: int = STEP
) -> Iterator[list[int]]:
    """Indices of texts of equal padded length: at most `budget` tokens (or one text) and `rows` texts."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    batch: list[int] = []
    for index in order:
        length = padded_length(lengths[index], step)
        other = bool(batch) and padded_length(lengths[batch[0]], step) != length
        full = budget is not None and (len(batch) + 1) * length > budget
        if batch and (other or full or len(batch) == rows):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
