"""Shares of pairs: the same from few sets and from many."""

import random

import pytest

from zhenggai.notice.summary import pair_index
from zhenggai.notice.summary.pair_index import PairIndex, Whole, containment, pairs_of


def _texts(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices("党务公开不及时台账缺失", k=rng.randrange(12))) for _ in range(count)]


def _slowly(pairs: frozenset[str], sets: list[frozenset[str]], least: float, of: Whole) -> dict[int, float]:
    shares = {}
    for index, other in enumerate(sets):
        whole = {
            "own": len(pairs),
            "other": len(other),
            "smaller": min(len(pairs), len(other)),
            "larger": max(len(pairs), len(other)),
        }
        common = len(pairs & other)
        if common and common / whole[of] >= least:
            shares[index] = common / whole[of]
    return shares


@pytest.mark.parametrize("of", ["own", "other", "smaller", "larger"])
@pytest.mark.parametrize("least", [0.0, 0.4, 0.75, 1.0])
@pytest.mark.parametrize("many", [0, 1000])
def test_shares_are_those_of_the_sets(of: Whole, least: float, many: int, monkeypatch) -> None:
    """Few sets are counted one by one, many by numpy; both to the bit."""
    monkeypatch.setattr(pair_index, "_MANY", many)
    sets = [pairs_of(text) for text in _texts(60, 1)]
    index = PairIndex(sets)
    for text in [*_texts(20, 2), "", "公", "没有的字"]:
        pairs = pairs_of(text)
        assert index.shares(pairs, least, of) == _slowly(pairs, sets, least, of)


@pytest.mark.parametrize("many", [0, 1000])
def test_sets_may_be_added_between_questions(many: int, monkeypatch) -> None:
    monkeypatch.setattr(pair_index, "_MANY", many)
    index = PairIndex([pairs_of("党务公开不及时")])
    asked = pairs_of("党务公开")
    assert index.shares(asked, 1.0, "own") == {0: 1.0}
    index.add(pairs_of("党务公开"))
    assert index.shares(asked, 1.0, "own") == {0: 1.0, 1: 1.0}
    assert index.shares(asked, 1.0, "larger") == {1: 1.0}


def test_only_what_is_asked_for_is_kept() -> None:
    index = PairIndex([pairs_of("党务公开不及时")], asked=pairs_of("公开"))
    assert index.shares(pairs_of("党务公开"), 0.1, "own") == {0: 1 / 3}
    assert list(index.sizes) == [6]


def test_containment_counts_the_pairs_of_the_inner() -> None:
    assert containment("党务公开", "党务不公开") == pytest.approx(2 / 3)
    assert containment("党", "") == 1.0
