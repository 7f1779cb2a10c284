"""Ordinals side by side in front of a paragraph (一、二、五监区…, 三、四季度…): no numbers of headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import parse_number
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_DIGIT = "[一二三四五六七八九十]"
_SIDE_BY_SIDE = compiled(rf"{_DIGIT}{{1,3}}(?:[、和及至到]{_DIGIT}{{1,3}})*(?P<mark>[、和及至到]?)")
_DIGITS = compiled(rf"{_DIGIT}{{1,3}}")
_FIRST_DIGITS = frozenset("二三四五六七八九十")
_SURE = 3
"""So many ordinals are surely counted side by side; 二、四风问题 has two and is a heading."""
_TOPIC_ENDS = ("方面", "领域", "问题", "情况", "工作", "打算", "安排")
_STYLE = "chinese"


def without_ordinals(lines: list[Line]) -> list[Line]:
    """`lines`, in which ordinals side by side are no numbers."""
    open_lines = [i for i, line in enumerate(lines) if _may_count(line)]
    if not open_lines:
        return lines
    read = list(lines)
    for index in open_lines:
        if _is_paragraph(read, index):
            read[index] = replace(read[index], marker=None)
    return read


def _may_count(line: Line) -> bool:
    marker = line.marker
    if marker is None or marker.style != _STYLE or marker.mark != "、" or line.is_table_row:
        return False
    return line.body[:1] in _FIRST_DIGITS and _ordinals(line) >= 2


def _ordinals(line: Line) -> int:
    """How many ascending ordinals stand side by side at the beginning of a line; 0 where there are none."""
    assert line.marker is not None
    found = _SIDE_BY_SIDE.match(line.body)
    if found is None or found["mark"]:
        return 0
    try:
        values = [line.marker.value, *map(parse_number, _DIGITS.findall(found.group()))]
    except ValueError:
        return 0
    return len(values) if all(a < b for a, b in zip(values, values[1:], strict=False)) else 0


def _is_paragraph(lines: Sequence[Line], index: int) -> bool:
    """Whether line `index` reports on several things that have ordinals, and heads nothing.

    What sounds like a heading (二、四风问题突出) is one where its number goes on the row.
    """
    line = lines[index]
    sentence = wording.first_sentence(line.body)
    reports = wording.reports_done(sentence)
    stated = wording.looks_like_problem(sentence) and not reports
    named = sentence.rstrip("。：: ").endswith(_TOPIC_ENDS) or not (sentence.endswith("。") or reports)
    heading = len(sentence) == len(line.body) and (stated or named)
    goes_on = _goes_on(lines, index)
    if _ordinals(line) >= _SURE:
        return not (heading and goes_on)
    return not stated and not (heading and (goes_on or not reports))


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether the number of line `index` follows that of the heading above, and the next one follows it."""
    value = _value(lines[index])
    before = next((v for line in reversed(lines[:index]) if (v := _value(line))), 0)
    after = next((v for line in lines[index + 1 :] if (v := _value(line))), None)
    return before + 1 == value and after in (None, 1, (value or 0) + 1)


def _value(line: Line) -> int | None:
    return line.marker.value if line.marker is not None and line.marker.style == _STYLE else None
