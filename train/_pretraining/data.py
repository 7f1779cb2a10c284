"""Shards → rows: a deterministic endless order of which only the position needs to be saved."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from train._pretraining.config import ConfigError
from train._pretraining.shards import OPEN_MAPS, Source

WORD_START = 0x8000
WINDOW = OPEN_MAPS // 2
"""Passes over files that are shuffled together; half the maps, so that two windows fit at a seam."""
_ROUNDS = 4


def permute(index: np.ndarray, size: int, key: int) -> np.ndarray:
    """A pseudo-random permutation of ``range(size)``, evaluated at ``index`` without a table.

    A Feistel network over the smallest even number of bits that holds ``size``; values outside are
    walked on until they fall inside (Black and Rogaway 2002, "Ciphers with arbitrary finite domains").
    """
    half = max(1, ((size - 1).bit_length() + 1) // 2)
    low = np.uint64((1 << half) - 1)
    out = index.astype(np.uint64)
    todo = np.ones(len(out), dtype=bool)
    while todo.any():
        left, right = out[todo] >> np.uint64(half), out[todo] & low
        for turn in range(_ROUNDS):
            left, right = right, left ^ (_mix(right, key * _ROUNDS + turn) & low)
        out[todo] = (left << np.uint64(half)) | right
        todo = out >= size
    return out.astype(np.int64)


def _mix(x: np.ndarray, key: int) -> np.ndarray:
    """splitmix64's finaliser."""
    with np.errstate(over="ignore"):
        z = x + np.uint64((key * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


class Rows:
    """Rows of ``length`` tokens: [CLS] (id ``cls``) and ``length - 1`` tokens of one file's stream.

    Row ``i`` of the endless order depends on (seed, i, length) alone, so that a position is the whole
    state, for any number of processes. An epoch passes ``weight`` times over each file; a part of a pass
    goes on in the next epoch where it left off, and in every pass the cuts between rows are shifted.

    A pass over a file is a unit. ``window`` units together are shuffled row by row; units themselves are
    shuffled over the epoch. So at most ``window`` files are in use at a time (and at a seam twice as
    many), however large the corpus; one with fewer units is shuffled as a whole.
    """

    def __init__(
        self, sources: Sequence[Source], length: int, seed: int, cls: int, window: int = WINDOW
    ) -> None:
        self.sources = [s for s in sources if s.weight > 0 and len(s.tokens) >= 2 * length]
        if not self.sources:
            raise ConfigError(f"分片太短：没有一个来源达到 {2 * length} 字。请加语料或缩短序列。")
        self.length, self.seed, self.cls, self.window = length, seed, cls, window
        self.rows = np.array([len(s.tokens) // (length - 1) - 1 for s in self.sources])
        weights = np.array([s.weight for s in self.sources])
        self.quota = np.maximum(1, np.round(self.rows * weights)).astype(np.int64)
        passes = -(-self.quota // self.rows)
        self._unit_source = np.repeat(np.arange(len(self.rows)), passes)
        first = np.repeat(np.cumsum(passes) - passes, passes)
        self._unit_start = (np.arange(len(first)) - first) * self.rows[self._unit_source]
        left = self.quota[self._unit_source] - self._unit_start
        self._unit_rows = np.minimum(left, self.rows[self._unit_source])
        self._plan = (-1, np.empty(0, np.int64), np.empty(0, np.int64))

    @property
    def epoch_rows(self) -> int:
        """Rows in one weighted epoch."""
        return int(self.quota.sum())

    def take(self, positions: np.ndarray) -> np.ndarray:
        """uint16 (n, length): rows at these places of the order; the top bit marks word starts."""
        out = np.empty((len(positions), self.length), dtype=np.uint16)
        out[:, 0] = self.cls | WORD_START
        epochs = positions // self.epoch_rows
        for epoch in np.unique(epochs):
            here = np.flatnonzero(epochs == epoch)
            files, starts = self._places(int(epoch), positions[here] % self.epoch_rows)
            for at in np.lexsort((starts, files)):  # by file, so that each is mapped once
                tokens = self.sources[files[at]].tokens
                out[here[at], 1:] = tokens[starts[at] : starts[at] + self.length - 1]
        return out

    def _places(self, epoch: int, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """File and first token of the rows at these places of an epoch."""
        order, ends = self._epoch(epoch)
        units = np.empty(len(at), np.int64)
        within = np.empty(len(at), np.int64)
        groups = np.searchsorted(ends[self.window - 1 :: self.window], at, side="right")
        for group in np.unique(groups):
            here = groups == group
            lo, hi = int(group) * self.window, min((int(group) + 1) * self.window, len(ends))
            base = int(ends[lo - 1]) if lo else 0
            key = self.seed * 1000 + epoch + int(group) * 1_000_003
            place = base + permute(at[here] - base, int(ends[hi - 1]) - base, key)
            found = np.searchsorted(ends, place, side="right")
            units[here] = order[found]
            within[here] = place - (ends[found] - self._unit_rows[order[found]])
        files = self._unit_source[units]
        turn, row = np.divmod(epoch * self.quota[files] + self._unit_start[units] + within, self.rows[files])
        shift = _mix(turn.astype(np.uint64), self.seed) % np.uint64(self.length - 1)
        return files, row * (self.length - 1) + shift.astype(np.int64)

    def _epoch(self, epoch: int) -> tuple[np.ndarray, np.ndarray]:
        """Units in the order of this epoch, and where each ends."""
        if self._plan[0] != epoch:
            order = np.arange(len(self._unit_rows))
            if len(order) > self.window:
                order = order[permute(order, len(order), self.seed * 1000 + epoch)]
            self._plan = (epoch, order, np.cumsum(self._unit_rows[order]))
        return self._plan[1], self._plan[2]


def document_numbers(ids: np.ndarray, cls: int) -> np.ndarray:
    """int32, same shape: 1, 2, ... counting the [CLS] (id ``cls``) of each row."""
    return np.cumsum(ids == cls, axis=1, dtype=np.int32)
