"""What a clause says to remain, and what the numbers before it count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from zhenggai.classification.counting.quantities import Quantity, quantities
from zhenggai.classification.counting.remainder_words import (
    DONE,
    HINDERED,
    OPEN,
    PERHAPS_REST,
    REST,
    SETTLED,
    STILL,
)
from zhenggai.patterns import compiled

_ALL_DONE = compiled(r"全部|均|也已|都已")
_BEGINS = "启动|开工|动工|开始|进场"
_BEGUN = compiled(_BEGINS)
"""What has begun is not done: 78个项目中尚未启动的5个 says nothing of the other 73."""
_NOT_BEGUN = compiled(rf"[^，,。；]{{0,8}}[没未](?:有|能)?(?:{_BEGINS})")
"""其余5个社区还没动工."""
_PART = compiled(r"[^，,：:；;。！？\n]*")
_SUBCOUNT = compiled("其中|包括")
_NEXT_PART = compiled(
    r"[^，,；;。]*[，,；;](?:(?:[因由受]|正?[对将])[^，；。\d]{2,14}的)?(?:(?P<batch>(?:第[一二三四五六七八九十]批、?)+)(?:共|合计)?|另外?有?|还有|[还尚仍][余剩欠差有]|仅[余剩])?"
)
_PART_BETWEEN = compiled("[^，,；;。]*[，,；;]")
"""Of things of another kind: 重签合同11份，收回土地64亩，还有2份…."""
_FIRST_BATCH = compiled(r"(?:首|第一)批(?:次|共|的)?$")
_WORKED_ON = compiled("正[为对就将与在][^，。；]{0,4}$")
"""正为另外2个车间招引企业."""
_NO_DEED = compiled(
    r"应|需|拟|缺|欠|发现|存在|排查|检查|摸排|核查|涉及|反映|共有|现有|原有|问题|线索|计划|约谈|谈话|培训|会议|调研|走访|新增|受理"
)
_OF_REST = compiled(r"[^，,：:；;。\d]{1,8}中(?!心)[^，,：:；;。\d]{2,}(?=\d)")
_OVER = compiled(
    r"[^，。；\d]{0,4}已(?:全部|按期|如数|足额)?(?:上缴|[退收追返归][回还缴]|清退|补缴|入账|整改到位|办结)"
)
"""What is left has been dealt with: 余额36.9万元已上缴."""
_POST = compiled("[^，。；、\\d]{0,4}(?:岗位|职位|职数|名额|席位)")
_LATER_BATCHES = compiled(
    r"第[二三四五六七八九十]批(?:[、和及]第[二三四五六七八九十]批)*(?=[^，。；\d]{0,4}(?:[计拟将正尚待]|预计))"
)
_CAUSE = compiled("[因由]于?|受")
_GOES_ON = compiled(r"继续(?!保持|坚持|加强)|完成[^，。；]{0,8}?(?<!\d)\d{1,2}(?:\.\d+)?[%％]")
"""未执结的23件继续查控财产, 余下2家完成工程量的60%."""
_PART_READ = 40
_OF_ALL = compiled(r"[^，,：:；;。\d]{0,8}?中(?=[^\W\d_]{2}|[，,])(?![心小学医央层队级])")
_COMMA = compiled("[，；。]")
_NOW = compiled(
    "(?:截至)?目前(?![^，。；]*(?:协议|意向|立案|启动|开工|评估))[^，。；共有存剩余欠未在尚仍还正]*$"
)
"""目前签订转让、许可合同71项: what has come of it so far."""
_TO_DO = compiled("建议|应(?!用|急|对|收账)|计划|需要?(?!求)")
_NEAR = 8
"""Characters between a word for the rest and its number."""


@dataclass(frozen=True, slots=True)
class Rest:
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
    exact_only: bool = False
    """Whether only a sum can tell that its number is a remainder."""
    unsettled: bool = False
    """Whether nothing is said to be done of it, though of the things before it: 缴清2家，5家签订承诺书."""


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity before the remainder, and what its part of the clause says of it."""

    value: float
    unit: str
    done: bool
    open: bool
    sub: bool
    """Whether it counts a part of the number before it (其中查实3条)."""
    planned: bool = False
    """Whether it is what was to be done: 建议转让126项, 应清退20套."""
    whole: bool = False
    """Whether it is said to be all that there is: 5个村中张家沟已付清."""


