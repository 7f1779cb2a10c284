"""Excel 97-2003 workbooks (also `.et` of WPS) as tables, through xlrd; its stream through olefile.

Source: [MS-XLS], as xlrd reads it. Merged cells, hidden sheets, dates and explanations of forms are handled
as in `xlsx`.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from typing import Any

import xlrd

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure, not_followed, own_ledger
from zhenggai.notice.formats.ledgers import are_ledger_sheets
from zhenggai.notice.formats.ole import streams
from zhenggai.notice.formats.table import MAX_COLUMNS, Cell
from zhenggai.notice.formats.workbook import joined, merged_down, sheet_of, shown_value


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of an xls file, a row a line. Raises ReadingError: damaged, encrypted, or a ledger of our own."""
    try:
        return _extract(data, limits)
    except ReadingError:
        raise
    except Exception as error:  # xlrd lets through whatever its parts meet in a damaged file
        if "encrypted" in str(error).lower():
            raise failure(
                "没有密码的工作簿", "文件有密码（加密的 Excel 工作簿）", "在 Excel 或 WPS 中取消密码后另存"
            ) from error
        found = "无法打开（内部数据不完整或已损坏）"
        raise not_followed(
            "完整的 Excel 工作簿（xls）", found, "用 Excel 或 WPS 另存为 xlsx 后重试"
        ) from error


def _extract(data: bytes, limits: Limits) -> Extracted:
    deadline = Deadline(limits.seconds)
    # xlrd takes the stream alone as well: in a compound file it follows circular chains for ever
    found = streams(data, ("Workbook", "Book"))
    stream = found.get("Workbook") or found.get("Book") or b""
    book = xlrd.open_workbook(
        file_contents=stream,
        formatting_info=True,  # without it there are no merged cells
        on_demand=True,
        ragged_rows=True,  # one cell far right and below makes no millions of others
        logfile=io.StringIO(),
    )
    if are_ledger_sheets(book.sheet_names()):
        raise own_ledger()
    sheets, hidden = [], 0
    for index in range(book.nsheets):
        deadline.check()
        sheet = book.sheet_by_index(index)
        if sheet.visibility:
            hidden += 1
        else:
            sheets.append(sheet_of(sheet.name, _rows(book, sheet, deadline)))
        book.unload_sheet(index)
    return joined(sheets, hidden)


def _rows(book: Any, sheet: Any, deadline: Deadline) -> Iterator[list[Cell]]:
    merged = merged_down(sheet.merged_cells)
    width = max((column for _, column in merged), default=-1) + 1
    for index in range(sheet.nrows):
        deadline.check()
        cells = [
            Cell(shown_value(_value(book, cell)), is_continued=(index, column) in merged)
            for column, cell in enumerate(sheet.row_slice(index, 0, MAX_COLUMNS))
        ]
        cells += [Cell([], is_continued=(index, column) in merged) for column in range(len(cells), width)]
        yield cells


def _value(book: Any, cell: Any) -> Any:
    """The value as openpyxl gives it for an xlsx file."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _moment(cell.value, book.datemode)
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else cell.value


def _moment(days: float, datemode: int) -> datetime.datetime | datetime.time | float:
    """A date, a time of day, or the number that is neither."""
    try:
        moment: datetime.datetime = xlrd.xldate_as_datetime(days, datemode)
    except (ValueError, OverflowError):
        return days
    return moment.time() if 0 <= days < 1 else moment
