"""Numbers that are written wrongly are mended where the numbers around them leave no doubt.

`10中层干部…` between 9. and 11.; `三,下步工作安排` after 二、; `二党的建设方面` between 一、 and 三、;
`l.` before 2.; `（4）…` between 3. and 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE, Marker, parse_number
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_LOOSE = compiled(
    r"(?P<decimal>\d{1,3})(?P<mark>\s?[,，;；:：。]\s*|\s*)(?=[\u4e00-\u9fff“《])"
    r"|(?P<letter>[lI|])(?P<dot>\s?[.．、,，])\s*(?=[\u4e00-\u9fff“《])"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})(?P<comma>\s?[,，。；;:：]\s*)(?=[\u4e00-\u9fff“《])"
    r"|(?P<bare>[一二三四五六七八九十]{1,3})"
    r"(?=[^，。；：一二三四五六七八九十\n]{3,40}(?:方面|情况|问题|工作|安排|打算)[。：]?$)"
)
_COUNTED = compiled(
    r"(?:余|多)?(?:个|名|人|元|万|亿|项|条|件|次|家|户|起|年|月|日|处|份|批|期|场|轮|级|类|种|岁|天|小时|公里|米|吨|亩|台|套|辆|艘|栋|座|所|村|镇|乡|县|市|局|科|宗|笔|张|篇|本|册|间|对|支|株|头|周|届|届|倍|成|点|号|楼|层|组|位|双|只|届|步|方|大|日|时|分|秒)"
)
_LONGEST = 120
_TARGETS = ("decimal", "chinese", "chinese_paren")


def with_mended_numbers(lines: Sequence[Line]) -> list[Line]:
    """`lines`, in which numbers of a wrong form count as the ones that the row around them wants."""
    mended = list(lines)
    following = _following(lines)
    last: dict[str, int] = {}
    for index, line in enumerate(lines):
        if line.is_table_row or line.label is not None:
            continue
        ahead = following[index]
        marker = _written_loosely(line, last, ahead) or _of_other_form(line, last, ahead)
        if marker is not None:
            line = mended[index] = replace(line, marker=marker)
        if line.marker is not None:
            if line.marker.style in _UPPER and line.marker.value == 1:
                last.pop("decimal_paren", None)
            last[line.marker.level] = line.marker.value
    return mended


_UPPER = frozenset({"chinese", "chinese_paren"})


def _following(lines: Sequence[Line]) -> list[dict[str, int]]:
    """For each line, the next number of each level after it."""
    ahead: dict[str, int] = {}
    result = []
    for line in reversed(lines):
        result.append(ahead)
        if line.marker is not None:
            ahead = {**ahead, line.marker.level: line.marker.value}
        elif (loose := _loose(line)) is not None:
            ahead = {**ahead, f"loose {loose.style}": loose.value}
    return result[::-1]


def _loose(line: Line) -> Marker | None:
    """The number that a line may begin with, though no mark of numbers stands behind it."""
    match = _LOOSE.match(line.text)
    if match is None or line.text.startswith(("一是", "二是")):
        return None
    if match["letter"]:
        return Marker("decimal", 1, match.end(), mark=".")
    if match["bare"]:
        return Marker("chinese", parse_number(match["bare"]), match.end())
    if match["decimal"]:
        if not match["mark"].strip() and _COUNTED.match(line.text, match.end()):
            return None
        return Marker("decimal", int(match["decimal"]), match.end(), mark=match["mark"].strip())
    return Marker("chinese", parse_number(match["chinese"]), match.end(), mark=match["comma"].strip())


def _written_loosely(line: Line, last: dict[str, int], ahead: dict[str, int]) -> Marker | None:
    """The marker of a line whose number has a wrong mark or none, if the numbers before and after want it."""
    if line.marker is not None and line.marker.style not in ("lower_letter", "upper_letter"):
        return None
    marker = _loose(line)
    if marker is None or (line.marker is not None and marker.value != 1):
        return None
    before = last.get(marker.style, 0) == marker.value - 1
    after = marker.value + 1 in (ahead.get(marker.style), ahead.get(f"loose {marker.style}"))
    heading = len(wording.first_sentence(line.text)) <= _LONGEST
    if marker.mark and (
        marker.style == "chinese" or not wording.reports_done(wording.first_clause(line.text))
    ):
        return marker if heading and (after or (before and marker.value > 1)) else None
    states = marker.style == "decimal" and wording.looks_like_problem(line.text[marker.length :])
    return marker if heading and before and marker.value > 1 and (after or states) else None


def _of_other_form(line: Line, last: dict[str, int], ahead: dict[str, int]) -> Marker | None:
    """The marker of a line that stands alone of its form where a number of another form is missing."""
    marker = line.marker
    if (
        marker is None
        or marker.style in (CLAUSE, "bullet", *_UPPER)
        or marker.depth
        or line.has_outcome_label
    ):
        return None
    if _has_neighbour(marker, last, ahead):
        return None
    for style in _TARGETS:
        if style == marker.style or style not in ahead or (style in _UPPER and "）" not in marker.mark):
            continue
        before, after = last.get(style, 0), ahead[style]
        fills = before < marker.value and after == marker.value + 1
        doubled = style == "chinese_paren" and before and before < marker.value == after
        if (fills and before) or doubled:
            return replace(marker, style=style)
    return None


def _has_neighbour(marker: Marker, last: dict[str, int], ahead: dict[str, int]) -> bool:
    """Whether the number goes on with one of its own form, or is gone on with, or begins such a row."""
    before, after = last.get(marker.level), ahead.get(marker.level)
    return before == marker.value - 1 or after == marker.value + 1 or marker.value == 1
