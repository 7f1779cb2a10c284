"""What goes into the shards, and the files they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

from train._pretraining.config import ConfigError
from train._pretraining.data import WORD_START
from train._pretraining.shards import held_out_name, shard_name


@dataclass(frozen=True)
class CorpusConfig:
    """What goes into the shards."""

    vocab_size: int = 5888  # tokens, special ones included; a multiple of 64 keeps the output GEMM fast
    min_count: int = 3  # a rarer character becomes [UNK]
    max_length: int = 1024  # model_max_length of the tokenizer
    held_out_per_mille: int = 5  # documents, chosen by a hash of their text
    max_held_out_tokens: int = 200_000  # per source; what lies beyond goes to neither part
    shard_tokens: int = 33_554_432  # a file of training tokens is closed from here on (64 MiB)
    min_document_characters: int = 20
    words: str = "jieba"  # "jieba": word starts are marked; "none": every character is a word
    sources: tuple[str, ...] = ()  # names of files without suffix; empty: all
    licences: dict[str, str] = field(default_factory=dict)  # source → licence as stated, for the card

    def __post_init__(self) -> None:
        if not 64 <= self.vocab_size < WORD_START:
            raise ConfigError(f"vocab_size 须在 64 到 {WORD_START - 1} 之间，得到 {self.vocab_size}。")
        if self.words not in ("jieba", "none"):
            raise ConfigError(f"words 须为 jieba 或 none，得到 {self.words!r}。")


@dataclass
class SourceFiles:
    """The growing files of one source and their counts; open only while documents of it come."""

    folder: Path
    name: str
    train_shards: list[int] = field(default_factory=lambda: [0])  # tokens of each file
    documents: int = 0
    held_out_tokens: int = 0
    held_out_documents: int = 0
    duplicates: int = 0
    _open: list[BinaryIO] = field(default_factory=list)

    def add(self, key: bytes, tokens: np.ndarray, config: CorpusConfig) -> None:
        """Write one document to the part its hash chooses."""
        train, held_out = self._open or self._start()
        if int.from_bytes(key[:4], "little") % 1000 < config.held_out_per_mille:
            if self.held_out_tokens + len(tokens) <= config.max_held_out_tokens:
                held_out.write(tokens.tobytes())
                self.held_out_tokens += len(tokens)
                self.held_out_documents += 1
            return
        if self.train_shards[-1] >= config.shard_tokens:
            self.close()
            self.train_shards.append(0)
            train, _ = self._start()
        train.write(tokens.tobytes())
        self.train_shards[-1] += len(tokens)
        self.documents += 1

    def _start(self) -> list[BinaryIO]:
        train = shard_name(self.name, len(self.train_shards) - 1)
        fresh = (self.train_shards[-1] == 0, self.held_out_tokens == 0)  # of an earlier preparation
        for file, new in zip((train, held_out_name(self.name)), fresh, strict=True):
            self._open.append((self.folder / file).open("wb" if new else "ab"))
        return self._open

    def finish(self) -> None:
        """Make sure that both files are there, empty if nothing went into them."""
        self.close()
        if not self.train_shards[0]:
            (self.folder / shard_name(self.name, 0)).write_bytes(b"")
        if not self.held_out_tokens:
            (self.folder / held_out_name(self.name)).write_bytes(b"")

    def close(self) -> None:
        """Until the next document of this source comes."""
        for file in self._open:
            file.close()
        self._open.clear()
