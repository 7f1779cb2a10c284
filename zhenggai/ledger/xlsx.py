"""The workbook: 台账 and 通报 hold the tables, 复核 what to look at first, 说明 a legend, 续文 long texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from zhenggai.errors import LedgerError
from zhenggai.ledger.cells import Cell, from_cell, to_cell
from zhenggai.ledger.columns import NOTICE_COLUMNS, RECORD_COLUMNS, Column
from zhenggai.ledger.extras import load_extra
from zhenggai.ledger.legend import About
from zhenggai.ledger.legend_sheet import LegendSheet
from zhenggai.ledger.review_sheet import ReviewSheet
from zhenggai.ledger.rows import Row
from zhenggai.ledger.workbook import LINE, Styles, colour_items, finish_table, put
from zhenggai.ledger.xlsx_text import parts_of, restored, shield, shortened, too_long, unshield

ITEMS, NOTICES, REVIEW, LEGEND, CONTINUED = "台账", "通报", "复核", "说明", "续文"
MOST_ROWS = 1_048_575
"""Rows of an Excel sheet below its head."""

_SOURCES = {"explicit": "明文", "inferred": "推断", "none": "无"}
_SOURCE_NAMES = {v: k for k, v in _SOURCES.items()}
_OPTIONS = {
    "constant_memory": True,  # rows go to disk as they come
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Workbook:
    """Notices and their items into one workbook, row by row."""

    def __init__(self, path: Path, about: About) -> None:
        writer = load_extra("xlsxwriter", "xlsx", "写 .xlsx 台账")
        self._book = writer.Workbook(str(path), _OPTIONS)
        # A fixed date: the same ledger is the same file.
        self._book.set_properties({"title": "整改台账", "created": datetime(2000, 1, 1)})
        self._styles = Styles(self._book)
        self._about = about
        self._items = _Sheet(self._book.add_worksheet(ITEMS), RECORD_COLUMNS, self._styles, self._continue)
        self._notices = _Sheet(
            self._book.add_worksheet(NOTICES), NOTICE_COLUMNS, self._styles, self._continue
        )
        self._review = ReviewSheet(self._book.add_worksheet(REVIEW), self._styles, about.taxonomy)
        self._legend = LegendSheet(self._book.add_worksheet(LEGEND), self._styles)
        self._continued: Any = None
        self._continued_row = 0
        self._groups = 0

    def write(self, notice: Row, records: Sequence[Row]) -> None:
        """Append a notice and its items."""
        for record in records:
            self._items.write(record)
            self._review.add(record, self._items.rows)
        self._notices.write(notice)

    def _continue(self, text: str) -> str:
        """Lay a text that is too long for a cell down on the 续文 sheet; what the cell says instead."""
        if self._continued is None:
            self._continued = self._book.add_worksheet(CONTINUED)
            self._continued.set_column(2, 2, 100)
            self._continued.write_row(0, 0, ["组", "段", "文本"], self._styles.head)
        self._groups += 1
        for number, part in enumerate(parts_of(text), 1):
            self._continued_row += 1
            self._continued.write_number(self._continued_row, 0, self._groups)
            self._continued.write_number(self._continued_row, 1, number)
            self._continued.write_string(self._continued_row, 2, shield(part))
        return shortened(text, self._groups)

    def close(self) -> None:
        """Write the remaining sheets and the file."""
        choices = self._legend.write(self._about, RECORD_COLUMNS)
        self._review.write(choices)
        colour_items(self._items.sheet, self._items.rows, choices, self._styles, self._about.taxonomy)
        for table in (self._items, self._notices):
            finish_table(table.sheet, table.rows, table.columns, self._styles)
        self._book.close()


class _Sheet:
    """One table on one sheet."""

    def __init__(self, sheet: Any, columns: Sequence[Column], styles: Styles, shorten: Any) -> None:
        self.sheet, self.columns, self.rows = sheet, columns, 0
        self._styles, self._shorten = styles, shorten
        sheet.set_row(0, 2 * LINE)
        for index, column in enumerate(columns):
            sheet.write_string(0, index, column.head, styles.head)

    def write(self, row: Row) -> None:
        if self.rows == MOST_ROWS:
            raise LedgerError(
                f"Excel 工作表最多 {MOST_ROWS:,} 行，台账超过此数。请改用 .csv、.parquet 或 .jsonl。"
            )
        self.rows += 1
        self.sheet.set_row(self.rows, self._styles.height_of(row))
        for index, column in enumerate(self.columns):
            value = row[column.name]
            if column.name == "status_source":
                value = _SOURCES.get(value, value)
            cell = to_cell(value, column)
            if isinstance(cell, str) and too_long(cell):
                cell = self._shorten(cell)
            put(self.sheet, self.rows, index, cell, self._styles.of(column))


def read_xlsx(path: Path, columns: Sequence[Column]) -> Iterator[tuple[Row, str]]:
    """Rows of 台账 or 通报, each with its place for error messages; other columns are left aside.

    Raises:
        LedgerError: the file is no workbook, the sheet is missing, or a cell does not fit its column.
    """
    name = ITEMS if columns is RECORD_COLUMNS else NOTICES
    by_head = {c.head: c for c in columns}
    for cells, where in sheet_rows(path, name):
        row: Row = {}
        for head, cell in cells.items():
            if column := by_head.get(head):
                value = from_cell(cell, column, where)
                row[column.name] = _SOURCE_NAMES.get(value, value) if head == "状态依据" else value
        yield row, where


def sheet_rows(path: Path, name: str) -> Iterator[tuple[dict[str, Cell], str]]:
    """Cells of the sheet `name` by column head, row by row, each with its place for error messages.

    Raises:
        LedgerError: the file is no workbook, or it has no such sheet.
    """
    reader = load_extra("openpyxl", "xlsx", "读 .xlsx 台账")
    try:
        book = reader.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets errors of zipfile, XML and its own types through
        raise LedgerError(f"{path}：应为 Excel 工作簿（.xlsx），实际无法打开（{error}）。") from None
    try:
        if name not in book.sheetnames:
            found = "、".join(book.sheetnames)
            raise LedgerError(
                f"{path}：找不到工作表“{name}”，实际有：{found}。请使用 zhenggai classify 写出的工作簿。"
            )
        groups = _groups(book)
        rows = book[name].iter_rows(values_only=True)
        heads = [str(head) for head in next(rows, ())]
        for number, values in enumerate(rows, 2):
            cells = [_value(v, groups) for v in values]
            if any(c is not None for c in cells):
                yield dict(zip(heads, cells, strict=False)), f"{path} 工作表“{name}”第 {number} 行"
    finally:
        book.close()


def _groups(book: Any) -> dict[int, str]:
    parts: dict[int, list[str]] = {}
    if CONTINUED in book.sheetnames:
        for group, _, text in book[CONTINUED].iter_rows(min_row=2, max_col=3, values_only=True):
            parts.setdefault(int(group), []).append(unshield(text or ""))
    return {group: "".join(texts) for group, texts in parts.items()}


def _value(value: Any, groups: dict[int, str]) -> Cell:
    if isinstance(value, str):
        return restored(unshield(value), groups)
    if isinstance(value, datetime):  # Excel turns a typed date into its own kind
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value
