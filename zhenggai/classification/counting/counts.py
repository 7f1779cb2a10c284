"""Counted remainders: how much of what a clause counts is done, and how much remains.

The guideline decides between 基本完成 and 正在整改 by counting (half or more is done), which n-grams cannot.
A count is believed only where it leaves no doubt: total = done + rest, a stated share, or numbers so far
apart that it does not matter which of them is the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhenggai.classification.counting.quantities import quantities
from zhenggai.classification.counting.remainder_words import OPEN, REST, STILL
from zhenggai.classification.counting.remainders import (
    Number,
    Rest,
    may_be_parts,
    numbers_in,
    rests_in,
    says_open,
)
from zhenggai.classification.counting.shares import (
    HALF,
    all_but,
    cut_down,
    few_left,
    finished_since,
    mostly,
    part_of_whole,
    percent_parts,
    same_deed,
    stated_share,
    work_done,
)
from zhenggai.classification.counting.shortfall import Shortfall, shortfall
from zhenggai.classification.counting.sums import bound, bounded, difference, done_of_total
from zhenggai.patterns import compiled

_INSTALMENTS = compiled(r"分期|分[二两三四五六]年|还款(?:协议|计划)|按(?:协议|约定)")
"""An agreed plan of instalments is 基本完成, however little is paid so far."""
_BY_DATE = compiled(r"[年月底]前[^，。；]{0,6}(?:付清|结清|还清|缴清|清零|完成|到位|建成)")
_AT_AN_END = compiled(
    r"[在于待到][^，。；已]{0,12}[时后](?:一并|统一|再)?(?:扣[回除减]|抵[扣减]|支付|付清|结清|收回|解决|清退|补[交缴])"
)
"""其余部分在竣工结算时扣回."""
_IN_PART = compiled(
    r"(?:其余|余下|剩余|剩下|尚余)[^，。；已]{0,14}?完成[^，。；]{0,8}?(?<!\d)\d{1,2}(?:\.\d+)?[%％]"
)
"""余下2家修复工程完成工程量的60%."""
_REST_OPEN = compiled(r"(?:其余|余下|剩下)[^，。；已]{0,10}?(?:将(?!\d)|正|尚|[仍还]在|待|拟|计划|预计)")
"""其余人员将参加考试: beyond doubt open, where what is done has been told."""
_WORKED_ON = compiled("(?:正(?![式常确])|拟|计划)[^，。；]{0,8}$")
"""正推进剩余2项整改."""
_BESIDES_OPEN = compiled("(?:另外?有?|还有)[^，。；已]{0,14}?(?:正(?![式常确])|尚|未|仍|待(?!遇)|拟)")
"""另外36家正走简易注销程序."""
_BLANKS = compiled(r"\s+")
_MAY_BE_SHARE = compiled(
    r"[%％]|成(?![立员功果效为本就长绩品熟份])|[降减少缩][至到为]|[尚还暂仍]未|未能|部分|个别|少[数量]|一半|半数|分之|除[^，。；]{1,24}外"
)
_BEFORE = 2
"""Clauses before that of the remainder in which the total and what is done are looked for."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A remainder whose size is known."""

    clause: int
    share: float
    """How much is done, in [0, 1]; where only a bound is known, the bound."""
    open: bool = False
    """Whether the rest is said to be under way, of a total that comes out exactly, or in batches."""

    @property
    def half(self) -> bool:
        """Whether half or more is done."""
        return self.share >= HALF


def counted(problem: str, clauses: Sequence[str]) -> list[Counted]:
    """The remainders of an outcome that are counted beyond doubt, one a clause at most, in reading order."""
    out, of_named = [], []
    for index, clause in enumerate(clauses):
        found = None
        if REST.search(clause) or OPEN.search(clause) or may_be_parts(clause):
            first = max(0, index - _BEFORE)
            texts = [_BLANKS.sub("", text) for text in clauses[first : index + 1]]
            found = _share_in(problem, texts)
            if found is None and (share := _of_named(problem, texts[-1])) is not None:
                of_named.append(Counted(index, share))
        if found is None and _MAY_BE_SHARE.search(clause):
            found = _whole_share(_BLANKS.sub("", clause), clauses[:index], clauses[index + 1 :])
        if found is not None:
            out.append(Counted(index, *found))
    if not out and not of_named and (short := _short(problem, clauses)) is not None:
        return [Counted(short.clause, short.share, open=True)]
    return out or of_named


def _short(problem: str, clauses: Sequence[str]) -> Shortfall | None:
    """A total that is not reached, where no remainder is counted."""
    return shortfall(_BLANKS.sub("", problem), [_BLANKS.sub("", clause) for clause in clauses])


def half_done(found: Sequence[Counted]) -> bool | None:
    """Whether half or more of what an outcome counts is done; None: not counted, or its counts disagree."""
    halves = {one.half for one in found}
    return halves.pop() if len(halves) == 1 else None


