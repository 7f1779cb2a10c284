"""Which of many texts share character pairs with one: counted by an index, so that a file of ten thousand
items takes no longer for each than a notice of twenty.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from operator import add
from typing import Literal

from zhenggai.notice.draft import Draft

_MANY = 300
"""Items from which on an index of their outcomes pays, and numpy for it; no single notice has as many."""
Whole = Literal["own", "other", "smaller", "larger"]
"""What a share is of: the pairs of the one that asks, of the other, or of the smaller or larger of both."""
_WHOLE: dict[Whole, Callable[[int, int], int]] = {
    "own": lambda own, _: own,
    "other": lambda _, other: other,
    "smaller": min,
    "larger": max,
}


def pairs_of(text: str) -> frozenset[str]:
    """The character pairs of `text`."""
    return frozenset(map(add, text, text[1:]))


def containment(inner: str, outer: str) -> float:
    """Share of the character pairs of `inner` that `outer` has too, in [0, 1]; for a long `outer`."""
    pairs = pairs_of(inner)
    return sum(map(outer.__contains__, pairs)) / len(pairs) if pairs else 1.0


class PairIndex:
    """Sets of pairs, found by the pairs in them; by those in `asked` alone, where it is given."""

    def __init__(self, sets: Sequence[frozenset[str]], asked: frozenset[str] | None = None) -> None:
        self.sizes = array("i")
        self._asked = asked
        self._where: dict[str, array[int]] = {}
        for pairs in sets:
            self.add(pairs)

    def add(self, pairs: frozenset[str]) -> None:
        """One more set, with the next number."""
        for pair in pairs if self._asked is None else self._asked & pairs:
            self._where.setdefault(pair, array("i")).append(len(self.sizes))
        self.sizes.append(len(pairs))

    def common(self, pairs: frozenset[str]) -> Counter[int]:
        """How many of `pairs` each set has, those that have none left out."""
        return Counter(chain.from_iterable(self._where[pair] for pair in pairs if pair in self._where))

    def shares(self, pairs: frozenset[str], least: float, of: Whole) -> dict[int, float]:
        """The sets that share at least `least` of their pairs with `pairs`, with that share, in (0, 1]."""
        if len(self.sizes) > _MANY:
            return self._shares_of_many(pairs, least, of)
        whole, own, sizes = _WHOLE[of], len(pairs), self.sizes
        shares = ((i, n / whole(own, sizes[i])) for i, n in self.common(pairs).items())
        return {i: share for i, share in shares if share >= least}

    def _shares_of_many(self, pairs: frozenset[str], least: float, of: Whole) -> dict[int, float]:
        """The same: who asks grows in number with the sets, so that each must cost next to nothing."""
        import numpy as np  # 60 ms, which no single notice pays

        places = [self._where[pair] for pair in pairs if pair in self._where]
        if not places:
            return {}
        common = np.bincount(np.concatenate([np.frombuffer(place, np.intc) for place in places]))
        some = np.flatnonzero(common)
        sizes, own = np.frombuffer(self.sizes, np.intc)[some], len(pairs)
        wholes = {
            "own": np.full_like(sizes, own),
            "other": sizes,
            "smaller": np.minimum(sizes, own),
            "larger": np.maximum(sizes, own),
        }
        shares = common[some] / wholes[of]
        near = shares >= least
        return dict(zip(some[near].tolist(), shares[near].tolist(), strict=True))


class Outcomes:
    """What was done about each item, as far as `asked`, all the pairs that will be asked for, goes."""

    def __init__(self, text: str, drafts: Sequence[Draft], asked: frozenset[str]) -> None:
        self._text, self._drafts, self._asked = text, drafts, asked

    @cached_property
    def _texts(self) -> list[str]:
        return ["".join(self._text[slice(*span)] for span in d.outcome) for d in self._drafts]

    @cached_property
    def _index(self) -> PairIndex:
        return PairIndex([self._asked & pairs_of(text) for text in self._texts])

    def shares(self, pairs: frozenset[str], least: float) -> dict[int, float]:
        """Share of `pairs` in the outcome of each item, in [0, 1]; those below `least` may be missing."""
        if len(self._drafts) > _MANY:
            return self._index.shares(pairs, least, "own")
        return {i: sum(map(text.__contains__, pairs)) / len(pairs) for i, text in enumerate(self._texts)}
