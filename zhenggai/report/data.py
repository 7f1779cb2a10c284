"""The ledger as compact data for the table of the page: names once, items as arrays that refer to them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.report.summary import UNKNOWN, category_order, is_open, status_order, unit_of
from zhenggai.taxonomy import Taxonomy

LONG_TERM, LISTED_OPEN, NEEDS_REVIEW, OPEN = 1, 2, 4, 8
"""Bits of an item's flags."""


class Names:
    """Gives each name a number."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def __call__(self, name: Any) -> int:
        """The number of `name`, a new one the first time."""
        return self.numbers.setdefault(name, len(self.numbers))


def page_data(
    records: Sequence[Record], notices: Sequence[NoticeRecord], taxonomy: Taxonomy, folder: Path
) -> dict[str, Any]:
    """Data for `report.js`; `folder` is where the page will lie, for the links to the sources."""
    units, files, paths = Names(), Names(), Names()
    categories, statuses = Names(), Names()
    for name in category_order(records, taxonomy):
        categories(name)
    for name in status_order(records, taxonomy):
        statuses(name)
    for notice in notices:
        files(notice.notice)
    items = [_item(r, units, files, paths, categories, statuses, taxonomy) for r in records]
    return {
        "categories": list(categories.numbers),
        "themes": [taxonomy.theme_of(name) or "" for name in categories.numbers],
        "statuses": list(statuses.numbers),
        "units": list(units.numbers),
        "files": [[name, source_link(name, folder)] for name in files.numbers],
        "paths": [list(path) for path in paths.numbers],
        "items": items,
        "notices": [_notice(n, files) for n in notices if n.error is None],
    }


def _item(
    record: Record,
    units: Names,
    files: Names,
    paths: Names,
    categories: Names,
    statuses: Names,
    taxonomy: Taxonomy,
) -> list[Any]:
    done, not_stated = taxonomy.status_names[0], taxonomy.status_names[-1]
    flags = LONG_TERM * bool(record.long_term) + LISTED_OPEN * record.listed_open
    flags += NEEDS_REVIEW * record.needs_review + OPEN * is_open(record, done, not_stated)
    return [
        units(unit_of(record)),
        files(record.notice),
        record.item,
        record.number or "",
        paths(record.path),
        record.problem,
        record.outcome,
        categories(record.category or UNKNOWN),
        [categories(name) for name in record.also],
        _percent(record.category_score),
        statuses(record.status or UNKNOWN),
        _percent(record.status_score),
        flags,
        evidence_range(record),
        "；".join(record.review_reasons),
        "，".join(text for text in (record.deadline, record.responsible) if text),
        list(record.problem_span),
    ]


def _percent(score: float | None) -> int | None:
    return None if score is None else round(100 * score)


def _notice(notice: NoticeRecord, files: Names) -> list[Any]:
    return [
        files(notice.notice),
        unit_of(notice),
        notice.title or "",
        notice.published or "",
        notice.items,
        notice.statuses,
        notice.agrees,
        "；".join(notice.differences),
    ]


def evidence_range(record: Record) -> list[int] | None:
    """Where the evidence stands in the outcome, as offsets in UTF-16 code units (JavaScript's count).

    Of several places that read the same, the one nearest to where the source span lies within the outcome's
    spans. None where it does not stand in the outcome word for word (then it is a heading's).
    """
    evidence, outcome = record.evidence, record.outcome
    if not evidence:
        return None
    starts, at = [], outcome.find(evidence)
    while at >= 0:
        starts.append(at)
        at = outcome.find(evidence, at + 1)
    if not starts:
        return None
    guess = _offset_in_outcome(record)
    start = min(starts, key=lambda s: abs(s - guess))
    first = _units16(outcome[:start])
    return [first, first + _units16(evidence)]


def _offset_in_outcome(record: Record) -> int:
    if record.evidence_span is None:
        return 0
    offset = 0
    for start, end in record.outcome_spans:
        if record.evidence_span[0] < end:
            return offset + max(0, record.evidence_span[0] - start)
        offset += end - start + 1
    return offset


def _units16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def source_link(name: str, folder: Path) -> str:
    """A link from a page in `folder` to the source file; "" where there is none to open.

    The result is a relative path, percent-encoded and beginning with a dot: never a scheme such as
    `javascript:`.
    """
    path = Path(name.split("!/")[0])
    try:
        if not path.is_file():
            return ""
        relative = os.path.relpath(path.resolve(), folder.resolve())
    except (OSError, ValueError):  # another drive, a name that is no path
        return ""
    link = quote(relative.replace(os.sep, "/"), errors="surrogateescape")
    return link if link.startswith(".") else f"./{link}"