def _share_in(problem: str, texts: Sequence[str]) -> tuple[float, bool] | None:
    """What the last of `texts` (clauses in order, without blanks) tells of a remainder: share done, open."""
    text = texts[-1]
    rests = list(rests_in(text))
    if not rests:
        return None
    named = [q.unit_value for q in quantities(_BLANKS.sub("", problem))]
    earlier = [n for other in texts[:-1] for n in numbers_in(other)]
    if (share := _of_several(text, named)) is not None:
        return share, True
    for rest in rests:
        own = numbers_in(text[: rest.start])
        exact = difference(rest, named, [*earlier, *own])
        share = exact
        if share is None and not rest.exact_only:
            share = _inexact(rest, texts, named, [*earlier, *own], len(earlier), problem)
        if share is None and not rest.certain and texts[:-1]:
            share = _besides_done(text, rest, numbers_in(texts[-2]))
        if share is not None:
            is_open = (exact is not None or rest.in_batches) and (rest.unsettled or says_open(text, rest))
            is_open = is_open or _REST_OPEN.match(text, rest.start) is not None
            is_open = is_open or (rest.certain and _IN_PART.match(text, rest.start) is not None)
            is_open = is_open or (text[rest.start] in STILL and says_open(text, rest))
            is_open = is_open or (rest.behind_done and _BESIDES_OPEN.match(text, rest.start) is not None)
            is_open = is_open or (rest.certain and _WORKED_ON.search(text[: rest.start]) is not None)
            instalments = share < HALF and _INSTALMENTS.search(text) and (exact is None or "元" in text)
            return None if instalments else (share, is_open)
    return None


def _of_several(text: str, named: Sequence[tuple[float, str]]) -> float | None:
    """9座中4座已完成，3座正在施工，2座正在勘察: several open parts that come to a total with what is done."""
    numbers = numbers_in(text)
    for unit in dict.fromkeys(n.unit for n in numbers):
        same = [n for n in numbers if n.unit == unit]
        done = sum(n.value for n in same if n.done and not n.open)
        left = [n.value for n in same if n.open]
        totals = {n.value for n in same if not n.done and not n.open} | {v for v, u in named if u == unit}
        if done and len(left) > 1 and done + sum(left) in totals:
            return done / (done + sum(left))
    return None


def _besides_done(text: str, rest: Rest, earlier: Sequence[Number]) -> float | None:
    """选任处级干部17人。另有4个岗位拟公开选拔: as many of the same things in the clause before."""
    if rest.quantity is None or not rest.worded or not says_open(text, rest):
        return None
    same = [n for n in earlier if n.unit == rest.quantity.unit and not n.sub]
    return bound(rest.quantity.value, same[-1:]) if same and same[-1].done else None


def _inexact(
    rest: Rest,
    texts: Sequence[str],
    named: Sequence[tuple[float, str]],
    before: Sequence[Number],
    first: int,
    problem: str,
) -> float | None:
    """The share that is stated before `rest`, or on whose side of a half there is no doubt."""
    text = texts[-1]
    share = percent_parts(text)
    if share is None:
        share = _stated_before(text, rest)
    if share is None:
        share = bounded(rest, before)
    if share is None and (
        OPEN.search(text, rest.start)
        or _REST_OPEN.match(text, rest.start)
        or _by_date(text, rest)
        or _agreed(text, rest)
    ):
        alike = _others_alike(text, rest, [problem, *texts[:-1]])
        share = _stated_or_of_total(
            replace(rest, certain=True) if alike else rest, texts, named, before, first
        )
    return share


def _agreed(text: str, rest: Rest) -> bool:
    """余款签订了分期缴款协议."""
    return rest.certain and _INSTALMENTS.search(text, rest.start) is not None


def _others_alike(text: str, rest: Rest, earlier: Sequence[str]) -> bool:
    """其他欠费正在催缴 below 欠费学生: others of what has been named."""
    noun = text[rest.start + 2 : rest.start + 4]
    return text.startswith("其他", rest.start) and len(noun) > 1 and any(noun in other for other in earlier)


def _whole_share(text: str, earlier: Sequence[str], later: Sequence[str]) -> tuple[float, bool] | None:
    """The share that `text` gives where no number is known to be the rest."""
    for read in (part_of_whole, cut_down, all_but, mostly):
        share = read(text)
        if share is not None:
            return share, True
    share = work_done(text)
    if share is not None and not any(map(finished_since, later)):
        return share, True
    share = same_deed(text)
    if share is None and (left := few_left(text)) is not None:  # all earlier clauses are read only for such
        share = left if any(n.done for other in earlier for n in numbers_in(other)) else None
    return None if share is None else (share, False)


def _of_named(problem: str, text: str) -> float | None:
    """剩余4处 of the 5处 that the problem names, whatever else is counted as done."""
    for rest in rests_in(text):
        if rest.quantity is None or not (rest.certain and rest.worded):
            continue
        left, unit = rest.quantity.unit_value
        totals = {q.value for q in quantities(_BLANKS.sub("", problem)) if q.unit == unit}
        total = totals.pop() if len(totals) == 1 else 0.0
        if 0 < left <= total:
            return (total - left) / total
    return None


def _by_date(text: str, rest: Rest) -> bool:
    """剩余货款按协议于2023年6月前付清: a date without 已 is still to come."""
    said = text[rest.start :]
    to_come = _BY_DATE.search(said) or _AT_AN_END.search(said)
    return rest.certain and to_come is not None and "已" not in said


def _stated_before(text: str, rest: Rest) -> float | None:
    """占总额4.9亿元的29.8%，其余…: a number behind may be a part of the rest only."""
    return stated_share(text[: rest.start]) if rest.certain and rest.worded else None


def _stated_or_of_total(
    rest: Rest, texts: Sequence[str], named: Sequence[tuple[float, str]], before: Sequence[Number], first: int
) -> float | None:
    """The share that stands before a remainder which has no number, or one of another unit."""
    own = stated_share(texts[-1][: rest.start]) if rest.certain or rest.quantity else None
    if own is not None or not rest.certain:
        return own
    other = stated_share(texts[-2]) if len(texts) > 1 else None
    return other if other is not None else done_of_total(named, before, first)
