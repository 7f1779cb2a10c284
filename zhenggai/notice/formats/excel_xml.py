"""Excel 2003 XML (SpreadsheetML), in which office systems export lists, in the way of `xlsx`.

Source: Microsoft, XML Spreadsheet Reference (elements Workbook, Worksheet, Table, Row, Cell, Data).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure, own_ledger
from zhenggai.notice.formats.ledgers import are_ledger_sheets
from zhenggai.notice.formats.office_xml import attribute, child, children, integer, parse
from zhenggai.notice.formats.table import MAX_COLUMNS, Cell, row_lines
from zhenggai.notice.formats.workbook import Sheet, joined, shown_value


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the workbook, a row a line. Raises ReadingError: damaged, a ledger of our own, out of time."""
    root = parse(data, "Excel 2003 XML 工作簿", "用 Excel 或 WPS 打开后另存为 xlsx")
    sheets = children(root, "Worksheet")
    if not sheets:
        raise failure("完整的 Excel 2003 XML 工作簿", "其中没有工作表", "用 Excel 或 WPS 打开后另存为 xlsx")
    if are_ledger_sheets([attribute(sheet, "Name") for sheet in sheets]):
        raise own_ledger()
    deadline = Deadline(limits.seconds)
    shown = [sheet for sheet in sheets if not _is_hidden(sheet)]
    read = [Sheet(attribute(sheet, "Name"), row_lines(list(_rows(sheet, deadline)))) for sheet in shown]
    return joined(read, hidden=len(sheets) - len(shown))


def _is_hidden(sheet: Element) -> bool:
    visible = child(sheet, "WorksheetOptions", "Visible")
    return visible is not None and (visible.text or "").strip() in ("SheetHidden", "SheetVeryHidden")


def _rows(sheet: Element, deadline: Deadline) -> Iterator[list[Cell]]:
    """The rows that are written down; those without cells may be left out."""
    number = 0
    below: dict[int, int] = {}  # column → the last row that a cell above covers
    for row in children(child(sheet, "Table"), "Row"):
        deadline.check()
        number = integer(attribute(row, "Index"), number + 1)
        yield list(_cells(row, number, below))


def _cells(row: Element, number: int, below: dict[int, int]) -> Iterator[Cell]:
    column = 0
    for cell in children(row, "Cell"):
        place = min(MAX_COLUMNS, integer(attribute(cell, "Index"), 0) - 1)
        while column < place or (place < 0 and below.get(column, 0) >= number):
            yield Cell([], is_continued=below.get(column, 0) >= number)
            column += 1
        if column >= MAX_COLUMNS:
            return
        wide = 1 + max(0, min(integer(attribute(cell, "MergeAcross")), MAX_COLUMNS))
        if high := integer(attribute(cell, "MergeDown")):
            below.update(dict.fromkeys(range(column, column + wide), number + high))
        yield Cell(shown_value(_value(child(cell, "Data"))), wide)
        column += wide
    for covered in range(column, max((c for c, last in below.items() if last >= number), default=-1) + 1):
        yield Cell([], is_continued=below.get(covered, 0) >= number)


def _value(data: Element | None) -> Any:
    """The value as openpyxl gives it for an xlsx file."""
    if data is None:
        return None
    text, kind = "".join(data.itertext()), attribute(data, "Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text
