"""Several problems under one label, each on a line of its own, before one answer: they are one item.

存在问题：1.… / 2.… / 整改情况：…
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import Marker, match_marker
from zhenggai.notice.lines.outline import PROBLEM, Line


def with_shared_problems(text: str, lines: Sequence[Line]) -> list[Line]:
    """`lines`, with such problems joined; or without their label, where the answer has their numbers."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        if (end := _end_of_points(lines, index)) > index:
            result.append(_joined(text, lines, index, end))
            index = end
            continue
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


_MOST_POINTS = 8


def _end_of_points(lines: Sequence[Line], index: int) -> int:
    """Index after several points between 存在的问题： and the label of one answer; else `index`.

    They are bullets, or lines without a mark that each state a problem.
    """
    first = _first_point(lines, index)
    if first is None:
        return index
    end = first + 1
    bullet = _is_bullet(lines[first], _label_length(lines[first]) if first == index else 0)
    while end < len(lines) and end - first < _MOST_POINTS and _is_point(lines[end], bullet):
        end += 1
    several = end - first > 1 and end < len(lines) and lines[end].has_outcome_label
    return end if several else index


def _first_point(lines: Sequence[Line], index: int) -> int | None:
    """Index of the first point: behind the label, or below it."""
    line = lines[index]
    plain = line.marker is None or line.marker.style == "label"
    if not plain or line.label is not None or line.is_table_row:
        return None
    if line.marker is None and wording.BARE_PROBLEM_LABEL.match(line.text):
        return index + 1 if index + 1 < len(lines) else None
    if line.marker is not None:
        return index  # the label was joined with the line below it
    length = _label_length(line)
    return index if length and _is_bullet(line, length) else None


def _is_bullet(line: Line, at: int) -> bool:
    marker = match_marker(line.text, at)
    return marker is not None and marker.style == "bullet"


def _is_point(line: Line, bullet: bool) -> bool:
    """Whether a line is one more point like the first."""
    if line.has_outcome_label or line.label is not None or line.is_table_row:
        return False
    if bullet:
        return line.marker is not None and line.marker.style == "bullet"
    return line.marker is None and wording.looks_like_problem(line.text)


def _joined(text: str, lines: Sequence[Line], index: int, end: int) -> Line:
    """The points as one problem, without the label above or before them."""
    first = lines[index + 1] if wording.BARE_PROBLEM_LABEL.match(lines[index].text) else lines[index]
    last = lines[end - 1].end
    return replace(first, end=last, text=text[first.start : last], label=PROBLEM)


def _label_length(line: Line) -> int:
    match = wording.problem_label(line.body)
    return 0 if match is None else match.end()


def _first_number(line: Line) -> Marker | None:
    """The number 1 behind the label of a problem."""
    if line.label is not None or line.is_table_row:
        return None
    length = _label_length(line)
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
