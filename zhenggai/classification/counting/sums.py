"""Sums: whether numbers come to a total with what remains, and what share of it they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from zhenggai.classification.counting.remainders import Number, Rest
from zhenggai.classification.counting.shares import HALF

_LAST_DONE = 2
"""Numbers of what is done that are held against a total: 签订合同71项，到账486万元."""


def difference(rest: Rest, named: Sequence[tuple[float, str]], before: Sequence[Number]) -> float | None:
    """The share that the numbers before `rest` come to exactly."""
    if rest.quantity is None:
        return None
    left, unit = rest.quantity.unit_value
    own = [n for n in before if n.unit == unit]
    same = [n for n in own if not n.open]
    if left <= 0:
        return None
    whole = [n.value for n in own if n.whole and n.value > left]
    if rest.worded and whole:  # 5个村中甲村已付清，其余4个
        return (whole[-1] - left) / whole[-1]
    totals = {v for v, u in named if u == unit} | {n.value for n in own}
    sums = _sums(same) if rest.worded else {n.value for n in same if n.done}
    if not rest.worded and not rest.exact_only:  # 148家配建设施141家，7家整改中: the part that is open tells
        sums |= {n.value for n in same[-1:] if not n.sub}
    for total in sorted(totals, reverse=True):
        if total > left and any(abs(total - left - done) <= 1e-6 * total for done in sums):
            return (total - left) / total
    return _of_parts(left, same, rest.worded)


def _of_parts(left: float, same: Sequence[Number], worded: bool) -> float | None:
    """31个中，9个已开工，2个终止，剩余20个: parts that come to a total with the rest."""
    for at, total in enumerate(same):
        parts = same[at + 1 :]
        told = sum(part.value for part in parts) + left
        if parts and abs(total.value - told) <= 1e-6 * told:
            share = (total.value - left) / total.value
            known = any(part.done for part in parts) or (worded and share < HALF)
            return share if known else None
    return None


def bounded(rest: Rest, before: Sequence[Number]) -> float | None:
    """A bound of the share where the numbers before `rest` do not come to a total."""
    if rest.quantity is None or rest.quantity.value <= 0 or not (rest.certain or rest.behind_done):
        return None
    same = [n for n in before if n.unit == rest.quantity.unit and not n.open and not n.sub]
    if rest.behind_done and same:
        same[-1] = replace(same[-1], done=True)
    return bound(rest.quantity.value, same)


def _sums(numbers: Sequence[Number]) -> set[float]:
    """The values, and the sums of those from a finished one to the end (已剥离12家、关闭10家、保留3家)."""
    backwards = list(reversed(numbers))
    runs = zip(backwards, accumulate(n.value for n in backwards), strict=True)
    return {n.value for n in numbers} | {run for first, run in runs if first.done}


def bound(left: float, same: Sequence[Number]) -> float | None:
    """A share on whose side of a half there is no doubt, whether the nearest number is the total or not."""
    if not same:
        return None
    nearest = same[-1]
    if nearest.value >= 2 * left:
        return (nearest.value - left) / nearest.value
    if nearest.done and (nearest.value >= left or max(n.value for n in same) < left):
        return nearest.value / (nearest.value + left)
    return None


def done_of_total(named: Sequence[tuple[float, str]], before: Sequence[Number], first: int) -> float | None:
    """应兑现1240万元，已兑现1105万元，剩余部分…: the last number that is done, of the nearest greater one.

    Those of its own clause, from `first` on, tell more than others.
    """
    for done in [n for n in reversed(before) if n.done and not n.open][:_LAST_DONE]:
        same_clause = before[first:] if done in before[first:] else ()
        own = _greater(done, ((n.value, n.unit) for n in same_clause if not n.open))
        shares = own or _greater(done, [*named, *((n.value, n.unit) for n in before)])
        if shares:
            planned = _greater(done, ((n.value, n.unit) for n in before if n.planned))
            return _agreed_share(shares) or _agreed_share(planned)
    return None


def _agreed_share(shares: Sequence[float]) -> float | None:
    """The last of `shares` where all are on one side of a half."""
    return shares[-1] if len({share >= HALF for share in shares}) == 1 else None


def _greater(done: Number, totals: Iterable[tuple[float, str]]) -> list[float]:
    return [done.value / value for value, unit in totals if unit == done.unit and value > done.value]
