"""Tables of a fixed page, whatever found them: rows cut by page ends made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.notice.formats.ideographs import unified
from zhenggai.notice.formats.lists import has_own_number
from zhenggai.notice.formats.table import Cell, row_lines

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box; lengths in points, `top` from the page's upper edge."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table stands (points from the upper left corner) and its cells, row by row."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]

    def contains(self, glyph: Glyph) -> bool:
        """Whether a character's middle lies in the table."""
        x = (glyph.x0 + glyph.x1) / 2
        return self.x0 <= x <= self.x1 and self.top <= glyph.middle <= self.bottom


def cell_text(text: str) -> str:
    """Lines of a cell joined, but for those that begin with a number."""
    joined = ""
    for line in unified(text).split("\n"):
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
