"""Numbers of a row of items that have an answer but became no item: what was lost there is said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhenggai.notice.draft import Draft
from zhenggai.notice.language.numbering import CLAUSE, match_marker
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.sections.answered_titles import has_own_answer
from zhenggai.notice.sections.section import Part, Section


def lost_numbers(sections: Sequence[Section], drafts: Sequence[Draft]) -> Iterator[Line]:
    """Answered lines whose numbers are missing between, or right behind, those of items of the same row."""
    rows = _rows(drafts)
    starts = [draft.problem[0] for draft in drafts]
    for section in sections:
        if section.part is Part.OPEN_LIST:
            continue  # it names again what was answered before
        title = () if section.title is None else (section.title,)
        lines = (*title, *section.lines)
        for index, line in enumerate(lines):
            marker = line.marker
            row = rows.get(marker.level) if marker is not None and marker.style != CLAUSE else None
            if marker is None or row is None or not row.lacks(marker.value, line.start):
                continue
            at = bisect_left(starts, line.start)
            is_item = at < len(starts) and starts[at] < line.end
            shared = at > 0 and drafts[at - 1].problem[1] > line.start  # several problems with one answer
            if not is_item and not shared and has_own_answer(line, lines[index + 1 : index + 5]):
                yield line


@dataclass(frozen=True, slots=True)
class _Row:
    """Items with numbers of one level: where their problems begin, and the numbers, in reading order."""

    starts: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)

    def lacks(self, value: int, start: int) -> bool:
        """Whether the items before and behind place `start` leave out just the number `value`."""
        at = bisect_left(self.starts, start)
        before = self.values[at - 1] if at else None
        after = self.values[at] if at < len(self.values) else None
        return before == value - 1 and after in (None, value + 1, 1)


def _rows(drafts: Sequence[Draft]) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for draft in drafts:
        marker = match_marker(draft.number) if draft.number else None
        if marker is not None:
            row = rows.setdefault(marker.level, _Row())
            row.starts.append(draft.problem[0])
            row.values.append(marker.value)
    return rows