def rests_in(text: str) -> Iterator[Rest]:
    """What `text` says to remain; words that may mean something else only where none is certain."""
    numbers = quantities(text)
    found = [_after(word.start(), word.end(), text, numbers, True) for word in REST.finditer(text)]
    found = [rest for rest in found if not _is_total(text, rest, numbers)]
    found += [Rest(batch.start(), None, True) for batch in _LATER_BATCHES.finditer(text)]
    if not found:
        words = (
            w
            for w in PERHAPS_REST.finditer(text)
            if OPEN.search(text, w.end())
            or _WORKED_ON.search(text[: w.start()])
            or HINDERED.search(_match(text, w.end()))
        )
        found = [_besides(word.start(), word.end(), text, numbers) for word in words]
        found += [
            Rest(q.start, q, False, False, *_behind_done(text, previous, q))
            for previous, q in zip([None, *numbers], numbers, strict=False)
            if OPEN.search(_around(text, q))
        ]
        if not found and numbers and OPEN.search(text, numbers[-1].end):
            found = [Rest(numbers[-1].start, numbers[-1], False, False, exact_only=True)]
        if not found and _unsettled(text, numbers):
            found = [Rest(numbers[-1].start, numbers[-1], False, False, exact_only=True, unsettled=True)]
    return (rest for rest in found if not _is_no_remainder(text, rest))


def _behind_done(
    text: str, previous: Quantity | None, number: Quantity, besides: bool = False
) -> tuple[bool, bool]:
    """Whether `number` follows the same things done, and whether the two are batches.

    What stands `besides` (另有3处) is told of things done in whatever words, but those of needs or findings.
    """
    if previous is None or previous.unit != number.unit:
        return False, False
    between = _NEXT_PART.fullmatch(text, previous.end, number.start)
    if between is None and besides and (other := _PART_BETWEEN.match(text, previous.end)) is not None:
        between = _NEXT_PART.fullmatch(text, other.end(), number.start)
    said = _last_part(text[: previous.start]) + _around(text, previous, number.start)
    if between is None or OPEN.search(said) or _BEGUN.search(said):
        return False, False
    if not DONE.search(said) and (not besides or _NO_DEED.search(said)):
        return False, False
    return True, between["batch"] is not None or _FIRST_BATCH.search(text[: previous.start]) is not None


def may_be_parts(text: str) -> bool:
    """Whether `text` may count what is done and what is not without a word for the rest."""
    return _DONE_PART.search(text) is not None


_DONE_PART = compiled(
    r"\d[^，。；]{0,12}，(?:[^，。；\d]{0,12})\d+[个家户宗台处套栋幢座间所笔项口条辆块村件名人]"
)


def _unsettled(text: str, numbers: Sequence[Quantity]) -> bool:
    """Whether the last of `numbers` stands behind the same things done, and is not said to be done."""
    if len(numbers) < 2 or numbers[-2].unit != numbers[-1].unit:
        return False
    done, last = numbers[-2:]
    between = text[done.end : last.start]
    said = _around(text, last)
    if len(_COMMA.findall(between)) != 1 or not said or DONE.search(said) or SETTLED.search(said):
        return False
    if _BARE.match(text, last.end) and len(between) > 1 and not _ONLY_BEGUN.search(between):
        return False
    if DONE.search(_around(text, done, last.start)):
        return True
    told = _COMMA.split(text[: done.start])[-1]
    bare = _VERB.fullmatch(told) is not None and between[:-1] in _ENDS
    return bare and len(said) >= _TELLING and between.endswith(_MARKS)


_BARE = compiled(r"[人户座处家条栋所名]?(?:[，,。；;、]|$)")
"""责令退出19人，免职2人: a deed and its number, nothing said of how it stands with them."""
_ONLY_BEGUN = compiled(
    r"起诉|诉讼|立案|催|协[商议调]|申请|启动|签[订约]|承诺|[列纳]入|约谈|通知|上报|报[送批]|待|剩|余|缺|欠"
)
_VERB = compiled(r"[^\W\d_其中分别应需缺欠共]{2,4}")
_ENDS = frozenset(("", "户", "座", "处", "家", "条", "栋", "所", "名"))
_MARKS = ("，", "；", "。")
_TELLING = 4
"""Characters that say what is with the rest, where a bare verb tells what is done: 清除40处，1处涉及…."""


