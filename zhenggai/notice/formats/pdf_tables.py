"""Ruled tables of a PDF page."""

from __future__ import annotations

from pdfplumber.page import Page

from zhenggai.notice.formats.layout_tables import Table, cell_text

MIN_EDGES = 6
MAX_EDGES = 20_000
"""Drawings with more lines are maps and charts, whose tables would take minutes to look for."""


def find_tables(page: Page) -> list[Table]:
    """Tables with at least two columns, drawn with lines."""
    if not MIN_EDGES <= len(page.edges) <= MAX_EDGES:
        return []
    tables = []
    for found in page.find_tables():
        rows = tuple(tuple(cell_text(text or "") for text in row) for row in found.extract())
        if rows and len(rows[0]) >= 2 and any(any(row) for row in rows):
            tables.append(Table(*found.bbox, rows))
    return tables
