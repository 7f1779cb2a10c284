"""Ruled tables of a PDF page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page

from zhenggai.notice.formats.lists import has_own_number
from zhenggai.notice.formats.table import Cell, row_lines

MIN_EDGES = 6
MAX_EDGES = 20_000
"""Drawings with more lines are maps and charts, whose tables would take minutes to look for."""

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table stands (points from the upper left corner) and its cells, row by row."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]

    def contains(self, char: dict[str, Any]) -> bool:
        """Whether a character's middle lies in the table."""
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def find_tables(page: Page) -> list[Table]:
    """Tables with at least two columns, drawn with lines."""
    if not MIN_EDGES <= len(page.edges) <= MAX_EDGES:
        return []
    tables = []
    for found in page.find_tables():
        rows = tuple(tuple(_cell(text) for text in row) for row in found.extract())
        if rows and len(rows[0]) >= 2 and any(any(row) for row in rows):
            tables.append(Table(*found.bbox, rows))
    return tables


def _cell(text: str | None) -> str:
    """Lines of a cell joined, but for those that begin with a number."""
    joined = ""
    for line in (text or "").split("\n"):
        joined += ("\n" if joined and has_own_number(line) else "") + line.strip()
    return joined


def table_lines(parts: Sequence[Table]) -> list[str]:
    """Lines of a table that may go on over several pages: a row cut by a page end is made whole."""
    rows: Rows = []
    for part in parts:
        body = [list(row) for row in part.rows]
        if rows and body and body[0] == rows[0]:  # the head, repeated on the next page
            body = body[1:]
        if rows and body and not body[0][0] and len(body[0]) == len(rows[-1]):
            rows[-1] = [above + below for above, below in zip(rows[-1], body[0], strict=True)]
            body = body[1:]
        rows += body
    return row_lines([[Cell(text.split("\n") if text else []) for text in row] for row in rows])
