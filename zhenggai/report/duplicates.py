"""Near-identical outcomes across notices: copied boilerplate, found with MinHash."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhenggai.ledger.extras import load_extra
from zhenggai.ledger.record import Record

SHORTEST = 30
"""Characters (without punctuation and digits) below which texts are alike by chance."""
SHINGLE = 5
SIMILARITY = 0.7
"""Jaccard similarity of the sets of shingles from which two outcomes count as near-identical."""
PERMUTATIONS = 64

_NOISE = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Group:
    """Outcomes that are near-identical."""

    members: Sequence[int]
    """Indices of the items in the ledger."""
    notices: int
    similarity: float
    """The smallest similarity of a member to the first."""


def near_identical(records: Sequence[Record]) -> list[Group]:
    """Groups of outcomes that occur in two or more notices, largest first.

    Digits and punctuation do not count, so that copies with other dates and sums are found. Candidates come
    from locality-sensitive hashing (Broder 1997; `datasketch`), each pair is checked exactly.

    Raises:
        LedgerError: datasketch is not installed.
    """

    def notices_of(members: Sequence[int]) -> int:
        return len({records[i].notice for i in members})

    same: dict[str, list[int]] = {}
    for index, record in enumerate(records):
        text = _NOISE.sub("", record.outcome)
        if len(text) >= SHORTEST:
            same.setdefault(text, []).append(index)
    texts = list(same)
    parents = list(range(len(texts)))
    for one, other in _similar_pairs(texts):
        parents[_root(parents, one)] = _root(parents, other)
    clusters: dict[int, list[int]] = {}
    for number in range(len(texts)):
        clusters.setdefault(_root(parents, number), []).append(number)
    groups = [_group([texts[n] for n in numbers], same) for numbers in clusters.values()]
    shared = [
        Group(members, count, likeness) for members, likeness in groups if (count := notices_of(members)) > 1
    ]
    return sorted(shared, key=lambda g: (-len(g.members), g.members))


def _group(texts: Sequence[str], same: Mapping[str, Sequence[int]]) -> tuple[list[int], float]:
    """Members, and the smallest similarity to the first text."""
    members = sorted(index for text in texts for index in same[text])
    first = _shingles(texts[0]) if len(texts) > 1 else set()
    return members, min((_jaccard(first, _shingles(text)) for text in texts[1:]), default=1.0)


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _similar_pairs(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    datasketch: Any = load_extra("datasketch", "report", "比较相似的整改情况")
    index = datasketch.MinHashLSH(threshold=SIMILARITY, num_perm=PERMUTATIONS)
    empty = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=zlib.crc32)
    for number, text in enumerate(texts):
        shingles = _shingles(text)
        sketch = empty.copy()  # a new one would draw its permutations again
        sketch.update_batch([s.encode() for s in shingles])
        for other in index.query(sketch):
            if _jaccard(shingles, _shingles(texts[other])) >= SIMILARITY:
                yield number, other
        index.insert(number, sketch)


def _shingles(text: str) -> set[str]:
    return {text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)
