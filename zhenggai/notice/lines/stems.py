"""甲、乙、丙 in front of lines: numbers where they stand in a row, else the beginning of a name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from zhenggai.notice.language.numbering import STEM_STYLES
from zhenggai.notice.lines.outline import Line


def without_names(lines: list[Line]) -> list[Line]:
    """`lines`, in which a stem is a number only beside its neighbour in a row that begins with 甲."""
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.marker is not None and line.marker.style in STEM_STYLES:
            rows[line.marker.style].append((index, line.marker.value))
    if not rows:
        return lines
    names = {index for row in rows.values() for index in _alone(row)}
    return [replace(line, marker=None) if i in names else line for i, line in enumerate(lines)]


def _alone(row: list[tuple[int, int]]) -> set[int]:
    """Places of the stems that do not go on a row."""
    alone, last = set(), 0
    for place, (index, value) in enumerate(row):
        begins = value == 1 and any(following == 2 for _, following in row[place + 1 : place + 2])
        if begins or value == last + 1 > 1:
            last = value
        else:
            alone.add(index)
    return alone
