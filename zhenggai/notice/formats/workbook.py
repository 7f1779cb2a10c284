"""What workbooks of every format share: sheets that explain a form, our own ledgers, values as text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zhenggai.notice.formats.base import Extracted, own_ledger
from zhenggai.notice.formats.ledgers import is_ledger_head
from zhenggai.notice.formats.table import MAX_COLUMNS, Cell, cell_lines, row_lines
from zhenggai.notice.model import CELL_SEPARATOR
from zhenggai.patterns import compiled

_EMPTY_ROWS = 1000
"""So many rows without text end a sheet: formats set for a whole column make a million of them."""
_MOST_MERGED = 20_000
"""Places in merged cells that are looked at."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The name of a visible sheet, and its rows as lines."""

    title: str
    lines: list[str]


def joined(sheets: Sequence[Sheet], hidden: int) -> Extracted:
    """The sheets one after the other. Raises ReadingError: a sheet of a ledger of ours, saved by itself."""
    told, explaining = _without_explanations([s.lines for s in sheets], [s.title for s in sheets])
    lines = [line for sheet in told for line in sheet]
    if lines and is_ledger_head(lines[0].split(CELL_SEPARATOR)):
        raise own_ledger()
    warnings = [f"另有 {hidden} 个隐藏的工作表没有读取"] if hidden else []
    warnings += [f"工作表“{name}”说明怎样填表，没有读取" for name in explaining]
    return Extracted("\n".join(lines), warnings=tuple(warnings))


def sheet_of(title: str, rows: Iterable[list[Cell]]) -> Sheet:
    """A sheet of these rows."""
    return Sheet(title, row_lines(list(_until_empty(rows))))


def _until_empty(rows: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
    """The rows up to those without text that end a sheet."""
    empty = 0
    for cells in rows:
        empty = 0 if any(cell.lines for cell in cells) else empty + 1
        if empty > _EMPTY_ROWS:
            return
        yield cells


def merged_down(areas: Iterable[tuple[int, int, int, int]]) -> frozenset[tuple[int, int]]:
    """Rows and columns that belong to a cell above.

    Areas are top, bottom, left and right, from 0, half open.
    """
    places: set[tuple[int, int]] = set()
    for top, bottom, left, right in areas:
        for row in range(top + 1, bottom):
            places.update((row, column) for column in range(left, min(right, MAX_COLUMNS)))
            if len(places) > _MOST_MERGED:
                return frozenset(places)
    return frozenset(places)


_ABOUT = compiled(
    r"[（(【]?(?:\w{0,8}(?:填[表报写]|使用|编制|填列))?"
    r"(?:说明|须知|要求|示例|样例|目录|字典|选项|参数)[）)】:：]?"
)
"""The name or first line of a sheet that says how another is filled in; its examples are no items."""


_FEWEST_COLUMNS = 3
"""Of a table of problems, which is read whatever its sheet is called."""


def _without_explanations(sheets: list[list[str]], names: list[str]) -> tuple[list[list[str]], list[str]]:
    """The sheets that do not explain a form, and the names of those that do; all sheets where all do."""
    explaining = {
        index
        for index, name in enumerate(names)
        if any(map(_ABOUT.fullmatch, (name.strip(), *sheets[index][:1])))
        and all(line.count(CELL_SEPARATOR) < _FEWEST_COLUMNS - 1 for line in sheets[index])
    }
    told = [sheet for index, sheet in enumerate(sheets) if index not in explaining]
    return (told, [names[index] for index in sorted(explaining)]) if any(told) else (sheets, [])


def shown_value(value: Any) -> list[str]:
    """Lines of a cell as a reader sees them, nearly: dates in Chinese, whole numbers without a point."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["是" if value else "否"]
    if isinstance(value, datetime.date):
        return [f"{value.year}年{value.month}月{value.day}日"]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return cell_lines(str(value))