def _is_total(text: str, rest: Rest, numbers: Sequence[Quantity]) -> bool:
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


def _after(start: int, end: int, text: str, numbers: Sequence[Quantity], certain: bool) -> Rest:
    behind = end + len(_match(text, end))
    if _OF_REST.match(text, end):  # 其余贷款中涉诉的2.2亿元 are not all that is left
        return Rest(start, None, certain)
    near = [q for q in numbers if end <= q.start <= min(end + _NEAR, behind)]
    units = {q.unit for q in numbers if q.end <= start}
    quantity = next((q for q in near if q.unit in units), near[0] if near else None)  # 还有2户2份合同
    previous = next((q for q in reversed(numbers) if q.end <= start), None) if text[start] in STILL else None
    done = (
        quantity is not None and _behind_done(text, previous, quantity, besides=True)[0]
    )  # 消化2名，还剩6名
    if quantity and quantity.unit == "个" and _POST.match(text, quantity.end):
        people = all(q.unit != "个" for q in numbers if q.end <= start)  # 招聘6名，尚空缺的2个岗位
        quantity = replace(quantity, unit="人") if people else quantity
    return Rest(start, quantity, certain, behind_done=done)


def _besides(start: int, end: int, text: str, numbers: Sequence[Quantity]) -> Rest:
    """已配备10名，另外2名正在考察: the same things as those done before."""
    rest = _after(start, end, text, numbers, False)
    if rest.quantity is None:
        return rest
    earlier = [q for q in reversed(numbers) if q.end <= start]
    previous = next((q for q in earlier if q.unit == rest.quantity.unit), None)
    done, batches = _behind_done(text, previous, rest.quantity, besides=True)
    return replace(rest, behind_done=done, in_batches=batches)


def _match(text: str, at: int) -> str:
    found = _PART.match(text, at)
    return found.group() if found else ""


def _around(text: str, number: Quantity, end: int | None = None) -> str:
    """The part of the clause in which `number` stands, without it; at most until `end`."""
    before = _last_part(text[max(0, number.start - _NEAR) : number.start])
    behind = _match(text, number.end)
    if _CAUSE.search(behind) is not None:  # 2个项目因棚体损坏严重，尚在维修
        behind += _match(text, number.end + len(behind) + 1)
    return before + behind[: None if end is None else max(0, end - number.end)]


def _is_no_remainder(text: str, rest: Rest) -> bool:
    """Whether what is left is done as well, or has only not begun."""
    words = text[rest.start :]
    if rest.worded and rest.quantity and _NOT_BEGUN.match(text, rest.quantity.end):
        return False
    if _BEGUN.search(_match(text, rest.start)) and not DONE.search(_match(text, rest.start)):
        return True
    if rest.quantity and rest.worded and _OVER.match(text, rest.quantity.end):
        return True
    return _ALL_DONE.search(words) is not None and OPEN.search(words) is None


def numbers_in(text: str) -> list[Number]:
    """The quantities of `text` with what is said of each, in the same part of the clause."""
    out = []
    found = quantities(text)
    among = "中" in text
    for q, following in zip_longest(found, found[1:]):
        around = _around(text, q, following.start if following else None)
        said = _COMMA.split(text[max(0, q.start - _PART_READ) : q.start])[-1]
        done = (DONE.search(around) or _NOW.match(said)) is not None and _BEGUN.search(around) is None
        sub = _SUBCOUNT.search(text[: q.start]) is not None
        is_open, planned = OPEN.search(around) is not None, _TO_DO.search(said) is not None
        whole = among and _OF_ALL.match(text, q.end) is not None
        out.append(Number(q.value, q.unit, done, is_open, sub, planned, whole))
    return out


def _last_part(text: str) -> str:
    for mark in "，,：:；;。！？、":
        text = text.rsplit(mark, 1)[-1]
    return text


def says_open(text: str, rest: Rest) -> bool:
    """Whether the part of `text` that counts the rest calls it open."""
    if rest.quantity is None:
        return False
    if rest.certain and text[rest.start] in STILL and _BARE.match(text, rest.quantity.end):
        return True  # 还剩6名。
    said = _around(text, rest.quantity)
    return (OPEN.search(said) or (rest.worded and _GOES_ON.search(said))) is not None
