"""Lines of a list that say who and by when, not what was done: (2)完成时限：长期坚持, ——责任领导：某某."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from zhenggai.notice.language.fields import field_of
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_FIELD = compiled(
    r"(?P<dash>[—–\-·]{1,3}\s?)?(?P<name>[\u4e00-\u9fff]{2,8})\s?[：:]\s*(?P<value>[^。；\n]{1,40})[。；]?"
)
_MARKS = frozenset("：:")
_LONGEST_NAME = 14
"""Characters up to the mark behind a name."""
_FEWEST = 3


def with_field_lines(lines: Sequence[Line]) -> list[Line]:
    """`lines`, such lines marked as fields where they recur."""
    found = {i: read for i, line in enumerate(lines) if (read := _field(line)) is not None}
    counts = Counter(read.label for read in found.values())
    recurring = {name for name, count in counts.items() if count >= _FEWEST}
    return [found[i] if i in found and found[i].label in recurring else line for i, line in enumerate(lines)]


def _field(line: Line) -> Line | None:
    """The value of the field that a line with a number or a dash gives."""
    if line.label is not None or line.is_table_row:
        return None
    match = None if _MARKS.isdisjoint(line.body[:_LONGEST_NAME]) else _FIELD.fullmatch(line.body)
    kind = field_of(match["name"]) if match is not None else None
    counts = line.marker is not None and line.marker.style != CLAUSE
    if match is None or kind is None or not (counts or match["dash"]):
        return None
    start = line.body_start + match.start("value")
    value = match["value"].rstrip()
    return replace(line, start=start, end=start + len(value), text=value, marker=None, label=kind)
