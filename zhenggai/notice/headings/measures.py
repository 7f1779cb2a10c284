"""Numbers below problems that count measures, whatever words they hold: 1.清退违规发放的补贴33.9万元。

What a number counts shows in the level: a heading that states a problem and has sentences right below it,
without answers of their own, is answered by them; so are its siblings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhenggai.notice.headings.rows import heading_core
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.language.numbering import CLAUSE, INLINE
from zhenggai.notice.language.statement import is_generic
from zhenggai.notice.lines.heading_cues import (
    LONGEST_HEADING,
    before_inner_label,
    is_whole,
    topic_and_problem,
    whole_statement,
)
from zhenggai.notice.lines.outline import Line

_FEWEST_HEADS = 3
_MOST_STATING = 3
"""One in so many measures may sound like a problem."""
_UNCOUNTED = frozenset({CLAUSE, INLINE, "bullet", "circled"})
_TOPS = frozenset({"chinese", "section"})
_TOPIC_ENDS = ("方面", "问题", "领域", "情况")


@dataclass(frozen=True, slots=True)
class _Group:
    """A numbered heading and the numbers of one level below it, up to the next heading like it."""

    head: Line
    points: tuple[Line, ...]
    answered: bool
    """Whether some of the numbers have answers of their own, or state problems in their wrappers."""


def measure_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Clean offsets of the numbered lines that are measures against the problem above them."""
    levels: dict[tuple[str, str], list[_Group]] = {}
    for index, (head, first) in enumerate(pairwise(lines)):
        if head.marker is None or first.marker is None or first.marker.value != 1:
            continue
        if (group := _group(lines, index)) is not None:
            levels.setdefault((_level(group.head), _level(group.points[0])), []).append(group)
    return frozenset(point.start for groups in levels.values() for point in _measures(groups))


def _level(line: Line) -> str:
    return "" if line.marker is None else line.marker.level


def _group(lines: Sequence[Line], index: int) -> _Group | None:
    """The group whose heading is line `index`; None where a text or nothing stands below it."""
    head, first = lines[index], lines[index + 1]
    if _level(head) == _level(first) or not _is_plain(first) or not _may_head(head) or names_part(head.body):
        return None
    points, answered = [first], False
    for line in lines[index + 1 :]:
        if line is not first and (marker := line.marker) is not None:
            if _goes_on(line, points[-1]):
                points.append(line)
            elif marker.style in _TOPS or marker.level in (_level(head), _level(first)):
                break
        answered = answered or line.has_outcome_label or line.label is not None
    return _Group(head, tuple(points), answered or any(map(_answers_itself, points)))


def names_part(title: str) -> bool:
    """Whether a title is worded like that of a part of a notice, and states nothing wrong."""
    return not wording.has_negative(title) and any(words.search(title) for words in _PARTS)


_PARTS = (section_wording.MAIN, section_wording.ORGANISATION, section_wording.NEXT_STEPS)


def _goes_on(line: Line, before: Line) -> bool:
    """Whether a number is the next one after that of `before`."""
    marker, last = line.marker, before.marker
    if marker is None or last is None:
        return False
    return marker.level == last.level and marker.value == last.value + 1


def _is_plain(line: Line) -> bool:
    counts = line.marker is not None and line.marker.style not in _UNCOUNTED
    return counts and line.label is None and not line.is_table_row


def _may_head(line: Line) -> bool:
    """Whether a numbered line is a heading alone, no sentence with its answer."""
    if not _is_plain(line) or line.has_outcome_label or len(line.body) > LONGEST_HEADING:
        return False
    return "。" not in line.body[:-1] or is_whole(line, whole_statement(line))


def _answers_itself(point: Line) -> bool:
    """Whether a point is an item: a wrapped problem, a topic with a problem, or one before a label."""
    if topic_and_problem(point.body) or before_inner_label(point) is not None:
        return True
    whole = whole_statement(point)
    return whole.wrapped and not is_generic(point.text[whole.start : whole.end])


def _measures(groups: Sequence[_Group]) -> Iterator[Line]:
    """The points of `groups`, all of one level below headings of one level, if they are measures."""
    stating = sum(_states(group.head) for group in groups)
    row = len(groups) >= _FEWEST_HEADS and stating * 5 >= len(groups) * 3
    own = [group for group in groups if not group.answered and (row or _is_wrapped_problem(group.head))]
    points = [point for group in own for point in group.points]
    stated = sum(wording.looks_like_problem(wording.first_sentence(point.body)) for point in points)
    sentences = sum(map(_is_sentence, points))
    if stated * _MOST_STATING <= len(points) and sentences * 5 >= len(points) * 4:
        yield from points


def _states(head: Line) -> bool:
    core = heading_core(head.body)
    return wording.has_negative(core) and wording.looks_like_problem(core) and not core.endswith("情况")


def _is_wrapped_problem(head: Line) -> bool:
    """Whether a heading is 关于“…”的问题, not 关于…方面."""
    whole = whole_statement(head)
    if not whole.wrapped:
        return False
    stated = head.text[whole.start : whole.end]
    return wording.has_negative(stated) or wording.looks_like_problem(stated)


def _is_sentence(point: Line) -> bool:
    sentence = wording.first_sentence(point.body)
    return sentence[-1:] in tuple("。；;") and not sentence[:-1].endswith(_TOPIC_ENDS)
