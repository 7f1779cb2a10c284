"""Headings that only their form tells: short lines without number and full stop, above sentences.

Pages and Word documents set such headings in bold; in the text that is left they stand out by having no
mark at their end.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.notice.language import page_wording, wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.lines.heading_cues import LONGEST_HEADING, is_plain_action, names_topic
from zhenggai.notice.lines.outline import Line

GROUP = "unnumbered group"
"""Level of a heading by form that stands over others."""
_SHORTEST = 5
_FEWEST = 3
_MARKS = tuple("。；：，、！？;:,!?…")


def is_form_heading(line: Line, shortest: int = _SHORTEST) -> bool:
    """Whether a line looks like a heading without number: short, one phrase, no mark at its end."""
    if line.marker is not None or line.label is not None or line.is_table_row or line.text.endswith(_MARKS):
        return False
    fits = shortest <= len(line.text) <= LONGEST_HEADING and "。" not in line.text
    return fits and not line.has_outcome_label and page_wording.DATE_LINE.match(line.text) is None


def headed_by_form(lines: Sequence[Line]) -> bool:
    """Whether the problems of a part are headings by form, each above the sentences of its answer."""
    heads = [index for index, line in enumerate(lines) if is_form_heading(line)]
    if len(heads) < _FEWEST:
        return False
    stated = sum(
        wording.looks_like_problem(lines[index].text) and _is_answered(lines, index) for index in heads
    )
    return stated >= _FEWEST and stated * 2 > len(heads)


def problems_are_marked(lines: Sequence[Line]) -> bool:
    """Whether the file marks the problems without number as headings, so that other lines are none.

    Where it only marks groups of problems, a problem stands right below each.
    """
    stated = [
        index
        for index, line in enumerate(lines[:-1])
        if line.is_heading and is_form_heading(line) and wording.looks_like_problem(line.text)
    ]
    below = (lines[index + 1] for index in stated)
    answered = sum(not line.is_heading and not wording.looks_like_problem(line.body) for line in below)
    return answered >= _FEWEST and answered * 2 > len(stated)


def _is_answered(lines: Sequence[Line], index: int) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or following.is_table_row or is_form_heading(following):
        return False
    return following.has_outcome_label or wording.looks_like_answer(following.body)


def heads_an_answer(lines: Sequence[Line], index: int) -> bool:
    """Whether line `index`, a heading by form, has its answer below it."""
    return _is_answered(lines, index) and not is_plain_action(lines[index].text)


def heads_a_group(lines: Sequence[Line], index: int) -> bool:
    """Whether line `index`, a heading by form, names no problem and stands right above another one."""
    text = lines[index].text
    if index + 1 >= len(lines) or (wording.looks_like_problem(text) and not names_topic(text)):
        return False
    return is_form_heading(lines[index + 1]) and wording.looks_like_problem(lines[index + 1].text)


_LONGEST_GROUP = 60


def is_marked_group(lines: Sequence[Line], index: int) -> bool:
    """Whether line `index`, a heading by the marks of the file, stands right above a numbered problem."""
    line, following = lines[index], lines[index + 1 : index + 3]
    if not line.is_heading or line.marker is not None or len(line.text) > _LONGEST_GROUP or not following:
        return False
    first = following[0]
    if line.has_outcome_label or first.marker is None or first.marker.style in (CLAUSE, "circled", "bullet"):
        return False
    labelled = len(following) > 1 and following[1].has_outcome_label
    stated = labelled or first.is_heading or wording.looks_like_problem(wording.first_sentence(first.body))
    return stated or not (wording.looks_like_problem(line.text) or is_plain_action(first.body))
