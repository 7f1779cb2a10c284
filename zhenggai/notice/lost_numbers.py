"""Numbers of a row of items that have an answer but became no item: what was lost there is said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from zhenggai.notice.answered_titles import has_own_answer
from zhenggai.notice.draft import Draft
from zhenggai.notice.numbering import CLAUSE, Marker, match_marker
from zhenggai.notice.outline import Line
from zhenggai.notice.section import Part, Section


def lost_numbers(sections: Sequence[Section], drafts: Sequence[Draft]) -> Iterator[Line]:
    """Answered lines whose numbers are missing between, or right behind, those of items of the same row."""
    markers = [match_marker(draft.number) if draft.number else None for draft in drafts]
    numbers = {(marker.level, marker.value) for marker in markers if marker is not None}
    starts = [draft.problem[0] for draft in drafts]
    for section in sections:
        if section.part is Part.OPEN_LIST:
            continue  # it names again what was answered before
        title = () if section.title is None else (section.title,)
        lines = (*title, *section.lines)
        for index, line in enumerate(lines):
            marker = line.marker
            if marker is None or marker.style == CLAUSE or (marker.level, marker.value - 1) not in numbers:
                continue
            at = bisect_left(starts, line.start)
            is_item = at < len(starts) and starts[at] < line.end
            if (
                not is_item
                and _is_missing(marker, markers, at)
                and has_own_answer(line, lines[index + 1 : index + 3])
            ):
                yield line


def _is_missing(marker: Marker, markers: Sequence[Marker | None], at: int) -> bool:
    """Whether the items before and behind place `at` leave out just the number `marker`."""
    before = next((m for m in reversed(markers[:at]) if m is not None and m.level == marker.level), None)
    after = next((m for m in markers[at:] if m is not None and m.level == marker.level), None)
    if before is None or before.value != marker.value - 1:
        return False
    return after is None or after.value in (marker.value + 1, 1)
