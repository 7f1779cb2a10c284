"""A table of contents says the headings once more: its lines are none."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_TITLE = compiled(r"目\s*[录次]$")
_LEADER = compiled(r"[\s.．·…—-]*\d{0,3}\s*$")
"""The dots and the page number behind a heading."""
_LEADER_ENDS = frozenset(" \t\u3000\xa0.．·…—-0123456789")
_LONGEST = 60
_FEWEST = 3
"""Headings that say so without the title 目录."""


def without_contents(lines: Sequence[Line]) -> list[Line]:
    """`lines` without a table of contents: a row of numbered headings that all come again further down."""
    keys = [_key(line) for line in lines]
    last = {key: index for index, key in enumerate(keys) if key}
    for start in range(len(lines)):
        titled = _TITLE.match(lines[start].text) is not None
        first = end = start + titled
        while end < len(lines) and keys[end] and last[keys[end]] > end:
            end += 1
        again = all(last[key] >= end for key in keys[first:end])
        if again and end - first >= (1 if titled else _FEWEST):
            return [*lines[:start], *lines[end:]]
    return list(lines)


def _key(line: Line) -> str:
    """What is equal in a heading and its entry; empty for a line that is no heading."""
    if line.is_table_row or len(line.text) > _LONGEST or line.text[-1] in "。；" or line.has_outcome_label:
        return ""
    if line.marker is None:
        return ""
    ends = line.text[-1] in _LEADER_ENDS
    return "".join((_LEADER.sub("", line.text) if ends else line.text).split())
