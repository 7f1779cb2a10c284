"""What a clause says to remain, and what the numbers before it count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from zhenggai.classification.quantities import Quantity, quantities
from zhenggai.patterns import compiled

REST = compiled(
    r"其余|剩余|剩下|余下|(?:尚|还|仍|仅|只|现)[余剩欠缺差]|缺口|[尚仍]有(?![^，。；]{0,4}(?:差距|距离|不足|困难))|余款|余额|空缺的(?=\d)|(?<=[，；。、])余(?=\d)|"
    r"未[^，。；、\d]{1,4}(?:的(?=\d)|的?部分)"
)
_PERHAPS_REST = compiled(r"还有|另有|另外|(?<=[，；。、])另(?=\d)|其他")
"""Also said of what was done besides: only with words of an open matter behind."""
OPEN = compiled(
    r"正(?:在|按|加紧|抓紧|安排|履行|逐|由|与|进行|组织|办理|协调|开展|筹|补办|报|走|通过|依|会同|申请|对接|积极|全力)|尚未|还未|暂未|仍未|[还仍]没|酝酿|未能|未(?=完成|办|整改|解决|到位|退|收|建|取得|移交|拆|到期|通)|"
    r"[仍尚还]在(?!于|岗)|暂(?:缓|停|不)|待(?!遇)|拟(?!定)|将(?=[于在按由结])|预计|计划|(?:推进|办理|进行|施工|审理|执行)中|"
    r"已(?:报(?![^，。；]{0,8}(?:备案|入库|批准|通过|验收))|申请|起诉|立案|启动|列入|纳入|委托|上诉|受理)|纳入|列入|争取|进入|无法|难以|困难|在[建读办审](?=[\d，。；]|$)|[仍还也]?在推进(?=[，。；]|$)|推迟|顺延|尚无"
)
_DONE = compiled(
    "已|了|完成|全部|完毕|到位|通过|退出|建成|竣工|[退收追返召找]回|联系上|清[退收]|核销|办结|化解|处置|销号|拆除|实现|注销|关闭|取缔|成交|盘活|到[账岗任]|入职|"
    "(?<![应需拟缺欠划])(?:选任|选拔|提拔|引进|招录|签约|签订(?![^，。；]{0,8}(?:协议|意向)))"
)
_ALL_DONE = compiled(r"全部|均|也已|都已")
_BEGUN = compiled(r"启动|开工|动工|开始|进场")
"""What has begun is not done: 78个项目中尚未启动的5个 says nothing of the other 73."""
_PART = compiled(r"[^，,：:；;。！？\n]*")
_SUBCOUNT = compiled("其中|包括")
_NEXT_PART = compiled(
    r"[^，,；;。]*[，,；;](?:(?P<batch>(?:第[一二三四五六七八九十]批、?)+)(?:共|合计)?|另外?有?|还有)?"
)
_FIRST_BATCH = compiled(r"(?:首|第一)批(?:次|共|的)?$")
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


def rests_in(text: str) -> Iterator[Rest]:
    """What `text` says to remain; words that may mean something else only where none is certain."""
    numbers = quantities(text)
    found = [_after(word.start(), word.end(), text, numbers, True) for word in REST.finditer(text)]
    found = [rest for rest in found if not _is_total(text, rest, numbers)]
    found += [Rest(batch.start(), None, True) for batch in _LATER_BATCHES.finditer(text)]
    if not found:
        words = (w for w in _PERHAPS_REST.finditer(text) if OPEN.search(text, w.end()))
        found = [_besides(word.start(), word.end(), text, numbers) for word in words]
        found += [
            Rest(q.start, q, False, False, *_behind_done(text, previous, q))
            for previous, q in zip([None, *numbers], numbers, strict=False)
            if OPEN.search(_around(text, q))
        ]
        if not found and numbers and OPEN.search(text, numbers[-1].end):
            found = [Rest(numbers[-1].start, numbers[-1], False, False, exact_only=True)]
    return (rest for rest in found if not _is_no_remainder(text, rest))


def _behind_done(text: str, previous: Quantity | None, number: Quantity) -> tuple[bool, bool]:
    """Whether `number` follows the same things done, and whether the two are batches."""
    if previous is None or previous.unit != number.unit:
        return False, False
    between = _NEXT_PART.fullmatch(text, previous.end, number.start)
    said = _last_part(text[: previous.start]) + _around(text, previous, number.start)
    if between is None or not _DONE.search(said) or OPEN.search(said) or _BEGUN.search(said):
        return False, False
    return True, between["batch"] is not None or _FIRST_BATCH.search(text[: previous.start]) is not None


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
    quantity = next((q for q in numbers if end <= q.start <= min(end + _NEAR, behind)), None)
    if quantity and quantity.unit == "个" and _POST.match(text, quantity.end):
        people = all(q.unit != "个" for q in numbers if q.end <= start)  # 招聘6名，尚空缺的2个岗位
        quantity = replace(quantity, unit="人") if people else quantity
    return Rest(start, quantity, certain)


def _besides(start: int, end: int, text: str, numbers: Sequence[Quantity]) -> Rest:
    """已配备10名，另外2名正在考察: the same things as those done before."""
    rest = _after(start, end, text, numbers, False)
    previous = next((q for q in reversed(numbers) if q.end <= start), None)
    if rest.quantity is None:
        return rest
    done, batches = _behind_done(text, previous, rest.quantity)
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
    if _BEGUN.search(_match(text, rest.start)) and not _DONE.search(_match(text, rest.start)):
        return True
    if rest.quantity and rest.worded and _OVER.match(text, rest.quantity.end):
        return True
    return _ALL_DONE.search(words) is not None and OPEN.search(words) is None


def numbers_in(text: str) -> list[Number]:
    """The quantities of `text` with what is said of each, in the same part of the clause."""
    out = []
    found = quantities(text)
    for q, following in zip_longest(found, found[1:]):
        around = _around(text, q, following.start if following else None)
        said = _COMMA.split(text[max(0, q.start - _PART_READ) : q.start])[-1]
        done = (_DONE.search(around) or _NOW.match(said)) is not None and _BEGUN.search(around) is None
        sub = _SUBCOUNT.search(text[: q.start]) is not None
        out.append(
            Number(
                q.value, q.unit, done, OPEN.search(around) is not None, sub, _TO_DO.search(said) is not None
            )
        )
    return out


def _last_part(text: str) -> str:
    for mark in "，,：:；;。！？、":
        text = text.rsplit(mark, 1)[-1]
    return text


def says_open(text: str, rest: Rest) -> bool:
    """Whether the part of `text` that counts the rest calls it open."""
    if rest.quantity is None:
        return False
    said = _around(text, rest.quantity)
    return (OPEN.search(said) or (rest.worded and _GOES_ON.search(said))) is not None
