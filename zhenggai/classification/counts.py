"""Counted remainders: how much of what a clause counts is done, and how much remains.

The guideline decides between 基本完成 and 正在整改 by counting (half or more is done), which n-grams cannot.
A count is believed only where it leaves no doubt: total = done + rest, a stated share, or numbers so far
apart that it does not matter which of them is the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest

from zhenggai.classification.quantities import Quantity, quantities, stated_share
from zhenggai.patterns import compiled

_REST = compiled(
    r"其余|剩余|剩下|余下|(?:尚|还|仍|仅|只|现)[余剩欠缺差]|缺口|尚有|仍有|余款|余额|(?<=[，；。、])余(?=\d)|"
    r"未[^，。；、\d]{1,4}的(?=\d)"
)
_PERHAPS_REST = compiled(r"还有|另有|另外|(?<=[，；。、])另(?=\d)|其他")
"""Also said of what was done besides: only with words of an open matter behind."""
_OPEN = compiled(
    r"正(?:在|按|加紧|抓紧|安排|履行|逐|由|与|进行)|尚未|还未|暂未|仍未|未能|未(?=完成|办|整改|解决|到位|退|收|建|取得|移交|拆|到期|通)|"
    r"仍在|尚在|暂(?:缓|停|不)|待(?!遇)|拟(?!定)|将(?=[于在按由结])|预计|计划|(?:推进|办理|进行|施工|审理|执行)中|"
    r"已(?:报|申请|起诉|立案|启动|列入|纳入|委托|上诉|受理)|纳入|列入|争取|进入|无法|难以|困难"
)
_DONE = compiled(
    "已|了|完成|全部|完毕|到位|通过|退出|建成|竣工|[退收追]回|清退|核销|办结|化解|处置|销号|拆除|实现"
)
_ALL_DONE = compiled(r"全部|均|也已|都已")
_BEGUN = compiled(r"启动|开工|动工|开始|进场")
"""What has begun is not done: 78个项目中尚未启动的5个 says nothing of the other 73."""
_PART = compiled(r"[^，,：:；;。！？\n]*")
_SUBCOUNT = compiled("其中|包括")
_INSTALMENTS = compiled(r"分期|分[二两三四五六]年|还款(?:协议|计划)|按(?:协议|约定)")
"""An agreed plan of instalments is 基本完成, however little is paid so far."""
_NEXT_PART = compiled(
    r"[^，,；;。]*[，,；;](?:(?P<batch>(?:第[一二三四五六七八九十]批、?)+)(?:共|合计)?|另外?有?|还有)?"
)
_BLANKS = compiled(r"\s+")
_BEFORE = 2
"""Clauses before that of the remainder in which the total and what is done are looked for."""
_HALF = 0.5
_NEAR = 8
"""Characters between a word for the rest and its number."""


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
        return self.share >= _HALF


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is said to remain: a quantity, or a word for it alone."""

    start: int
    quantity: Quantity | None
    certain: bool
    """Whether its word can mean nothing else than a remainder."""
    worded: bool = True
    """Whether there is such a word: without one, what is said of the number makes it a remainder."""
    behind_done: bool = False
    """Whether the part before counts the same things as done: 第一批19人已到岗，第二批76人拟于明年."""
    in_batches: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    """A quantity before the remainder, and what its part of the clause says of it."""

    value: float
    unit: str
    done: bool
    open: bool
    sub: bool
    """Whether it counts a part of the number before it (其中查实3条)."""


def counted(problem: str, clauses: Sequence[str]) -> list[Counted]:
    """The remainders of an outcome that are counted beyond doubt, one a clause at most, in reading order."""
    out = []
    for index, clause in enumerate(clauses):
        if not (_REST.search(clause) or _OPEN.search(clause)):
            continue
        first = max(0, index - _BEFORE)
        found = _share_in(problem, [_BLANKS.sub("", text) for text in clauses[first : index + 1]])
        if found is not None:
            out.append(Counted(index, *found))
    return out


