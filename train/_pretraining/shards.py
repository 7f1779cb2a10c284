"""The files of a prepared corpus: which there are, and their tokens mapped into memory, few at a time."""

from __future__ import annotations

import json
import mmap
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from train._pretraining.config import ConfigError

OPEN_MAPS = 64
"""Files mapped at a time. With the window of `data.Rows` this bounds address space and handles."""


class Maps:
    """Memory maps of files; those used least recently are given back.

    ``scattered``: tell the system that single pages are read, so that it does not read on around each of
    them; right where the files together do not stay in memory anyway.
    """

    def __init__(self, limit: int = OPEN_MAPS, scattered: bool = False) -> None:
        self.limit, self.scattered = limit, scattered
        self._open: OrderedDict[Path, np.ndarray] = OrderedDict()

    def __len__(self) -> int:
        return len(self._open)

    def get(self, path: Path) -> np.ndarray:
        """uint16 tokens of the file. Copy what is kept: the map goes when others are asked for."""
        found = self._open.get(path)
        if found is None:
            with path.open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            if self.scattered and hasattr(mmap, "MADV_RANDOM"):
                mapped.madvise(mmap.MADV_RANDOM)
            found = self._open[path] = np.frombuffer(mapped, dtype=np.uint16)
            if len(self._open) > self.limit:
                self._open.popitem(last=False)
        else:
            self._open.move_to_end(path)
        return found


@dataclass(frozen=True)
class MappedTokens:
    """The tokens of one file, mapped when they are read."""

    path: Path
    size: int
    maps: Maps = field(repr=False, compare=False)

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, part: slice) -> np.ndarray:
        return self.maps.get(self.path)[part]


@dataclass(frozen=True)
class Source:
    """One file of a source's tokens and how often an epoch passes over it."""

    name: str
    tokens: np.ndarray | MappedTokens  # uint16
    weight: float


def shard_name(source: str, number: int) -> str:
    """File of the training tokens of a source; a source has one or several, cut between documents."""
    return f"{source}.train.bin" if number == 0 else f"{source}.train-{number:05}.bin"


def held_out_name(source: str) -> str:
    """File of the held-out tokens of a source."""
    return f"{source}.heldout.bin"


def read_index(folder: Path) -> dict[str, dict[str, Any]]:
    """What `index.json` says of each source.

    Raises
    ------
    ConfigError : there is no index.
    """
    index = folder / "index.json"
    if not index.is_file():
        raise ConfigError(f"需要分片索引 {index}，但没有找到。请先运行 train/prepare_corpus.py。")
    sources: dict[str, dict[str, Any]] = json.loads(index.read_text(encoding="utf-8"))["sources"]
    return sources


def open_sources(folder: Path, part: str, weights: Mapping[str, float]) -> list[Source]:
    """The files of ``part`` ("train" or "heldout"), one `Source` each; a source not named weighs 1.

    Raises
    ------
    ConfigError : no index, a weight names a source that is not there, or a file has another size.
    """
    index = read_index(folder)
    unknown = sorted(set(weights) - set(index) - {"*"})
    if unknown:
        raise ConfigError(f"weights 中的 {unknown} 不在分片中；分片有：{sorted(index)}。")
    default = weights.get("*", 1.0)
    files = [(name, *file) for name in sorted(index) for file in _files(name, index[name], part)]
    maps = Maps(scattered=len(files) > OPEN_MAPS)
    out = []
    for name, file, tokens in files:
        size = (folder / file).stat().st_size // 2 if (folder / file).is_file() else -1
        if size != tokens:
            raise ConfigError(
                f"分片 {folder / file}：索引记有 {tokens} 字，"
                f"实际{f' {size} 字' if size >= 0 else '没有此文件'}。"
                "请重新运行 train/prepare_corpus.py。"
            )
        out.append(Source(name, MappedTokens(folder / file, size, maps), weights.get(name, default)))
    return out


def _files(name: str, entry: Mapping[str, Any], part: str) -> list[tuple[str, int]]:
    if part == "heldout":
        return [(held_out_name(name), entry["held_out_tokens"])]
    sizes = entry.get("train_shards") or [entry["train_tokens"]]  # indices of format 1 have one file a source
    return [(shard_name(name, number), size) for number, size in enumerate(sizes)]
