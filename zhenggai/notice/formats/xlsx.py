"""Excel workbooks: the visible sheets one after the other, a row a line.

Rectification lists are often kept as a workbook; its rows become those of a table in a Word file. openpyxl
reads row by row; of merged cells the file holds the text in the first, as `table.row_lines` wants it.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import defusedxml  # noqa: F401  # where it is installed, openpyxl parses with it
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.archive import check_member, open_zip
from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure, own_ledger
from zhenggai.notice.formats.table import MAX_COLUMNS, Cell, cell_lines, row_lines
from zhenggai.notice.ledgers import are_ledger_sheets, is_ledger_head
from zhenggai.notice.model import CELL_SEPARATOR
from zhenggai.patterns import compiled

_EMPTY_ROWS = 1000
"""So many rows without text end a sheet: formats set for a whole column make a million of them."""


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of an xlsx file, a row a line. Raises ReadingError: damaged, a bomb, or a ledger of our own."""
    _check(data, limits)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        if are_ledger_sheets(book.sheetnames):
            raise own_ledger()
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        deadline = Deadline(limits.seconds)
        sheets = [row_lines(list(_rows(sheet, deadline, _merged_down(book, sheet)))) for sheet in shown]
        told, explaining = _without_explanations(sheets, [s.title for s in shown])
        lines = [line for sheet in told for line in sheet]
        if lines and is_ledger_head(lines[0].split(CELL_SEPARATOR)):
            raise own_ledger()  # a sheet of one, saved by itself
    except ReadingError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parts meet in a damaged file
        raise failure(
            "完整的 Excel 工作簿（xlsx）", "无法打开（内部数据不完整或已损坏）", "用 Excel 或 WPS 修复后另存"
        ) from error
    hidden = len(book.worksheets) - len(shown)
    warnings = [f"另有 {hidden} 个隐藏的工作表没有读取"] if hidden else []
    warnings += [f"工作表“{name}”说明怎样填表，没有读取" for name in explaining]
    return Extracted("\n".join(lines), warnings=tuple(warnings))


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


def _check(data: bytes, limits: Limits) -> None:
    """Raises ReadingError: a part is encrypted, too large, or a bomb. No more than declared is unpacked."""
    with open_zip(data, limits) as archive:
        for info in archive.infolist():
            if info.filename.endswith(".xml"):
                check_member(info, limits)


_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)
_MOST_MERGED = 20_000
"""Places in merged cells that are looked at."""


def _merged_down(book: Any, sheet: Any) -> frozenset[tuple[int, int]]:
    """Rows and columns, from 0, that belong to a cell above; openpyxl tells them of whole books alone."""
    try:
        data = book._archive.read(sheet._worksheet_path)
    except (AttributeError, KeyError):  # names of openpyxl's own, which another version may not have
        return frozenset()
    places: set[tuple[int, int]] = set()
    for match in _MERGED.finditer(data, max(0, data.rfind(b"sheetData>"))):
        left, top, right, bottom = (part.decode() for part in match.groups())
        columns = range(column_index_from_string(left) - 1, min(column_index_from_string(right), MAX_COLUMNS))
        for row in range(int(top), int(bottom)):
            places.update((row, column) for column in columns)
            if len(places) > _MOST_MERGED:
                return frozenset(places)
    return frozenset(places)


def _rows(sheet: Any, deadline: Deadline, merged: frozenset[tuple[int, int]]) -> Iterator[list[Cell]]:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    empty = 0
    width = max((column for _, column in merged), default=-1) + 1
    for index, row in enumerate(sheet.iter_rows(values_only=True)):
        deadline.check()
        values = [*islice(row, MAX_COLUMNS)]
        if merged:  # a row is written down up to its last cell with a value
            values += [None] * (width - len(values))
        cells = [Cell(_text(v), is_continued=(index, column) in merged) for column, v in enumerate(values)]
        empty = 0 if any(cell.lines for cell in cells) else empty + 1
        if empty > _EMPTY_ROWS:
            return
        yield cells


def _text(value: Any) -> list[str]:
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
