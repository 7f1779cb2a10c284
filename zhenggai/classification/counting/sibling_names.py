"""Names of things of one kind: what they are counted by, and whether two of them are of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.classification.counting.quantities import spelled
from zhenggai.patterns import compiled

_RANGE = compiled(
    r"(?P<first>\d{1,2}|[一二三四五六七八九十])[号栋期年级组幢]{0,2}[至—-](?P<last>\d{1,2}|[一二三四五六七八九十])(?![\d.])"
)
"""1至5号公寓 are five."""
NAMES = compiled("[、和及与]")
_KINDS = frozenset("村镇乡县区组所院校厂站楼桥渠路矿库段户栋店社园馆井塘")
"""Nouns of one character that names end with."""
_NAMED = compiled(
    rf"(?P<name>[^\W\d_的对将把在完成]{{1,5}}?|\d{{1,2}}(?=号楼))(?P<head>年级|片区|公寓|宿舍|食堂|教学楼|办公楼|宿舍楼|煤矿|水库|小区|社区|泵站|电站|水厂|协会|公司|企业|号楼|学校|小学|中学|"
    rf"医院|分院|市场|园区|组(?<=[一二三四五六七八九十]组)|楼(?![道房市盘宇])|[{''.join(sorted('村镇乡县厂站桥渠路矿库段栋园塘馆街巷门座区'))}](?![^\W\d_]?[委级民务])(?<![部专热出上入冷窍]门)(?!道办))"
)
_VAGUE = compiled(
    r"项目|工作|制度|方案|管理|建设|问题|整改|情况|工程$|手续|资金|材料|人员|部分|单位|完成|部门"
)
_SAME = 3
_SHORT_NAME = 4
_SHORTEST = 2


def nouns(text: str) -> Iterator[str]:
    """What a noun behind a number may be known by: 协会换届 by 协会, 村民组 by 组."""
    if len(text) >= 2 and not _VAGUE.search(text[:2]):
        yield text[:2]
    yield from ends(text)


def ends(text: str) -> Iterator[str]:
    """The last words of `text` by which things may be counted."""
    if len(text) >= 2 and not _VAGUE.search(text[-2:]):
        yield text[-2:]
    if text and text[-1] in _KINDS:
        yield text[-1]


def common_end(one: str, other: str) -> str:
    """What both names end with."""
    size = 0
    while size < min(len(one), len(other)) and one[-1 - size] == other[-1 - size]:
        size += 1
    return one[len(one) - size :]


def listed(names: str) -> int:
    """How many things the names of a list stand for."""
    return sum(map(_in_range, NAMES.split(names)))


def _in_range(name: str) -> int:
    """How many a name stands for: 1至5号公寓."""
    found = _RANGE.search(name)
    if found is None:
        return 1
    first, last = (int(t) if t.isdigit() else int(spelled(t)) for t in (found["first"], found["last"]))
    return max(1, last - first + 1)


def one_of_each(done: str, rest: str) -> tuple[int, int] | None:
    """南教学楼…，北教学楼…: one kind with two different names before it."""
    for one in _NAMED.finditer(rest):
        for other in _NAMED.finditer(done):
            if one["head"] == other["head"] and one["name"] != other["name"]:
                return listed(done[: other.end()]), listed(rest[: one.end()])
    return _same_words(done, rest) or _short_alike(done, rest)


def _short_alike(done: str, rest: str) -> tuple[int, int] | None:
    """供水、供电…，供热…; 主馆…，副馆…: short names that share their first or last character."""
    one, other = NAMES.split(done)[-1], NAMES.split(rest)[0]
    if len(one) != _SHORTEST or len(other) != _SHORTEST or one == other or _VAGUE.search(one + other):
        return None
    return (listed(done), listed(rest)) if one[0] == other[0] or one[1] == other[1] else None


def _same_words(done: str, rest: str) -> tuple[int, int] | None:
    """东关、南关派出所…，北关派出所…: the same words after a short name of their own on either side."""
    last = max(map(rest.rfind, "、和及与")) + 1  # the last name of a list is the whole one
    for at in range(last + 1, min(last + _SHORT_NAME, len(rest) - _SAME) + 1):
        head = rest[at : at + _SAME]
        where = done.find(head)
        start = max(done.rfind(mark, 0, max(where, 0)) for mark in "、和及与") + 1
        if start < where <= start + _SHORT_NAME and done[start:where] != rest[last:at]:
            return (listed(done[:where]), listed(rest[:at])) if not _VAGUE.search(head) else None
    return None
