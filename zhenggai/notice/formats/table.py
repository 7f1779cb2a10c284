"""Table rows as lines: cells joined by a separator, merged cells once, columns kept in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.notice.formats.whitespace import BLANKS
from zhenggai.notice.model import CELL_BREAK, CELL_SEPARATOR

MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of a cell, how many columns and rows it spans."""

    lines: Sequence[str]
    columns: int = 1
    rows: int = 1


def cell_lines(text: str) -> list[str]:
    """The lines of a cell that have text, for `Cell`."""
    return [line for part in text.splitlines() if (line := part.strip(BLANKS))]


def row_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """One line per row. A merged cell's text stands in its first place; its other places are empty."""
    below: dict[int, int] = {}  # column → rows still covered by a cell above
    lines = []
    for row in rows:
        line, below = _row_line(row, below)
        if line:
            lines.append(line)
    return lines


def _row_line(row: Sequence[Cell], below: dict[int, int]) -> tuple[str, dict[int, int]]:
    texts: list[str] = []
    covered = {column: count - 1 for column, count in below.items() if count > 1}
    for cell in row:
        while below.get(len(texts), 0) > 0:
            texts.append("")
        if len(texts) > MAX_COLUMNS:
            break
        start = len(texts)
        texts.append(CELL_BREAK.join(line.replace(CELL_SEPARATOR, " ") for line in cell.lines if line))
        texts.extend([""] * (cell.columns - 1))
        if cell.rows > 1:
            covered.update(dict.fromkeys(range(start, start + cell.columns), cell.rows - 1))
    while texts and not texts[-1]:
        texts.pop()
    return CELL_SEPARATOR.join(texts), covered
