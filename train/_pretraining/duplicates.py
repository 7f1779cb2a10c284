"""Which documents are the first of their text, found on disk: memory does not grow with the corpus.

Python's set of the hashes would take some 100 bytes a document: gigabytes for a corpus of 100 GB. Here
the hashes go to a file, and each part of them that fits into memory is sorted by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

PART = 2_000_000
"""Hashes sorted at a time (some 100 bytes each while they are)."""
_BLOCK = 1_000_000


class FirstOccurrences:
    """Hashes of documents in their order, then for each whether it was the first of its kind.

    Takes 8 bytes a document in a file, and one more in another once `find` has run.
    """

    def __init__(self, folder: Path, part: int = PART) -> None:
        self._hashes, self._flags = folder / "hashes.tmp", folder / "first.tmp"
        self._part = part
        self._file = self._hashes.open("wb")

    def add(self, hashes: bytes) -> None:
        """Note the next documents: 8 bytes each."""
        self._file.write(hashes)

    def find(self) -> None:
        """Decide for all that were noted."""
        self._file.close()
        count = self._hashes.stat().st_size // 8
        with self._flags.open("wb") as file:
            file.truncate(count)
        if not count:
            return
        hashes = np.memmap(self._hashes, dtype=np.uint64, mode="r")
        first = np.memmap(self._flags, dtype=np.uint8, mode="r+")
        parts = -(-count // self._part)
        for number in range(parts):
            places = []
            for start in range(0, count, _BLOCK):
                block = np.asarray(hashes[start : start + _BLOCK])
                places.append(start + np.flatnonzero(block % np.uint64(parts) == number))
            at = np.concatenate(places)
            _, chosen = np.unique(hashes[at], return_index=True)  # the first of each
            first[at[chosen]] = 1
        first.flush()

    def __iter__(self) -> Iterator[bool]:
        """For each document, in order."""
        with self._flags.open("rb") as file:
            while block := file.read(_BLOCK):
                yield from map(bool, block)

    def close(self) -> None:
        """Remove the files."""
        self._file.close()
        self._hashes.unlink(missing_ok=True)
        self._flags.unlink(missing_ok=True)
