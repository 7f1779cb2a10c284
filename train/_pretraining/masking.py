"""Span masking: whole words and short runs of words, an exact number of tokens a row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from train._pretraining.data import WORD_START
from train._pretraining.special_tokens import Vocabulary


@dataclass(frozen=True)
class Masking:
    """How tokens are hidden.

    rate : share of a row's tokens that is hidden; exact, so that shapes are static.
    join : probability that a word is hidden together with the word before it (n-grams).
    mask, random : shares replaced by [MASK] and by a random character; the rest stays (BERT's 80/10/10).
    """

    rate: float = 0.2
    join: float = 0.3
    mask: float = 0.8
    random: float = 0.1

    def count(self, length: int) -> int:
        """Hidden tokens of a row of ``length`` tokens."""
        return max(1, round(self.rate * length))

    def apply(
        self, rows: np.ndarray, vocabulary: Vocabulary, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Hide ``count(T)`` tokens of each row.

        Returns masked ids (B, T), places within each row (B, count), the true ids there; all int64.
        Spans start at word starts; each gets a random priority, and the first ``count`` tokens in the
        order of priority are hidden: whole spans, but for the last one of a row.
        """
        count = self.count(rows.shape[1])
        ids = (rows & (WORD_START - 1)).astype(np.int64)
        special = vocabulary.is_reserved[ids]
        starts = ((rows & WORD_START) != 0) & (rng.random(rows.shape) >= self.join)
        starts |= special | np.roll(special, 1, axis=1)
        starts[:, 0] = True
        spans = np.cumsum(starts, axis=1) - 1
        priority = np.take_along_axis(rng.random(rows.shape), spans, axis=1)
        priority[special] = 2.0
        chosen = np.sort(np.argsort(priority, axis=1, kind="stable")[:, :count], axis=1)
        labels = np.take_along_axis(ids, chosen, axis=1)
        draw = rng.random(chosen.shape)
        hidden = np.where(draw < self.mask, vocabulary.mask, labels)
        noise = vocabulary.ordinary[rng.integers(0, len(vocabulary.ordinary), chosen.shape)]
        hidden = np.where((draw >= self.mask) & (draw < self.mask + self.random), noise, hidden)
        masked = ids.copy()
        np.put_along_axis(masked, chosen, hidden, axis=1)
        return masked, chosen, labels
