"""Comma- or tab-separated lists: a row a line, as those of a workbook. Our own ledgers are refused."""

from __future__ import annotations

import csv
import io
from typing import Literal

from zhenggai.notice.formats import text
from zhenggai.notice.formats.base import Extracted, Limits, failure, own_ledger
from zhenggai.notice.formats.ledgers import is_ledger_head
from zhenggai.notice.formats.table import MAX_COLUMNS, Cell, cell_lines, row_lines

_SEPARATORS = ",\t;"
_QUOTE = '"'
_UNQUOTED = "表格中的引号不成对，已按没有引号逐行读取，请核对各列内容"


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of a list, a row a line. Raises ReadingError: no text, damaged, or a ledger of our own."""
    decoded = text.decoded(data, limits)
    warnings = decoded.warnings
    try:
        separator = _separator(decoded.text)
        rows = _rows(decoded.text, separator, csv.QUOTE_MINIMAL)
        if _runs_together(decoded.text, separator, rows):
            unquoted = _rows(decoded.text, separator, csv.QUOTE_NONE)
            rows = [[cell.strip(_QUOTE) for cell in row] for row in unquoted]
            warnings = (*warnings, _UNQUOTED)
    except csv.Error as error:
        raise failure(
            "完整的 CSV 表格", "无法读取（引号不成对，或一格过长）", "用 Excel 或 WPS 另存为 xlsx"
        ) from error
    if rows and is_ledger_head(rows[0]):
        raise own_ledger()
    lines = row_lines([[Cell(cell_lines(cell)) for cell in row[:MAX_COLUMNS]] for row in rows])
    return Extracted("\n".join(lines), decoded.encoding, warnings)


def _rows(content: str, separator: str, quoting: Literal[0, 3]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=separator, quoting=quoting))


def _runs_together(content: str, separator: str, rows: list[list[str]]) -> bool:
    """Whether a quotation mark that is not closed makes one cell of what are several rows."""
    if content.count(_QUOTE) % 2 == 0:
        return False
    cells = (cell for row in rows for cell in row if "\n" in cell)
    return any(separator in line for cell in cells for line in cell.splitlines()[1:])


def _separator(content: str) -> str:
    """The one that the first lines have most of."""
    head = content[:4000]
    return max(_SEPARATORS, key=head.count)