def half_done(found: Sequence[Counted]) -> bool | None:
    """Whether half or more of what an outcome counts is done; None: not counted, or its counts disagree."""
    halves = {one.half for one in found}
    return halves.pop() if len(halves) == 1 else None


def _share_in(problem: str, texts: Sequence[str]) -> tuple[float, bool] | None:
    """What the last of `texts` (clauses in order, without blanks) tells of a remainder: share done, open."""
    text = texts[-1]
    rests = list(_rests(text))
    if not rests:
        return None
    named = [q.unit_value for q in quantities(_BLANKS.sub("", problem))]
    earlier = [n for other in texts[:-1] for n in _numbers(other)]
    for rest in rests:
        own = _numbers(text[: rest.start])
        exact = _difference(rest, named, [*earlier, *own])
        share = exact if exact is not None else _bounded(rest, [*earlier, *own])
        if share is None and _OPEN.search(text, rest.start):
            share = _stated_or_of_total(rest, texts, named, [*earlier, *own])
        if share is not None:
            is_open = (exact is not None or rest.in_batches) and _says_open(text, rest)
            return None if share < _HALF and _INSTALMENTS.search(text) else (share, is_open)
    return None


def _stated_or_of_total(
    rest: _Rest, texts: Sequence[str], named: Sequence[tuple[float, str]], before: Sequence[_Number]
) -> float | None:
    """The share that stands before a remainder which has no number, or one of another unit."""
    own = stated_share(texts[-1][: rest.start]) if rest.certain or rest.quantity else None
    if own is not None or not rest.certain:
        return own
    other = stated_share(texts[-2]) if len(texts) > 1 else None
    return other if other is not None else _done_of_total(named, before)


def _rests(text: str) -> Iterator[_Rest]:
    """What `text` says to remain; words that may mean something else only where none is certain."""
    numbers = quantities(text)
    found = [_after(word.start(), word.end(), text, numbers, True) for word in _REST.finditer(text)]
    found = [rest for rest in found if not _is_total(text, rest, numbers)]
    if not found:
        words = (w for w in _PERHAPS_REST.finditer(text) if _OPEN.search(text, w.end()))
        found = [_after(word.start(), word.end(), text, numbers, False) for word in words]
        found += [
            _Rest(q.start, q, False, False, *_behind_done(text, previous, q))
            for previous, q in zip([None, *numbers], numbers, strict=False)
            if _OPEN.search(_around(text, q))
        ]
    return (rest for rest in found if not _is_no_remainder(text, rest))


def _behind_done(text: str, previous: Quantity | None, number: Quantity) -> tuple[bool, bool]:
    """Whether `number` follows the same things done, and whether the two are batches."""
    if previous is None or previous.unit != number.unit:
        return False, False
    between = _NEXT_PART.fullmatch(text, previous.end, number.start)
    said = _around(text, previous, number.start)
    if between is None or not _DONE.search(said) or _OPEN.search(said) or _BEGUN.search(said):
        return False, False
    return True, between["batch"] is not None


def _is_total(text: str, rest: _Rest, numbers: Sequence[Quantity]) -> bool:
    """Whether `rest` is what was open at first: 未整改到位的286个问题已整改263个."""
    if rest.quantity is None or not text.startswith("未", rest.start):
        return False
    left, unit = rest.quantity.unit_value
    same_verb = "已" + text[rest.start + 1 : rest.start + 3]
    later = [q for q in numbers if q.start >= rest.quantity.end]
    return any(
        q.unit == unit
        and q.value < left
        and same_verb in _around(text, q, following.start if following else None)
        for q, following in zip_longest(later, later[1:])
    )


def _after(start: int, end: int, text: str, numbers: Sequence[Quantity], certain: bool) -> _Rest:
    behind = end + len(_match(text, end))
    quantity = next((q for q in numbers if end <= q.start <= min(end + _NEAR, behind)), None)
    return _Rest(start, quantity, certain)


def _match(text: str, at: int) -> str:
    found = _PART.match(text, at)
    return found.group() if found else ""


