"""Excel workbooks: the visible sheets one after the other, a row a line.

Rectification lists are often kept as a workbook; its rows become those of a table in a Word file. openpyxl
reads row by row; of merged cells the file holds the text in the first, as `table.row_lines` wants it.
"""

from __future__ import annotations

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
from zhenggai.notice.formats.ledgers import are_ledger_sheets
from zhenggai.notice.formats.table import MAX_COLUMNS, Cell
from zhenggai.notice.formats.workbook import joined, merged_down, sheet_of, shown_value


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of an xlsx file, a row a line. Raises ReadingError: damaged, a bomb, or a ledger of our own."""
    _check(data, limits)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        if are_ledger_sheets(book.sheetnames):
            raise own_ledger()
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        deadline = Deadline(limits.seconds)
        sheets = [sheet_of(s.title, _rows(s, deadline, _merged_down(book, s))) for s in shown]
        return joined(sheets, hidden=len(book.worksheets) - len(shown))
    except ReadingError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parts meet in a damaged file
        raise failure(
            "完整的 Excel 工作簿（xlsx）", "无法打开（内部数据不完整或已损坏）", "用 Excel 或 WPS 修复后另存"
        ) from error


def _check(data: bytes, limits: Limits) -> None:
    """Raises ReadingError: a part is encrypted, too large, or a bomb. No more than declared is unpacked."""
    with open_zip(data, limits) as archive:
        for info in archive.infolist():
            if info.filename.endswith(".xml"):
                check_member(info, limits)


_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)


def _merged_down(book: Any, sheet: Any) -> frozenset[tuple[int, int]]:
    """Rows and columns, from 0, that belong to a cell above; openpyxl tells them of whole books alone."""
    try:
        data = book._archive.read(sheet._worksheet_path)
    except (AttributeError, KeyError):  # names of openpyxl's own, which another version may not have
        return frozenset()
    return merged_down(map(_area, _MERGED.finditer(data, max(0, data.rfind(b"sheetData>")))))


def _area(reference: re.Match[bytes]) -> tuple[int, int, int, int]:
    """B2:C4 as top, bottom, left and right, from 0, half open."""
    left, top, right, bottom = (part.decode() for part in reference.groups())
    return int(top) - 1, int(bottom), column_index_from_string(left) - 1, column_index_from_string(right)


def _rows(sheet: Any, deadline: Deadline, merged: frozenset[tuple[int, int]]) -> Iterator[list[Cell]]:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    width = max((column for _, column in merged), default=-1) + 1
    for index, row in enumerate(sheet.iter_rows(values_only=True)):
        deadline.check()
        values = [*islice(row, MAX_COLUMNS)]
        if merged:  # a row is written down up to its last cell with a value
            values += [None] * (width - len(values))
        yield [
            Cell(shown_value(v), is_continued=(index, column) in merged) for column, v in enumerate(values)
        ]
