"""A total and what of it is done, the rest told by its own name: 计划建站6个，已建成5个；北山站选址未定.

Nothing says 其余 and no number is that of the rest, but fewer are done than there are. Measures taken of
persons (约谈20人，已处分3人) and things of another kind (检查20个单位，已整改问题8个) are no such pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from zhenggai.classification.counting.quantities import Quantity, quantities
from zhenggai.classification.counting.remainder_words import OPEN, REST
from zhenggai.classification.counting.remainders import Number, numbers_in
from zhenggai.patterns import compiled

_STILL_OPEN = compiled(
    r"推迟|延[期后]|顺延|受阻|待定|尚无|没有(?=[开动举建启到完])|"
    r"(?:后续|下一?步)[^，。；]{0,4}将(?!继续|进一步|持续|加强|加大|强化|严格|坚持|不断|以|认真|切实)"
)
_NO_TOTAL = compiled(
    r"处分|问责|约谈|谈话|批评|立案|移送|曝光|通报|排查|检查|走访|调研|培训|评审|开工|启动|招标|协议|方案|学习|会议|发现|修订|制定|印发|查摆|新增"
)
_UNIT = frozenset("个家户宗台处套栋幢座间所笔亩项口条辆块村件例本公里元人")
_NEW = compiled("新[建增设购开]")
_NEEDED = compiled(
    r"应(?!用|急|对|收账)|需(?!求)|计划|拟|缺|欠|空[缺编]|超编|目标|任务|[招选]聘?(?=\d)|编制|申请|共(?!有)"
)
_ALONE = compiled(r"$|[，。；、,;）(（]|已|均|也|\d|成功|完成")
_ALL_OVER = compiled(
    r"(?:^|[，；])(?:其|余|款项)?[已均][已均]?全部(?:[付结还交]清|退[还回]|[收追]回|办结|支付|到位|完成|整改)[^，。；\d]{0,4}[。；]?$|"
    r"^(?:目前|现)?[，,]?(?:该|此|本|上述|以上|所有|各)[^，。；]{0,10}(?:已|均|全部)[^，。；未尚]{0,6}(?:完成|到位|办结|销号|解决|整改)"
)
"""该项整改任务已完成: whatever the numbers come to."""
_NOUN = compiled(r"[^\W\d_]{2}")
_NEAR = 8
_REACH = 60
"""Characters of a part that are read on either side of a number."""
_MOST_NUMBERS = 40
"""A clause with more is a list that was not split."""
_MARKS = compiled("[，,；;。]")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How much of a total is done, and in which clause that stands."""

    clause: int
    share: float


@dataclass(frozen=True, slots=True)
class _Pair:
    total: float
    done: float
    end: int
    planned: bool
    unit: str


def shortfall(problem: str, clauses: Sequence[str]) -> Shortfall | None:
    """The last total of an outcome that is not reached, where something is said to be open."""
    if any(map(_ALL_OVER.search, clauses)):
        return None
    for index in range(len(clauses) - 1, -1, -1):
        text = clauses[index]
        pairs = list(_pairs(problem, clauses[index - 1] if index else "", text))
        if any(_covered([text[pair.end :], *clauses[index + 1 : index + 3]], pair) for pair in pairs):
            continue
        for pair in pairs:
            behind = [text[pair.end :], *clauses[index + 1 : index + 2]]
            if pair.planned or any(_is_open(said) for said in behind):
                return Shortfall(index, pair.done / pair.total)
    return None


def _is_open(text: str) -> bool:
    return (OPEN.search(text) or _STILL_OPEN.search(text)) is not None


def _pairs(problem: str, previous: str, text: str) -> Iterator[_Pair]:
    """What `text` says is done, unit by unit, with the nearest greater number of its kind before it."""
    if REST.search(text):
        return
    counts = quantities(text)
    if not 0 < len(counts) <= _MOST_NUMBERS:
        return
    found = list(zip(counts, numbers_in(text), strict=True))
    units: set[str] = set()
    for at in range(len(found) - 1, -1, -1):
        q, number = found[at]
        if q.unit in units or not _is_done(text, q, number):
            continue
        units.add(q.unit)
        pair = _pair(text, _run(text, found[: at + 1], q.unit), (previous, problem))
        if pair is not None:
            yield pair


def _pair(text: str, run: Sequence[Quantity], above: Sequence[str]) -> _Pair | None:
    done, last = sum(one.value for one in run), run[-1]
    places = [(q, text) for q in reversed(quantities(text[: run[0].start]))]
    places += [(q, where) for where in above for q in quantities(where)]
    for total, where in places:
        if total.unit == last.unit and total.value > done and _is_total(total, where, last, text):
            return _Pair(
                total.value, done, last.end, where is text and _is_plan(total, run[0].start, text), last.unit
            )
    return None


def _covered(texts: Sequence[str], pair: _Pair) -> bool:
    """Whether what is missing is told behind as no longer open: 已发放1397笔，89笔已提存."""
    numbers = [n for text in texts for n in numbers_in(text) if n.unit == pair.unit]
    settled = (n.value for n in takewhile(lambda n: not n.open, numbers))
    return any(abs(pair.total - pair.done - told) <= 1e-6 * pair.total for told in accumulate(settled))


def _run(text: str, found: Sequence[tuple[Quantity, Number]], unit: str) -> list[Quantity]:
    """The last numbers of `found` that are done, of one unit: 已完成10个，注销5个."""
    out: list[Quantity] = []
    for q, number in reversed(found):
        if q.unit != unit:
            continue
        if not _is_done(text, q, number):
            break
        out.insert(0, q)
    return out


def _is_done(text: str, q: Quantity, number: Number) -> bool:
    """Whether nothing but what was done is said of `q`: 已建成5个, 4家已经转型."""
    if q.unit not in _UNIT or not number.done or number.open:
        return False
    behind = _MARKS.split(text[q.end : q.end + _REACH])[0]
    if any(other.unit == q.unit for other in quantities(behind)):  # 16家已组建14家
        return False
    return _ALONE.match(text, q.end) is not None and not _NO_TOTAL.search(_part(text, q))


def _is_total(total: Quantity, where: str, done: Quantity, text: str) -> bool:
    part = _part(where, total)
    if _NO_TOTAL.search(part):
        return False
    if total.unit in "人元" and not _NEEDED.search(part):
        return False
    if _NEW.search(_part(text, done)) and not _NEEDED.search(part) and not _NEW.search(part):
        return False  # 现有学校32所，已新建2所
    noun = _NOUN.match(text, done.end)
    return noun is None or _ALONE.match(text, done.end) is not None or noun.group() in part


def _is_plan(total: Quantity, first: int, text: str) -> bool:
    """Whether the next part tells what came of a plan: 计划引进5名、到岗3名."""
    between = text[total.end : first]
    return (
        len(_MARKS.findall(between)) <= 1
        and _NEEDED.search(text[max(0, total.start - _NEAR) : total.start]) is not None
    )


def _part(text: str, q: Quantity) -> str:
    before = _MARKS.split(text[max(0, q.start - _REACH) : q.start])[-1]
    return before + text[q.start : q.end] + _MARKS.split(text[q.end : q.end + _REACH])[0]
