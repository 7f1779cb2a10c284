"""What stands in the main part of a notice but in no item is said, so that no text is lost silently."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhenggai.notice.draft import Draft
from zhenggai.notice.items.lost_numbers import lost_numbers
from zhenggai.notice.items.swallowed import swallowed_lines
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.lines.placed_lines import heads_a_deed
from zhenggai.notice.model import Span
from zhenggai.notice.sections.section import Part, Section
from zhenggai.notice.summary.totals import states_totals

_SHORTEST = 20
"""Characters that a line has at least to be missed; shorter ones are captions and labels."""
_LONGEST_LABEL = 14
_QUOTED = 20
_KEY = 2
_NEAR = 4
"""Spans that are looked at before the end of a line."""


def unread_warnings(text: str, sections: Sequence[Section], drafts: Sequence[Draft]) -> Iterator[str]:
    """A warning for the lines of main parts that are in no item, and for each part that looks passed over."""
    read = _Read(
        sorted(span for draft in drafts for span in (draft.problem, *draft.outcome)),
        sorted({heading for draft in drafts for heading in draft.path}),
        _by_beginning({text[slice(*draft.problem)] for draft in drafts}),
    )
    if not drafts:
        return  # that nothing was found is said already
    lines = [line for section in sections if section.part is Part.MAIN for line in _left(section, read)]
    if lines:
        yield f"主体部分有{len(lines)}段文字没有归入任何条目，请核对：“{_begin(lines[0])}”等。"
    passed_over = []
    for section in sections:
        if section.part is Part.OTHER and _looks_passed_over(section):
            assert section.title is not None
            passed_over.append(section.title)
            yield f"“{_begin(section.title)}”部分像是有问题和整改情况，但没有读出条目，请核对。"
    swallowed = list(swallowed_lines(sections, drafts))
    if swallowed:
        item, line = swallowed[0]
        yield (
            f"有{len(swallowed)}行文字在条目的整改情况里，但像是另外的问题，请核对：第{item}条中的“{_begin(line)}”等。"
        )
    for line in lost_numbers(sections, drafts):
        if line not in passed_over and not read.heads(line.text):
            yield f"“{_begin(line)}”的编号接着前面的条目，后面有整改情况，但没有读成条目，请核对。"


def _by_beginning(problems: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem[:_KEY], []).append(problem)
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """What the items hold: their spans, sorted; the headings above them; their problems."""

    spans: list[Span]
    headings: list[str]
    """Sorted."""
    problems: Mapping[str, list[str]]
    """By their first characters, so that a line is looked through once, however many there are."""

    def heads(self, text: str) -> bool:
        """Whether `text` begins with a heading, or is the beginning of one."""
        at = bisect_left(self.headings, text)
        if any(heading.startswith(text) for heading in self.headings[at : at + 1]):
            return True
        return any(_has(self.headings, text[:length]) for length in range(1, len(text) + 1))

    def states(self, text: str) -> bool:
        """Whether a problem stands in `text`."""
        return any(
            text.startswith(problem, at)
            for at in range(len(text))
            for problem in self.problems.get(text[at : at + _KEY], ())
        )


def _has(ordered: Sequence[str], text: str) -> bool:
    at = bisect_left(ordered, text)
    return at < len(ordered) and ordered[at] == text


def _begin(line: Line) -> str:
    text = " ".join(line.text.split())
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def _left(section: Section, read: _Read) -> Iterator[Line]:
    """Lines of a part that are in no item, below its first heading; numbered ones where it has no item."""
    if not section.lines:
        return
    start, end = section.lines[0].start, section.lines[-1].end
    own = read.spans[bisect_left(read.spans, (start, 0)) : bisect_left(read.spans, (end, 0))]
    first, last = (own[0][0], own[-1][1]) if own else (start, end)
    headed = False
    for index, line in enumerate(section.lines):
        if line.start >= last and own:
            return
        if line.start < first:
            headed = headed or line.marker is not None or line.text.endswith(wording.FIELD_ENDS)
            if headed and _states(section.lines, index) and not _is_aside(line, read, True):
                yield line
            continue
        numbered = line.has_outcome_label or (line.marker is not None and line.marker.style != CLAUSE)
        if not (own or numbered) or _covers(read.spans, line.span):
            continue
        if not _is_aside(line, read, _states(section.lines, index)):
            yield line


def _states(lines: Sequence[Line], index: int) -> bool:
    """Whether a short line stands above what was done, so that it may be a problem however short."""
    return index + 1 < len(lines) and heads_a_deed(lines[index], lines[index + 1])


def _covers(spans: Sequence[Span], line: Span) -> bool:
    at = bisect_right(spans, (line[1], 0))
    if at and spans[at - 1][1] > line[0]:
        return True
    return any(span[1] > line[0] for span in spans[max(0, at - _NEAR) : at])


def _is_aside(line: Line, read: _Read, stated: bool) -> bool:
    """Whether a line heads items or lists problems that are answered elsewhere, or says how far all is."""
    short = len(line.body) < (_LONGEST_LABEL if line.has_outcome_label else _SHORTEST)
    if (short and not stated) or line.is_table_row or line.label is not None or states_totals(line.text):
        return True
    return read.heads(line.text) or read.states(line.text)


def _looks_passed_over(section: Section) -> bool:
    """Whether a part that was taken for something else has answers under their labels."""
    title = section.title.body if section.title is not None else ""
    if not title or section_wording.NEXT_STEPS.search(title) or section_wording.CLUES.search(title):
        return False
    return any(line.has_outcome_label for line in section.lines) and not section_wording.ORGANISATION.search(
        title
    )
