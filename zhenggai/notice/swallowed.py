"""Lines of an answer that look like further problems: what may have been lost in it is said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from zhenggai.notice import wording
from zhenggai.notice.draft import Draft
from zhenggai.notice.measure_words import names_measure
from zhenggai.notice.numbering import CLAUSE, Marker
from zhenggai.notice.outline import Line
from zhenggai.notice.placed_lines import heads_a_deed, is_phrase, is_topic, runs_on, said, says_figures
from zhenggai.notice.section import Part, Section


def swallowed_lines(sections: Sequence[Section], drafts: Sequence[Draft]) -> Iterator[tuple[int, Line]]:
    """Such lines, each with the number of the item that has it in its answer."""
    starts = [draft.problem[0] for draft in drafts]
    ends = [max((end for _, end in draft.outcome), default=0) for draft in drafts]
    for section in sections:
        if section.part is not Part.MAIN or not section.lines:
            continue
        item, own, labelled, field = 0, None, False, False
        for index, line in enumerate(section.lines):
            at = bisect_left(starts, line.start)
            if at < len(starts) and starts[at] < line.end:
                item, own, labelled, field = at + 1, line.marker, False, is_topic(line)
            elif line.has_outcome_label:
                labelled = True
            elif item and line.start < ends[item - 1]:
                below = section.lines[index + 1 : index + 2]
                stated = below and not labelled and _states(line, below[0], field)
                if stated or _counts_on(own, line):
                    yield item, line


def _counts_on(own: Marker | None, line: Line) -> bool:
    """Whether the number of a short line goes on with that of the item itself: 3.… in the answer to 1.…"""
    marker = line.marker
    if own is None or marker is None or marker.level != own.level or marker.mark != own.mark:
        return False
    further = own.value < marker.value <= own.value + 2 and marker.style != CLAUSE
    return further and (is_phrase(line) or runs_on(line)) and not names_measure(said(line))


def _states(line: Line, below: Line, field: bool) -> bool:
    """Whether a short line above a deed names what is wrong; below a mere `field` its place says so."""
    text = said(line)
    if not heads_a_deed(line, below) or wording.looks_like_action(text):
        return False
    sure = wording.has_negative(text) and wording.looks_like_problem(text) and not says_figures(text)
    return field or sure
