"""A problem whose number was lost is given it back, where the numbers around it leave it out.

1.理论学习不深入。 / … / 公文流转慢。 / … / 3.印章保管不严。 / …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import Marker
from zhenggai.notice.lines.heading_cues import UPPER
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.lines.placed_lines import heads_a_deed

_STYLES = frozenset({"decimal", "decimal_paren", "decimal_half", "decimal_square", "chinese_paren", "issue"})
_COUNTED = _STYLES | UPPER
_SECOND = 2
_MOST_BETWEEN = 12
"""Lines between two numbers that are looked at."""


def with_missing_numbers(lines: Sequence[Line]) -> list[Line]:
    """`lines`, in which such problems have numbers that take no characters."""
    mended = list(lines)
    last: dict[str, tuple[Marker, int]] = {}
    above = -1
    """Index of the last heading of an upper level."""
    for index, line in enumerate(lines):
        marker = line.marker
        if marker is None or marker.style not in _COUNTED:
            continue
        before, start = last.get(marker.level, (None, above - 1))
        if _leaves_out_one(before, marker) and marker.style in _STYLES:
            missing = _missing(lines, start + 2, index)
            if missing is not None:
                number = replace(marker, value=marker.value - 1, length=0)
                mended[missing] = replace(lines[missing], marker=number)
        if marker.style in UPPER:
            last = {level: found for level, found in last.items() if found[0].style in UPPER}
            above = index
        last[marker.level] = (marker, index)
    return mended


def _leaves_out_one(before: Marker | None, marker: Marker) -> bool:
    """Whether just one number is missing between two, or before 2 below a heading."""
    if before is None:
        return marker.value == _SECOND and marker.style not in UPPER
    return marker.value == before.value + 2 and marker.mark == before.mark


def _missing(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Index of the one problem without a number in `lines[start:end]`; None where none or several are.

    The line above the next number is an answer.
    """
    if end - start > _MOST_BETWEEN:
        return None
    possible = [
        index
        for index in range(max(start, 0), end - 1)
        if lines[index].marker is None and heads_a_deed(lines[index], lines[index + 1])
    ]
    sure = [index for index in possible if wording.looks_like_problem(lines[index].text)]
    found = sure or possible
    return found[0] if len(found) == 1 else None
