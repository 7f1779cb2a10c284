"""A piece: the inputs that one task takes and one partition of the output holds."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Where the inputs of a piece are."""

    FILES = "files"
    ZIP = "zip"
    PARQUET = "parquet"
    WARC = "warc"


@dataclass(frozen=True, slots=True)
class Entry:
    """One input: a file, or a member of a zip."""

    name: str
    stamp: str = ""
    """Changes when the file changes."""
    size: int = 0
    """Bytes; 0 where it is not known."""
    error: str | None = None
    """Why there is nothing to read, in Chinese."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Inputs that are done together, and committed together."""

    kind: Kind
    entries: tuple[Entry, ...] = ()
    """Files, or members of the zip `container`; empty for Parquet and WARC."""
    container: str = ""
    stamp: str = ""
    """State of the container."""
    group: int = 0
    """Parquet: the row group."""
    start: int = 0
    """Parquet: first row within the group. WARC: byte offset of the first record."""
    count: int = 0
    """Parquet: rows. WARC: responses."""
    failed: tuple[tuple[int, str], ...] = ()
    """Inputs (by position) that brought down their process, and what to say of them; not part of the key."""

    @property
    def size(self) -> int:
        """Number of inputs."""
        return len(self.entries) or self.count

    @property
    def key(self) -> str:
        """Names the partition: the same inputs in the same state give the same key, on every run."""
        values = dataclasses.asdict(dataclasses.replace(self, failed=()))
        text = json.dumps(values, ensure_ascii=False, sort_keys=True)
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()

    def marked(self, failed: dict[int, str]) -> Piece:
        """The same piece with inputs that are not to be tried again."""
        return dataclasses.replace(self, failed=tuple(sorted(failed.items())))

    def to_json(self) -> str:
        """For the way to a worker."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Piece:
        """What `to_json` made."""
        values: dict[str, Any] = json.loads(text)
        return cls(
            **{
                **values,
                "kind": Kind(values["kind"]),
                "entries": tuple(Entry(**e) for e in values["entries"]),
                "failed": tuple((index, error) for index, error in values["failed"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Cut:
    """How inputs are cut into pieces."""

    inputs: int = 100
    """About so many inputs a piece, at most twice as many."""
    bytes: int = 64 * 1024 * 1024
    """At most so many bytes a piece, where sizes are known (a single larger file is a piece of its own)."""

    def groups(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
        """Entries in order, cut where a name's checksum says so.

        Cutting by content and not by counting keeps the pieces of a folder the same when files are added to
        it: a daily run redoes the pieces that the new files fall into and skips all others.
        """
        group: list[Entry] = []
        size = 0
        for entry in entries:
            if group and size + entry.size > self.bytes:
                yield tuple(group)
                group, size = [], 0
            group.append(entry)
            size += entry.size
            if len(group) >= 2 * self.inputs or zlib.crc32(_bytes(entry.name)) % self.inputs == 0:
                yield tuple(group)
                group, size = [], 0
        if group:
            yield tuple(group)


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")
