"""Lines of an answer that look like further problems: what may have been lost in it is said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from zhenggai.notice.draft import Draft
from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.lines.heading_cues import SHORT
from zhenggai.notice.lines.measure_words import names_measure
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.lines.placed_lines import heads_a_deed, is_phrase, is_topic, runs_on, said, says_figures
from zhenggai.notice.sections.section import Part, Section


def swallowed_lines(sections: Sequence[Section], drafts: Sequence[Draft]) -> Iterator[tuple[int, Line]]:
    """Such lines, each with the number of the item that has it in its answer."""
    starts = [draft.problem[0] for draft in drafts]
    ends = [max((end for _, end in draft.outcome), default=0) for draft in drafts]
    for section in sections:
        if section.part is not Part.MAIN or not section.lines:
            continue
        at = bisect_left(starts, section.lines[0].start)
        own: Line | None = None
        labelled = False
        for index, line in enumerate(section.lines):
            if at < len(starts) and starts[at] < line.end:
                own, labelled = line, False
                while at < len(starts) and starts[at] < line.end:
                    at += 1
            elif (
                own is not None
                and len(line.text) <= SHORT
                and drafts[at - 1].problem[1] <= line.start < ends[at - 1]
            ):
                labelled = labelled or line.has_outcome_label
                if _counts_on(own, line) or (not labelled and _states(section.lines, index, own)):
                    yield at, line
            elif not labelled:
                labelled = line.has_outcome_label


def _counts_on(own: Line, line: Line) -> bool:
    """Whether the number of a short line goes on with that of the item itself: 3.… in the answer to 1.…"""
    first, marker = own.marker, line.marker
    if first is None or marker is None or marker.level != first.level or marker.mark != first.mark:
        return False
    further = first.value < marker.value <= first.value + 2 and marker.style != CLAUSE
    return further and (is_phrase(line) or runs_on(line)) and not names_measure(said(line))


def _states(lines: Sequence[Line], index: int, own: Line) -> bool:
    """Whether a short line above a deed names what is wrong; below a mere field its place says so."""
    line = lines[index]
    if index + 1 == len(lines) or not heads_a_deed(line, lines[index + 1]):
        return False
    text = said(line)
    if wording.looks_like_action(text):
        return False
    sure = wording.has_negative(text) and wording.looks_like_problem(text) and not says_figures(text)
    return sure or is_topic(own)
