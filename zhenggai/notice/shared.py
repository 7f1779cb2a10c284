"""Several problems under one label, each on a line of its own, before one answer: they are one item.

存在问题：1.… / 2.… / 整改情况：…
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhenggai.notice import wording
from zhenggai.notice.numbering import Marker, match_marker
from zhenggai.notice.outline import PROBLEM, Line


def with_shared_problems(text: str, lines: Sequence[Line]) -> list[Line]:
    """`lines`, with such problems joined; or without their label, where the answer has their numbers."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        line, end = lines[index], _end_of_row(lines, index)
        if end - index < 2:
            result.append(line)
            index += 1
            continue
        first = _first_number(line)
        assert first is not None
        if _answers_each(lines, end, first):
            start = line.body_start + _label_length(line)
            own = text[start : line.end]
            row = [Line(start, line.end, own, match_marker(own)), *lines[index + 1 : end]]
            result += [replace(problem, label=PROBLEM) for problem in row]
        else:
            last = lines[end - 1].end
            result.append(replace(line, end=last, text=text[line.start : last]))
        index = end
    return result


def _label_length(line: Line) -> int:
    match = wording.PROBLEM_LABEL.match(line.body)
    return 0 if match is None else match.end()


def _first_number(line: Line) -> Marker | None:
    """The number 1 behind the label of a problem."""
    length = 0 if line.label is not None or line.is_table_row else _label_length(line)
    marker = match_marker(line.body, length) if length else None
    return marker if marker is not None and marker.value == 1 else None


def _end_of_row(lines: Sequence[Line], index: int) -> int:
    """Index after the numbers that go on from line `index`, if an answer follows them; else `index`."""
    first = _first_number(lines[index])
    if first is None:
        return index
    end = index + 1
    while end < len(lines) and _has_number(lines[end], first.level, end - index + 1):
        end += 1
    return end if end < len(lines) and lines[end].has_outcome_label else index


def _has_number(line: Line, level: str, value: int) -> bool:
    return line.marker is not None and (line.marker.level, line.marker.value) == (level, value)


def _answers_each(lines: Sequence[Line], at: int, first: Marker) -> bool:
    """Whether the answer at `at` goes through the numbers on lines of its own."""
    label = wording.OUTCOME_LABEL.match(lines[at].body)
    begins = match_marker(lines[at].body, label.end()) if label is not None else None
    own = begins is not None and (begins.level, begins.value) == (first.level, 1)
    return any(_has_number(line, first.level, 2 if own else 1) for line in lines[at + 1 : at + 2])
