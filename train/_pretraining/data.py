"""Shards → rows: a deterministic endless order of which only the position needs to be saved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from train._pretraining.config import ConfigError
from train._pretraining.vocabulary import CLS_ID

WORD_START = 0x8000
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


@dataclass(frozen=True)
class Source:
    """One memory-mapped file and how often an epoch passes over it."""

    name: str
    tokens: np.ndarray  # uint16, memory-mapped
    weight: float


class Rows:
    """Rows of ``length`` tokens: [CLS] and ``length - 1`` tokens of one source's stream.

    Row ``i`` of the endless order depends on (seed, i, length) alone, so that a position is the whole
    state, for any number of processes. An epoch passes ``weight`` times over each source, in a new
    order; in every epoch the cuts between rows are shifted.
    """

    def __init__(self, sources: list[Source], length: int, seed: int) -> None:
        self.sources = [s for s in sources if s.weight > 0 and len(s.tokens) >= 2 * length]
        if not self.sources:
            raise ConfigError(f"分片太短：没有一个来源达到 {2 * length} 字。请加语料或缩短序列。")
        self.length = length
        self.seed = seed
        self.rows = np.array([len(s.tokens) // (length - 1) - 1 for s in self.sources])
        self.ends = np.cumsum(
            [max(1, round(n * s.weight)) for n, s in zip(self.rows, self.sources, strict=True)]
        )

    @property
    def epoch_rows(self) -> int:
        """Rows in one weighted epoch."""
        return int(self.ends[-1])

    def take(self, positions: np.ndarray) -> np.ndarray:
        """uint16 (n, length): rows at these places of the order; the top bit marks word starts."""
        out = np.empty((len(positions), self.length), dtype=np.uint16)
        out[:, 0] = CLS_ID | WORD_START
        epochs = positions // self.epoch_rows
        for at, (position, epoch) in enumerate(zip(positions, epochs, strict=True)):
            place = permute(
                np.array([position % self.epoch_rows]), self.epoch_rows, self.seed * 1000 + int(epoch)
            )[0]
            which = int(np.searchsorted(self.ends, place, side="right"))
            within = int(place - (self.ends[which - 1] if which else 0))
            turn, row = divmod(within, int(self.rows[which]))
            shift = int(
                _mix(np.array([epoch * 64 + turn], dtype=np.uint64), self.seed)[0]
                % np.uint64(self.length - 1)
            )
            start = row * (self.length - 1) + shift
            out[at, 1:] = self.sources[which].tokens[start : start + self.length - 1]
        return out


def document_numbers(ids: np.ndarray) -> np.ndarray:
    """int32, same shape: 1, 2, ... counting the [CLS] of each row."""
    return np.cumsum(ids == CLS_ID, axis=1, dtype=np.int32)


def open_sources(folder: Path, part: str, weights: Mapping[str, float]) -> list[Source]:
    """Memory-mapped sources of ``part`` ("train" or "heldout"); a source not named weighs 1.

    Raises
    ------
    ConfigError : no index, or a weight names a source that is not there.
    """
    index = folder / "index.json"
    if not index.is_file():
        raise ConfigError(f"需要分片索引 {index}，但没有找到。请先运行 train/prepare_corpus.py。")
    names = sorted(json.loads(index.read_text(encoding="utf-8"))["sources"])
    unknown = sorted(set(weights) - set(names) - {"*"})
    if unknown:
        raise ConfigError(f"weights 中的 {unknown} 不在分片中；分片有：{names}。")
    default = weights.get("*", 1.0)
    out = []
    for name in names:
        path = folder / f"{name}.{part}.bin"
        tokens = np.memmap(path, dtype=np.uint16, mode="r") if path.stat().st_size else np.empty(0, np.uint16)
        out.append(Source(name, tokens, weights.get(name, default)))
    return out
