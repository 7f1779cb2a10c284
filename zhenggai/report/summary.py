"""What the report says in numbers: totals, categories, statuses, units, months, declared against found."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.taxonomy import Taxonomy

UNKNOWN = "（未分类）"
MOST_UNITS = 40
"""Rows of the heat map; the units with fewer items are added up in one more row."""
LEVELS = 6
"""Shades of the heat map."""


@dataclass(frozen=True)
class Totals:
    """The figures at the top."""

    notices: int
    failed: int
    items: int
    statuses: Mapping[str, int]
    long_term: int
    needs_review: int
    listed_open: int


@dataclass(frozen=True)
class CategoryRow:
    """One category: its items by status."""

    name: str
    count: int
    statuses: Mapping[str, int]


@dataclass(frozen=True)
class ThemeGroup:
    """The categories below one theme, most frequent first."""

    name: str
    count: int
    categories: Sequence[CategoryRow]


@dataclass(frozen=True)
class UnitRow:
    """One row of the heat map: items by category."""

    name: str
    count: int
    cells: Sequence[tuple[int, int]]
    """Number of items and level of shade, 0 (none) to `LEVELS`."""
    rest: bool = False
    """Whether the row adds up several units."""


@dataclass(frozen=True)
class HeatMap:
    """Units × categories."""

    categories: Sequence[str]
    """Those that occur."""
    rows: Sequence[UnitRow]


@dataclass(frozen=True)
class Month:
    """Notices and items of one period."""

    label: str
    tick: str
    """What stands below the column."""
    year: str
    """Below that, where a year begins."""
    notices: int
    items: int


@dataclass(frozen=True)
class Numbered:
    """An item with its place in the ledger, counted from 0."""

    index: int
    record: Record


@dataclass(frozen=True)
class Summary:
    """Everything that the static part of the report shows."""

    totals: Totals
    themes: Sequence[ThemeGroup]
    heat: HeatMap
    months: Sequence[Month]
    undated: int
    failed: Sequence[NoticeRecord]
    warned: Sequence[NoticeRecord]
    not_stated: Sequence[Numbered] = field(default_factory=tuple)
    open_items: Sequence[Numbered] = field(default_factory=tuple)


def unit_of(record: Record | NoticeRecord) -> str:
    """What to call the body that published it: unit, else title, else file."""
    return record.unit or record.title or record.notice


def summarise(records: Sequence[Record], notices: Sequence[NoticeRecord], taxonomy: Taxonomy) -> Summary:
    """Count.

    `taxonomy` gives the order of categories and statuses; its first status is the finished one, its last
    says that nothing checkable is reported.
    """
    done, not_stated = taxonomy.status_names[0], taxonomy.status_names[-1]
    numbered = [Numbered(i, r) for i, r in enumerate(records)]
    read = [n for n in notices if n.error is None]
    return Summary(
        totals=Totals(
            notices=len(read),
            failed=len(notices) - len(read),
            items=len(records),
            statuses=_ordered(Counter(r.status or UNKNOWN for r in records), taxonomy.status_names),
            long_term=sum(bool(r.long_term) for r in records),
            needs_review=sum(r.needs_review for r in records),
            listed_open=sum(r.listed_open for r in records),
        ),
        themes=_themes(records, taxonomy),
        heat=_heat(records, category_order(records, taxonomy)),
        months=_months(read),
        undated=sum(_month(n) is None for n in read),
        failed=[n for n in notices if n.error is not None],
        warned=[n for n in read if n.warnings],
        not_stated=[n for n in numbered if n.record.status == not_stated],
        open_items=[n for n in numbered if is_open(n.record, done, not_stated)],
    )


def is_open(record: Record, done: str, not_stated: str) -> bool:
    """Whether something remains: by its status, or because the notice's own closing list names it."""
    return record.listed_open or (record.status is not None and record.status not in (done, not_stated))


def category_order(records: Sequence[Record], taxonomy: Taxonomy) -> list[str]:
    """All categories of the taxonomy, then those of the ledger that it does not know."""
    found = dict.fromkeys(r.category or UNKNOWN for r in records)
    return [*taxonomy.category_names, *(name for name in found if name not in taxonomy.category_names)]


