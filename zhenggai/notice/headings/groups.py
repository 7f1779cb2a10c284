"""Headings that only group the problems below them and stand out by their place, not by their words.

They have no number (党风廉政建设方面, set in bold on the page) and stand right above a problem.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from zhenggai.notice.headings.form_headings import is_form_heading
from zhenggai.notice.headings.running import states_and_answers
from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE, Marker
from zhenggai.notice.lines.heading_cues import is_plain_action, names_topic
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_LONGEST = 40
_TITLE = compiled(r"(?:通报|报告|公示|公告)(?:[（(].*[）)])?$|\d")
_SHORTEST = 2
_FEWEST = 2
_FEWEST_LABELS = 3


def group_lines(lines: Sequence[Line], openings: Collection[int]) -> frozenset[int]:
    """Indices of lines without a number that group the problems below them.

    One that names a topic says so itself. Others are told by each other: the first stands where no answer is
    that it could end, and the rest stand between an answer and the next problem, as few answers end.
    """
    marked = marked_groups(lines, openings)
    starts = _problem_starts(lines, openings)
    if not starts:
        return marked
    own = set(starts)
    found = [i for i, line in enumerate(lines[:-1]) if i + 1 in own and i not in own and _may_group(line)]
    if len(found) * 2 > len(starts) + 1:
        found = [i for i in found if _is_topic_line(lines[i])]
    if not found:
        return marked
    row = len(found) >= _FEWEST and found[0] < starts[0]
    sure = [
        i
        for i in found
        if (names_topic(lines[i].text) or _is_topic_line(lines[i]))
        and not wording.reports_done(lines[i].text)
    ]
    return marked | frozenset(found if row else sure)


def marked_groups(lines: Sequence[Line], openings: Collection[int]) -> frozenset[int]:
    """Indices of lines that the file marks as headings, and that mostly state no problem: ## 用工管理.

    Each stands right above a problem or another such line, so that no answer could be meant for it.
    """
    marked = [i for i, line in enumerate(lines) if line.is_heading and not line.has_outcome_label]
    stated = sum(_states(lines[i].body) for i in marked)
    if len(marked) < _FEWEST:
        return frozenset()
    topics = _topics_above(lines, frozenset(marked))
    if stated * 2 > len(marked):
        return topics | _themes_above(lines, frozenset(marked))
    return topics | frozenset(i for i in marked if _groups(lines, i, openings))


def _topics_above(lines: Sequence[Line], marked: frozenset[int]) -> frozenset[int]:
    """Those of the `marked` headings that end like a topic and stand right above one that does not.

    关于“立德树人根本任务落实有偏差”方面 / 思政课专任教师数量不达标
    """
    topics = {
        i
        for i in marked
        if lines[i].marker is None and lines[i].body.rstrip("。：: ").endswith(wording.FIELD_ENDS)
    }
    above = frozenset(i for i in topics if i + 1 in marked and i + 1 not in topics)
    return above if len(above) >= _FEWEST else frozenset()


def _themes_above(lines: Sequence[Line], marked: frozenset[int]) -> frozenset[int]:
    """Those of the `marked` headings, most of which state problems, that leave no place for an answer.

    落实主体责任 / 压力传导不够, both headings: the first names no fault and stands right above the second.
    """
    above = [i for i in marked if i + 1 in marked and lines[i].marker is None]
    themes = frozenset(i for i in above if not wording.has_negative(lines[i].body))
    mostly = len(themes) * 4 >= len(above) * 3  # else problems that share an answer stand so
    return themes if mostly and len(themes) >= _FEWEST else frozenset()


def _groups(lines: Sequence[Line], index: int, openings: Collection[int]) -> bool:
    line, following = lines[index], lines[index + 1 : index + 2]
    if len(line.text) > _LONGEST or not following:
        return False
    if wording.has_negative(line.body) and _states(line.body):
        return False  # words of shortcoming; how a phrase sounds counts for less than its place
    below = following[0]
    if line.marker is not None and not _counts_alike(line.marker, below.marker):
        return False  # its number says what it is
    if below.is_heading or index + 1 in openings:
        return not below.has_outcome_label
    labelled = _is_labelled(below)
    stated = wording.looks_like_problem(wording.first_sentence(below.body))
    return labelled or (stated and not below.has_outcome_label)


def _is_labelled(line: Line) -> bool:
    """反馈问题：… with the problem in the same line."""
    return wording.problem_label(line.text) is not None and len(line.text) > _LONGEST_LABEL


def _counts_alike(marker: Marker, below: Marker | None) -> bool:
    """Whether a number is like that of the problem below, or like a problem's where that has none."""
    if below is None:
        return marker.style in ("decimal", "decimal_zero")
    return below.level == marker.level


_LONGEST_LABEL = 8


def _states(text: str) -> bool:
    return wording.looks_like_problem(wording.first_sentence(text)) and not names_topic(text)


def labels_are_headed(lines: Sequence[Line]) -> bool:
    """Whether short lines stand above the labels of answers, most of which state problems."""
    heads = [
        line
        for line, following in zip(lines, lines[1:], strict=False)
        if following.has_outcome_label and is_form_heading(line)
    ]
    stated = sum(wording.looks_like_problem(head.text) for head in heads)
    return len(heads) >= _FEWEST_LABELS and stated * 2 > len(heads)


_TOPIC_LINE = compiled(r"(?:在|关于|聚焦)?[^，。；：]{3,38}(?:方面|领域)[。：:]")


def _is_topic_line(line: Line) -> bool:
    """Whether a line without number names a field and has a mark at its end: 在基层党组织建设方面。"""
    plain = line.marker is None and line.label is None and not line.is_table_row
    return plain and _TOPIC_LINE.fullmatch(line.text) is not None and not wording.reports_done(line.text)


def _may_group(line: Line) -> bool:
    text = line.text
    if _is_topic_line(line):
        return True
    if not is_form_heading(line, _SHORTEST) or len(text) > _LONGEST or _TITLE.search(text):
        return False
    return not wording.reports_done(text) and (
        not is_plain_action(text) or names_topic(text) or "，" not in text
    )


def _problem_starts(lines: Sequence[Line], openings: Collection[int]) -> list[int]:
    """Indices of lines that begin a problem, as their number, the label below or their opening words tell."""
    first = _problem_level(lines)
    last = 0
    starts = []
    for index, line in enumerate(lines):
        in_turn = (
            line.marker is not None and line.marker.level == first and line.marker.value in (1, last + 1)
        )
        if line.marker is not None and line.marker.level == first:
            last = line.marker.value
        labelled = index + 1 < len(lines) and lines[index + 1].has_outcome_label
        labelled = labelled or _is_labelled(line)
        if not line.has_outcome_label and (in_turn or labelled or index in openings):
            starts.append(index)
    return starts


def _problem_level(lines: Sequence[Line]) -> str | None:
    """Level of the first number that counts more than the points of a text, if it counts problems."""
    markers = (line.marker for line in lines if line.marker is not None)
    first = next((m.level for m in markers if m.style not in (CLAUSE, "bullet")), None)
    row = [line for line in lines if line.marker is not None and line.marker.level == first]
    stated = sum(
        wording.looks_like_problem(wording.first_sentence(line.body)) or states_and_answers(line)
        for line in row
    )
    return first if stated * 2 >= len(row) else None
