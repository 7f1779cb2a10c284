"""A part of a notice: its title, its lines, and how many of its headings state problems."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from zhenggai.notice.headings.rows import heading_core
from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.language.statement import find_wrapped, unwrap
from zhenggai.notice.lines.heading_cues import before_inner_label
from zhenggai.notice.lines.outline import Line


class Part(Enum):
    """What a stretch of a notice is."""

    PREAMBLE = "preamble"
    MAIN = "main"
    OPEN_LIST = "open list"
    OTHER = "other"
    """Organisation, clues, next steps."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one part; `title` is its heading, if it has one."""

    part: Part
    title: Line | None
    lines: tuple[Line, ...]
    is_problem: bool = False
    """Whether the title is itself a problem of a row, with its answer."""


def problem_share(lines: tuple[Line, ...]) -> float:
    """Share of the headings in `lines` that state a problem; 0 where there is no heading."""
    headings = problems = 0
    for index, line in enumerate(lines):
        if line.is_table_row:
            headings += 1
            problems += wording.has_negative(line.text)
            continue
        labelled = index + 1 < len(lines) and lines[index + 1].has_outcome_label
        counts_a_point = line.marker is not None and line.marker.style == CLAUSE and not labelled
        if counts_a_point and find_wrapped(line.body) is None:
            continue
        stated = labelled or _opens_with_problem(line)
        if line.marker is None and not stated:
            continue
        headings += 1
        problems += stated or _states(line)
    return problems / headings if headings else 0.0


def _states(line: Line) -> bool:
    """Whether a numbered line states a problem, by its words or by the label of an answer in it."""
    if wording.looks_like_problem(wording.first_sentence(heading_core(line.body))):
        return True
    return before_inner_label(line) is not None


def _opens_with_problem(line: Line) -> bool:
    """Whether a line begins 针对…的问题。 or 问题描述：."""
    if wording.problem_label(line.body):
        return True
    offset = line.body_start - line.start
    wrapped = find_wrapped(line.text, offset)
    if wrapped is None and line.body.startswith("落实"):
        return unwrap(line.text, offset).wrapped  # 落实“…”反馈意见的整改情况
    return wrapped is not None and wording.has_negative(line.text[wrapped.start : wrapped.end])
