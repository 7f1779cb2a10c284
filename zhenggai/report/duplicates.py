"""Near-identical outcomes across notices: copied boilerplate, found with MinHash."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
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
    """Groups of outcomes that are near-identical in two or more notices, largest first.

    Raises:
        LedgerError: datasketch is not installed.
    """
    groups = []
    outcomes = [r.outcome for r in records]
    for members in similar_groups(outcomes):
        if (count := len({records[i].notice for i in members})) > 1:
            groups.append(Group(members, count, _likeness([outcomes[i] for i in members])))
    return sorted(groups, key=lambda g: (-len(g.members), g.members))


def similar_groups(texts: Sequence[str], shortest: int = SHORTEST) -> list[list[int]]:
    """Indices of texts that are near-identical, two or more together, in order.

    Digits and punctuation do not count, so that copies with other dates and sums are found; texts with fewer
    than `shortest` other characters are left out. Candidates come from locality-sensitive hashing (Broder
    1997; `datasketch`), each pair is checked exactly.

    Raises:
        LedgerError: datasketch is not installed.
    """
    same: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        bare = _NOISE.sub("", text)
        if len(bare) >= shortest:
            same.setdefault(bare, []).append(index)
    distinct = list(same)
    parents = list(range(len(distinct)))
    for one, other in _similar_pairs(distinct):
        parents[_root(parents, one)] = _root(parents, other)
    clusters: dict[int, list[int]] = {}
    for number, bare in enumerate(distinct):
        clusters.setdefault(_root(parents, number), []).extend(same[bare])
    return sorted(sorted(members) for members in clusters.values() if len(members) > 1)


def _likeness(texts: Sequence[str]) -> float:
    """The smallest similarity to the first text."""
    first, *others = (_shingles(_NOISE.sub("", text)) for text in texts)
    return min(_jaccard(first, other) for other in others)


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
