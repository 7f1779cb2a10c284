"""Calls side by side: order, errors."""

from __future__ import annotations

import threading

import pytest

from zhenggai.parallel import cores, side_by_side


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_results_are_in_order_and_every_call_is_made_once(threads: int) -> None:
    seen: list[int] = []
    found = side_by_side(lambda x: (seen.append(x), x * x)[1], range(50), threads)
    assert found == [x * x for x in range(50)]
    assert sorted(seen) == list(range(50))
    assert side_by_side(lambda x: x, [], threads) == []
    assert cores() >= 1


def test_calls_run_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=20)
    assert len(side_by_side(lambda _: both.wait(), [0, 1], 2)) == 2


def test_an_exception_of_a_thread_is_raised() -> None:
    def fail(x: int) -> int:
        if x == 3:
            raise ValueError("drei")
        return x

    with pytest.raises(ValueError, match="drei"):
        side_by_side(fail, range(10), 2)