def _around(text: str, number: Quantity, end: int | None = None) -> str:
    """The part of the clause in which `number` stands, without it; at most until `end`."""
    before = _last_part(text[max(0, number.start - _NEAR) : number.start])
    return before + _match(text, number.end)[: None if end is None else max(0, end - number.end)]


def _is_no_remainder(text: str, rest: _Rest) -> bool:
    """Whether what is left is done as well, or has only not begun."""
    words = text[rest.start :]
    if _BEGUN.search(_match(text, rest.start)) and not _DONE.search(_match(text, rest.start)):
        return True
    return _ALL_DONE.search(words) is not None and _OPEN.search(words) is None


def _numbers(text: str) -> list[_Number]:
    """The quantities of `text` with what is said of each, in the same part of the clause."""
    out = []
    found = quantities(text)
    for q, following in zip_longest(found, found[1:]):
        around = _around(text, q, following.start if following else None)
        done = _DONE.search(around) is not None and _BEGUN.search(around) is None
        sub = _SUBCOUNT.search(text[: q.start]) is not None
        out.append(_Number(q.value, q.unit, done, _OPEN.search(around) is not None, sub))
    return out


def _last_part(text: str) -> str:
    for mark in "，,：:；;。！？、":
        text = text.rsplit(mark, 1)[-1]
    return text


def _difference(rest: _Rest, named: Sequence[tuple[float, str]], before: Sequence[_Number]) -> float | None:
    """The share that the numbers before `rest` come to exactly."""
    if rest.quantity is None:
        return None
    left, unit = rest.quantity.unit_value
    own = [n for n in before if n.unit == unit]
    same = [n for n in own if not n.open]
    if left <= 0:
        return None
    totals = {v for v, u in named if u == unit} | {n.value for n in own}
    sums = _sums(same) if rest.worded else {n.value for n in same if n.done}
    for total in sorted(totals, reverse=True):
        if total > left and any(abs(total - left - done) <= 1e-6 * total for done in sums):
            return (total - left) / total
    return None


def _bounded(rest: _Rest, before: Sequence[_Number]) -> float | None:
    """A bound of the share where the numbers before `rest` do not come to a total."""
    if rest.quantity is None or rest.quantity.value <= 0 or not (rest.certain or rest.behind_done):
        return None
    same = [n for n in before if n.unit == rest.quantity.unit and not n.open]
    return _bound(rest.quantity.value, [n for n in same if not n.sub])


def _says_open(text: str, rest: _Rest) -> bool:
    return rest.quantity is not None and _OPEN.search(_around(text, rest.quantity)) is not None


def _sums(numbers: Sequence[_Number]) -> set[float]:
    """The values, and the sums of those from a finished one to the end (已剥离12家、关闭10家、保留3家)."""
    backwards = list(reversed(numbers))
    runs = zip(backwards, accumulate(n.value for n in backwards), strict=True)
    return {n.value for n in numbers} | {run for first, run in runs if first.done}


def _bound(left: float, same: Sequence[_Number]) -> float | None:
    """A share on whose side of a half there is no doubt, whether the nearest number is the total or not."""
    if not same:
        return None
    nearest = same[-1]
    if nearest.value >= 2 * left:
        return (nearest.value - left) / nearest.value
    if nearest.done and (nearest.value >= left or max(n.value for n in same) < left):
        return nearest.value / (nearest.value + left)
    return None


def _done_of_total(named: Sequence[tuple[float, str]], before: Sequence[_Number]) -> float | None:
    """应兑现1240万元，已兑现1105万元，剩余部分…: the last number that is done, of the nearest greater one."""
    done = next((n for n in reversed(before) if n.done and not n.open), None)
    if done is None:
        return None
    totals = [*named, *((n.value, n.unit) for n in before)]
    shares = [done.value / value for value, unit in totals if unit == done.unit and value > done.value]
    return shares[-1] if len({share >= _HALF for share in shares}) == 1 else None