def status_order(records: Sequence[Record], taxonomy: Taxonomy) -> list[str]:
    """As `category_order`, for statuses."""
    found = dict.fromkeys(r.status or UNKNOWN for r in records)
    return [*taxonomy.status_names, *(name for name in found if name not in taxonomy.status_names)]


def _ordered(counts: Counter[str], names: Sequence[str]) -> dict[str, int]:
    return {name: counts[name] for name in [*names, *(n for n in counts if n not in names)]}


def _themes(records: Sequence[Record], taxonomy: Taxonomy) -> list[ThemeGroup]:
    statuses: dict[str, Counter[str]] = {}
    themes: dict[str, str] = {}
    for record in records:
        name = record.category or UNKNOWN
        statuses.setdefault(name, Counter())[record.status or UNKNOWN] += 1
        themes.setdefault(name, record.theme or taxonomy.theme_of(name) or UNKNOWN)
    groups: dict[str, list[CategoryRow]] = {}
    for name in category_order(records, taxonomy):
        if counts := statuses.get(name):
            row = CategoryRow(name, counts.total(), _ordered(counts, taxonomy.status_names))
            groups.setdefault(themes[name], []).append(row)
    return [
        ThemeGroup(theme, sum(r.count for r in rows), sorted(rows, key=lambda r: -r.count))
        for theme, rows in groups.items()
    ]


def _heat(records: Sequence[Record], categories: Sequence[str]) -> HeatMap:
    counts: dict[str, Counter[str]] = {}
    for record in records:
        counts.setdefault(unit_of(record), Counter())[record.category or UNKNOWN] += 1
    added = sum(counts.values(), Counter[str]())
    shown = [name for name in categories if added[name]]
    peak = max((max(c.values()) for c in counts.values()), default=1)
    ranked = sorted(counts.items(), key=lambda pair: -pair[1].total())
    most = MOST_UNITS if len(ranked) > MOST_UNITS + 1 else len(ranked)
    rows = [
        UnitRow(name, c.total(), [(c[k], _level(c[k], peak)) for k in shown]) for name, c in ranked[:most]
    ]
    if rest := [c for _, c in ranked[most:]]:
        total = sum(rest, Counter[str]())
        rows.append(
            UnitRow(f"其余 {len(rest)} 个单位", total.total(), [(total[k], 0) for k in shown], rest=True)
        )
    return HeatMap(shown, rows)


def _level(count: int, peak: int) -> int:
    """By the square root, so that small numbers differ visibly."""
    return math.ceil(LEVELS * math.sqrt(count / peak))


MOST_MONTHS = 48
"""Longer spans are counted by year."""
SHORT_TICKS = 24
"""Months from which they are labelled with the number alone."""


def _month(notice: NoticeRecord) -> tuple[int, int] | None:
    """Year and month of a date `YYYY-MM-DD`."""
    parts = (notice.published or "").split("-")
    if len(parts) < 2 or not (parts[0].isdigit() and parts[1].isdigit()):
        return None
    year, month = int(parts[0]), int(parts[1])
    return (year, month) if 1 <= month <= 12 and 1949 <= year <= 2100 else None


def _months(notices: Sequence[NoticeRecord]) -> list[Month]:
    dated = [(month, n.items) for n in notices if (month := _month(n))]
    if not dated:
        return []
    first, last = min(m for m, _ in dated), max(m for m, _ in dated)
    span = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    if span > MOST_MONTHS:
        years = range(first[0], last[0] + 1)
        return [_period(f"{y}年", str(y), "", [i for m, i in dated if m[0] == y]) for y in years]
    months = [
        (y, m + 1) for y, m in (divmod(first[0] * 12 + first[1] - 1 + step, 12) for step in range(span))
    ]
    return [
        _period(
            f"{year}年{month}月",
            f"{month}" if span > SHORT_TICKS else f"{month}月",
            f"{year}年" if month == 1 or (year, month) == first else "",
            [i for m, i in dated if m == (year, month)],
        )
        for year, month in months
    ]


def _period(label: str, tick: str, year: str, items: Sequence[int]) -> Month:
    return Month(label, tick, year, len(items), sum(items))
