"""OpenDocument workbooks (`.ods`, `.fods`): the visible sheets one after the other, in the way of `xlsx`.

Source: OASIS OpenDocument 1.3, part 3: tables, office:value-type.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure, own_ledger
from zhenggai.notice.formats.ledgers import are_ledger_sheets
from zhenggai.notice.formats.odf_package import OpenDocument, open_document
from zhenggai.notice.formats.odf_paragraph import Paragraphs
from zhenggai.notice.formats.odf_text import rows
from zhenggai.notice.formats.office_xml import attribute, children, integer, local_name
from zhenggai.notice.formats.table import MAX_COLUMNS, Cell
from zhenggai.notice.formats.workbook import joined, sheet_of, shown_value

_CELL = 5
"""Characters that a cell counts as besides its text."""
_TRUTHS = {"of:=TRUE()": True, "of:=FALSE()": False}
"""What LibreOffice makes of the truth values of an xlsx file."""


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the workbook, a row a line.

    Raises:
        ReadingError: damaged, encrypted, a bomb, a ledger of our own, out of time.
    """
    document = open_document(data, "spreadsheet", limits)
    tables = children(document.body, "table")
    if are_ledger_sheets([attribute(table, "name") for table in tables]):
        raise own_ledger()
    hidden = _hidden_styles(document)
    shown = [table for table in tables if attribute(table, "style-name") not in hidden]
    reader = _Reader(document, limits)
    sheets = [sheet_of(attribute(table, "name"), reader.rows(table)) for table in shown]
    return joined(sheets, hidden=len(tables) - len(shown))


def _hidden_styles(document: OpenDocument) -> Collection[str]:
    return {
        attribute(style, "name")
        for style in document.styles_named("style")
        if any(attribute(part, "display") == "false" for part in children(style, "table-properties"))
    }


class _Reader:
    """Reads sheets; what cells repeat is bounded: a few bytes may repeat a long text a million times."""

    def __init__(self, document: OpenDocument, limits: Limits) -> None:
        self._paragraphs = Paragraphs(document)
        self._deadline = Deadline(limits.seconds)
        self._most = limits.characters
        self._characters = 0

    def rows(self, table: Element) -> Iterator[list[Cell]]:
        below: dict[int, int] = {}
        for row in rows(table):
            self._deadline.check()
            yield list(self._cells(row, below))

    def _cells(self, row: Element, below: dict[int, int]) -> Iterator[Cell]:
        column, last = 0, row[-1] if len(row) else None
        for cell in row:
            name = local_name(cell)
            if name not in ("table-cell", "covered-table-cell"):
                continue
            lines = shown_value(self._value(cell)) if name == "table-cell" else []
            if cell is last and not lines and name == "table-cell":
                return  # up to the edge of the sheet there is nothing
            count = max(1, integer(attribute(cell, "number-columns-repeated"), 1))
            for _ in range(min(count, MAX_COLUMNS - column)):
                self._count(lines)
                is_below = below.get(column, 0) > 0
                if is_below:
                    below[column] -= 1
                elif name == "table-cell":
                    self._span(cell, column, below)
                yield Cell(lines, is_continued=is_below)
                column += 1

    def _span(self, cell: Element, column: int, below: dict[int, int]) -> None:
        high = integer(attribute(cell, "number-rows-spanned"), 1)
        if high > 1:
            wide = max(1, min(integer(attribute(cell, "number-columns-spanned"), 1), MAX_COLUMNS))
            below.update(dict.fromkeys(range(column, column + wide), high))
            below[column] -= 1

    def _count(self, lines: list[str]) -> None:
        self._characters += _CELL + sum(map(len, lines))
        if self._characters > self._most:
            raise failure(f"不超过 {self._most} 字", "有更多", "拆分文件后重试")

    def _value(self, cell: Element) -> Any:
        """The value as openpyxl gives it for an xlsx file; a text where the type is none of these."""
        kind = attribute(cell, "value-type")
        if (truth := _TRUTHS.get(attribute(cell, "formula"))) is not None:
            return truth
        if kind == "boolean":
            return attribute(cell, "boolean-value") == "true"
        if kind == "date":
            return _date(attribute(cell, "date-value"))
        if kind in ("float", "percentage", "currency"):
            return _number(attribute(cell, "value"))
        return "\n".join(self._paragraphs.text(part, []) for part in children(cell, "p"))


def _date(text: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return text


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
