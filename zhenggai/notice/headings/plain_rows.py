"""Problems without a number, told by the form of their row: what most lines of a form are, the rest are too.

▶学习不深入 / … / ▶组织生活会“一团和气” / …: the words of the second say little, its mark says enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from zhenggai.notice.headings.form_headings import is_form_heading
from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.language.problem_pairs import problem_score
from zhenggai.notice.language.statement import Statement, unwrap
from zhenggai.notice.lines.heading_cues import (
    LIKELY,
    SHORT,
    SHORTEST_ANSWER,
    UNLIKELY,
    is_plain_action,
    label_key,
    whole_statement,
)
from zhenggai.notice.lines.outline import Line

_FEWEST = 3
_MOSTLY = 0.6
_NEARLY_ALL = 0.7
_LONGEST = 80
_BULLET = "bullet"


def problem_rows(lines: Sequence[Line], label: str | None) -> Mapping[int, Statement]:
    """The statements of all such lines, by index; `label` opens most answers."""
    found = {**_bulleted_lines(lines), **_phrases(lines)}
    if label is not None:
        found.update(_lines_above(lines, label))
    return found


def _bulleted_lines(lines: Sequence[Line]) -> Mapping[int, Statement]:
    """The statements of lines with a bullet that mostly stands before problems, by index."""
    rows: dict[str, dict[int, Statement]] = {}
    for index, line in enumerate(lines):
        if line.marker is None or line.marker.style != _BULLET:
            continue
        if (statement := _bulleted(lines, index)) is not None:
            rows.setdefault(line.text[0], {})[index] = statement
    found: dict[int, Statement] = {}
    for row in rows.values():
        if _states_mostly((lines[index].body for index in row), _MOSTLY):
            found |= {index: s for index, s in row.items() if _may_state(lines[index].body)}
    return found


def _bulleted(lines: Sequence[Line], index: int) -> Statement | None:
    """A phrase above its answer, or the sentence in front of it."""
    line, following = lines[index], lines[index + 1 : index + 2]
    if line.label is not None or line.is_table_row or line.has_outcome_label:
        return None
    sentence = wording.first_sentence(line.body)
    if not 4 <= len(sentence) <= SHORT or wording.problem_label(line.body) is not None:
        return None
    rest = line.body[len(sentence) :]
    if rest:
        end = line.body_start - line.start + len(sentence)
        answered = len(rest) >= SHORTEST_ANSWER and wording.looks_like_answer(rest)
        inner = unwrap(line.text[:end], line.body_start - line.start)
        return Statement(inner.start, inner.end, end, inner.wrapped) if answered else None
    below = following[0] if following else None
    if below is None or below.is_table_row:
        return None
    answers = below.marker is None or below.marker.style == CLAUSE or below.has_outcome_label
    return whole_statement(line) if answers else None


def _phrases(lines: Sequence[Line]) -> Mapping[int, Statement]:
    """The statements of phrases without number or mark above sentences, where nearly all state problems."""
    row = {
        index: whole_statement(line)
        for index, line in enumerate(lines[:-1])
        if is_form_heading(line) and len(line.text) <= SHORT and _is_above_sentence(lines[index + 1])
    }
    if not _states_mostly((lines[index].text for index in row), _NEARLY_ALL):
        return {}
    return {index: s for index, s in row.items() if _may_state(lines[index].text)}


def _lines_above(lines: Sequence[Line], label: str) -> Mapping[int, Statement]:
    """The statements of lines without number above `label`, which opens answers, where most state."""
    row = {
        index: whole_statement(line)
        for index, line in enumerate(lines[:-1])
        if _is_above(line, lines[index + 1], label)
    }
    if not _states_mostly((lines[index].text for index in row), _MOSTLY):
        return {}
    return {index: s for index, s in row.items() if _may_state(lines[index].text)}


def _is_above(line: Line, below: Line, label: str) -> bool:
    if line.marker is not None or not below.has_outcome_label or label_key(below) != label:
        return False
    one = len(line.text) <= _LONGEST and "。" not in line.text[:-1]
    return one and not (line.label or line.is_table_row or line.has_outcome_label)


def _is_above_sentence(below: Line) -> bool:
    return not (below.is_table_row or is_form_heading(below)) and (
        below.has_outcome_label or below.marker is None or below.marker.style == CLAUSE
    )


def _states_mostly(bodies: Iterable[str], share: float) -> bool:
    stated = [wording.looks_like_problem(wording.first_sentence(body)) for body in bodies]
    return len(stated) > _FEWEST and sum(stated) >= max(_FEWEST, share * len(stated))


def _may_state(body: str) -> bool:
    """Whether nothing in the words of a line speaks against its row."""
    sentence = wording.first_sentence(body)
    if wording.looks_like_problem(sentence):
        return True
    if wording.reports_done(sentence):
        return False
    return problem_score(sentence) > (LIKELY if is_plain_action(sentence) else UNLIKELY)
