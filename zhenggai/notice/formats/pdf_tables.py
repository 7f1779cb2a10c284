"""Ruled tables of a page, found by pdfplumber; also on pages of other formats, as drawn lines and glyphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from pdfplumber.page import Page
from pdfplumber.table import TableFinder

from zhenggai.notice.formats.layout_tables import Glyph, Table, cell_text

MIN_EDGES = 6
MAX_EDGES = 20_000
"""Drawings with more lines are maps and charts, whose tables would take minutes to look for."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A level or upright line, in points from the upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """Lines and characters of a page that pdfplumber did not read: what it looks at to find tables."""

    edges: list[dict[str, Any]]
    chars: list[dict[str, Any]]


def drawn_page(edges: Sequence[Edge], glyphs: Sequence[Glyph]) -> DrawnPage:
    """Lines and characters in the form in which pdfplumber looks for tables."""
    return DrawnPage(
        [
            {
                "object_type": "line",
                "orientation": "v" if edge.x1 - edge.x0 < edge.bottom - edge.top else "h",
                "x0": edge.x0,
                "x1": edge.x1,
                "top": edge.top,
                "bottom": edge.bottom,
                "width": edge.x1 - edge.x0,
                "height": edge.bottom - edge.top,
            }
            for edge in edges
        ],
        [
            {
                "text": glyph.text,
                "x0": glyph.x0,
                "x1": glyph.x1,
                "top": glyph.top,
                "doctop": glyph.top,
                "bottom": glyph.bottom,
                "size": glyph.size,
                "upright": True,
            }
            for glyph in glyphs
        ],
    )


def find_tables(page: Page | DrawnPage) -> list[Table]:
    """Tables with at least two columns, drawn with lines."""
    if not MIN_EDGES <= len(page.edges) <= MAX_EDGES:
        return []
    tables = []
    for found in TableFinder(cast(Page, page)).tables:
        rows = tuple(tuple(cell_text(text or "") for text in row) for row in found.extract())
        if rows and len(rows[0]) >= 2 and any(any(row) for row in rows):
            tables.append(Table(*found.bbox, rows))
    return tables
