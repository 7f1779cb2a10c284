"""Lines of the head of a notice where they are none: above the problems, and at the top of every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zhenggai.notice.draft import Draft
from zhenggai.notice.head.header import is_title
from zhenggai.notice.head.published import is_day
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_FEWEST = 3
"""Times that a line stands alone to be the head of pages."""
_SHORTEST = 8
_HEAD = compiled(r"(?:通报|报告|公示|公告|公开|台账|清单|汇编|材料)$")


def without_running_heads(lines: list[Line]) -> list[Line]:
    """`lines` without the first one where it comes again and again, as the head of printed pages does."""
    if not lines or not _may_run(lines[0]):
        return lines
    head = lines[0].text
    if sum(line.text == head for line in lines) < _FEWEST:
        return lines
    second = lines[1] if lines[1].text != head else None
    titled = second is not None and second.marker is None and _HEAD.search(second.text) is not None
    kept = [line for line in lines if line.text != head]
    return kept if titled else [lines[0], *kept]


def _may_run(line: Line) -> bool:
    alone = line.marker is None and not line.has_outcome_label and not line.is_table_row
    return alone and len(line.text) >= _SHORTEST and _HEAD.search(line.text) is not None


def with_own_paths(drafts: Iterable[Draft], title: str | None) -> Iterator[Draft]:
    """`drafts`, above which neither the title of the notice nor the day of its publication stands."""
    for draft in drafts:
        path = tuple(h for h in draft.path if not (is_title(h, title) or is_day(h)))
        yield draft if path == draft.path else replace(draft, path=path)
