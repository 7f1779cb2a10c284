"""Comma- or tab-separated lists: a row a line, as those of a workbook. Our own ledgers are refused."""

from __future__ import annotations

import csv
import io

from zhenggai.notice.formats import text
from zhenggai.notice.formats.base import Extracted, Limits, failure, own_ledger
from zhenggai.notice.formats.table import MAX_COLUMNS, Cell, cell_lines, row_lines
from zhenggai.notice.ledgers import is_ledger_head

_SEPARATORS = ",\t;"


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of a list, a row a line. Raises ReadingError: no text, damaged, or a ledger of our own."""
    decoded = text.decoded(data, limits)
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_separator(decoded.text)))
    except csv.Error as error:
        raise failure(
            "完整的 CSV 表格", "无法读取（引号不成对，或一格过长）", "用 Excel 或 WPS 另存为 xlsx"
        ) from error
    if rows and is_ledger_head(rows[0]):
        raise own_ledger()
    lines = row_lines([[Cell(cell_lines(cell)) for cell in row[:MAX_COLUMNS]] for row in rows])
    return Extracted("\n".join(lines), decoded.encoding, decoded.warnings)


def _separator(content: str) -> str:
    """The one that the first lines have most of."""
    head = content[:4000]
    return max(_SEPARATORS, key=head.count)
