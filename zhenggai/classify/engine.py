"""Texts in, scores out: the interface of the engines, and the batches that they run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from zhenggai.classify.ngrams import Floats

Pair = tuple[str, str]


class Engine(Protocol):
    """A model that runs."""

    def scores(self, pairs: Sequence[Pair]) -> Floats:
        """Logits of `pairs`, shape (n, labels), in order."""
        ...


STEP = 16
"""Lengths are rounded up to a multiple of this many tokens."""


def padded_length(tokens: int) -> int:
    """To how many positions a text of `tokens` is padded: depends on the text alone, so its scores do too."""
    return -(-tokens // STEP) * STEP


def batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Indices of texts of equal padded length, at most `budget` tokens together (one text may exceed it)."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    batch: list[int] = []
    for index in order:
        length = padded_length(lengths[index])
        full = batch and (padded_length(lengths[batch[0]]) != length or (len(batch) + 1) * length > budget)
        if full:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
