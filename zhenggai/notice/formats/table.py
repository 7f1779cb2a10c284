"""Table rows as lines: cells joined by a separator, merged cells once, columns kept in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.notice.formats.lists import has_own_number
from zhenggai.notice.formats.merged import with_shared_answers
from zhenggai.notice.formats.whitespace import BLANKS
from zhenggai.notice.model import CELL_BREAK, CELL_SEPARATOR
from zhenggai.patterns import compiled

MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of a cell, how many columns and rows it spans."""

    lines: Sequence[str]
    columns: int = 1
    rows: int = 1
    is_continued: bool = False
    """Whether the cell is part of the one above it, in formats that write such parts down."""


def cell_lines(text: str) -> list[str]:
    """The lines of a cell that have text, for `Cell`."""
    return [line for part in text.splitlines() if (line := part.strip(BLANKS))]


def row_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """One line per row. A merged cell's text stands in its first place; its other places are empty.

    Only an answer that is merged over several problems stands at each of them, for it answers them all.

    What is ticked in a column 是否销号 carries the name of the column, without which it says nothing.
    """
    below: dict[int, int] = {}  # column → rows still covered by a cell above
    grid, covered = [], []
    for row in rows:
        texts, continued, below = _row_cells(row, below)
        grid.append(texts)
        covered.append(continued)
    if any(covered):
        grid = with_shared_answers(grid, covered)
    return _with_names([line for texts in grid if (line := CELL_SEPARATOR.join(texts))])


_PAGE_LINES, _PAGE_NUMBERS = 8, 2
_SIDE_LINES, _SIDE_CHARACTERS = 3, 12
_SIDE_SIGNS = frozenset("。；，：")


def is_page_frame(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table only sets a running text beside a column of names: 栏目导航, 校务公开, 党建园地.

    It has one such row; others are strips across the page.
    """
    wide = [cells for row in rows if len(cells := [cell for cell in row if cell.lines]) > 1]
    if len(wide) != 1:
        return False
    page = max(wide[0], key=lambda cell: len("".join(cell.lines)))
    if len(page.lines) < _PAGE_LINES or sum(map(has_own_number, page.lines)) < _PAGE_NUMBERS:
        return False
    return all(cell is page or _is_side(cell.lines) for cell in wide[0])


def _is_side(lines: Sequence[str]) -> bool:
    short = all(len(line) <= _SIDE_CHARACTERS and _SIDE_SIGNS.isdisjoint(line) for line in lines)
    return short and len(lines) >= _SIDE_LINES and not any(map(has_own_number, lines))


_QUESTION = compiled(r"是否.{2,10}")
_TICK = compiled("[是否√✓✔×✗]")


def _with_names(lines: list[str]) -> list[str]:
    """The rows, with 是否销号：是 for 是 in a column of that name."""
    names: dict[int, str] = {}
    named = []
    for line in lines:
        cells = line.split(CELL_SEPARATOR) if names or "是否" in line.replace(CELL_BREAK, "") else []
        for column, cell in enumerate(cells):
            plain = "".join(cell.split())
            if _QUESTION.fullmatch(plain):
                names[column] = plain
            elif column in names and _TICK.fullmatch(plain):
                cells[column] = f"{names[column]}：{plain}"
        named.append(CELL_SEPARATOR.join(cells) if cells else line)
    return named


def _row_cells(
    row: Sequence[Cell], below: dict[int, int]
) -> tuple[list[str], frozenset[int], dict[int, int]]:
    """The texts of a row, its columns that belong to cells above, and what the next row has of these."""
    texts: list[str] = []
    continued = {column for column, count in below.items() if count > 0}
    covered = {column: count - 1 for column, count in below.items() if count > 1}
    for cell in row:
        while below.get(len(texts), 0) > 0:
            texts.append("")
        if len(texts) > MAX_COLUMNS:
            break
        start = len(texts)
        texts.append(CELL_BREAK.join(line.replace(CELL_SEPARATOR, " ") for line in cell.lines if line))
        texts.extend([""] * (cell.columns - 1))
        spanned = range(start, start + cell.columns)
        if cell.is_continued:
            continued.update(spanned)
        if cell.rows > 1:
            covered.update(dict.fromkeys(spanned, cell.rows - 1))
    while texts and not texts[-1]:
        texts.pop()
    return texts, frozenset(continued), covered
