"""The rows of one table → items, each row by what the head says that its columns hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from zhenggai.notice.draft import Draft
from zhenggai.notice.language.numbering import marker_text, match_marker
from zhenggai.notice.language.statement import unwrap
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.model import CELL_BREAK, Span
from zhenggai.notice.tables.cell_parts import parts_of_row
from zhenggai.notice.tables.columns import (
    Cell,
    cells_of,
    flat,
    header_of,
    in_reading_order,
    is_foot,
    is_head,
    is_row,
    is_status,
    is_upper_head,
    second_header,
)
from zhenggai.notice.tables.headless import columns_by_content
from zhenggai.notice.tables.left_columns import LeftColumns, names_of
from zhenggai.notice.tables.remarks import states_progress
from zhenggai.notice.tables.sideways import columns_as_items, sideways_rows
from zhenggai.notice.tables.twin_lists import lists_beside
from zhenggai.notice.text.table_heads import GOES_ON, names_columns_again, words_of
from zhenggai.patterns import compiled

_BREAKS = compiled(f"[{CELL_BREAK}]+")
_FEWEST_REPEATED = 2
Row = dict[str, list[Cell]]
"""What a row holds (problem, outcome, …) → its cells."""


def read_table(lines: list[Line], left: LeftColumns | None = None) -> Iterator[Draft]:
    """Items of a run of table rows; rows before the first header row are passed over.

    A row whose problem cell is empty continues the row above it (vertically merged cells). `left` takes what
    is in no item.
    """
    if sideways_rows(lines, 0):
        for item in columns_as_items(lines):
            yield from drafts_of(item, ())
        return
    headless = not any(is_row(line) and is_head(cells_of(line)) for line in lines)
    for rows in lists_beside(lines):
        reader = _Reader(columns_by_content(rows) if headless else None, left or LeftColumns())
        for line, below in zip_longest(rows, rows[1:]):
            yield from reader.read(line, below)
        yield from reader.finished()


class _Reader:
    """A table that is read from above: the head in force, and the item that may go on."""

    def __init__(self, columns: dict[int, str] | None, left: LeftColumns) -> None:
        """Take the columns of a table without a head."""
        self.columns = columns
        self._left = left
        self._names: dict[int, str] = {}
        self._headless = columns is not None
        self._words: frozenset[str] = frozenset()
        """The names in the head."""
        self._rows = 0
        """Rows since the head."""
        self._row: Row | None = None
        self._path: tuple[str, ...] = ()

    def finished(self, path: tuple[str, ...] | None = None) -> Iterator[Draft]:
        """The item that goes on no further."""
        if self._row is not None:
            yield from drafts_of(self._row, self._path if path is None else path)
        self._row = None

    def read(self, line: Line, below: Line | None) -> Iterator[Draft]:
        """What is finished when `line` has been read; `below` is the line after it."""
        if not is_row(line):
            if not GOES_ON.fullmatch(line.text):
                yield from self._group(line.text)
            return
        cells = cells_of(line)
        header = self._header(cells)
        if self._is_passed_over(cells, header, below):
            return  # the row above it may go on
        if header is not None:
            yield from self.finished()
            self._take_head(header, cells)
        elif self.columns is not None and not self._refines(cells):
            self._rows += 1
            yield from self._take(cells, self.columns)

    def _group(self, title: str) -> Iterator[Draft]:
        """A title between the rows."""
        yield from self.finished()
        self._path = (title,)

    def _header(self, cells: list[Cell]) -> dict[int, str] | None:
        """The columns that a row names; below a head only where it is a head itself."""
        header = None if self._headless else header_of(cells)
        if header is None or not self._words:
            return header
        return header if names_columns_again([cell.text for cell in cells], self._words) else None

    def _is_passed_over(self, cells: list[Cell], header: dict[int, str] | None, below: Line | None) -> bool:
        """Whether a row is a foot, or part of the head that stands again on the next page."""
        upper = bool(self.columns) and below is not None and is_upper_head(cells)
        if upper and below is not None and self._header(cells_of(below)) == self.columns:
            return True
        return is_foot(cells) or self._repeats(cells) or (header is not None and header == self.columns)

    def _repeats(self, cells: list[Cell]) -> bool:
        """Whether a row is the lower row of the head, again on the next page."""
        if not self._words or cells[0].text not in ("", *self._words):
            return False
        found = _words(cells)
        return len(found) >= _FEWEST_REPEATED and found <= self._words

    def _take_head(self, header: dict[int, str], cells: list[Cell]) -> None:
        """A head, or the lower row of one."""
        self._names = names_of(cells) if self._rows else self._names | names_of(cells)
        if self._rows:
            self.columns, self._words = header, _words(cells)
        else:
            self.columns, self._words = {**(self.columns or {}), **header}, self._words | _words(cells)
        self._rows = 0

    def _refines(self, cells: list[Cell]) -> bool:
        """Take a second row of the head (整改措施, 整改成效 below 整改落实), if it is one."""
        finer = second_header(cells, self.columns) if self.columns and not self._rows else None
        if finer is None:
            return False
        self.columns, self._words = finer, self._words | _words(cells)
        self._names |= names_of(cells)
        return True

    def _take(self, cells: list[Cell], columns: dict[int, str]) -> Iterator[Draft]:
        """A row of values: a group, an item, or more of the item above."""
        row = row_of(cells, columns)
        filled = [cell for cell in cells if cell.text]
        if len(filled) == 1 and len(cells) > 1 and not row.get("outcome"):
            yield from self._group(filled[0].text)
            return
        above = self._path
        if row.get("path"):
            self._path = (flat(row["path"][0].text),)
        if row.get("problem") and not _states_again(row, self._row):
            yield from self.finished(above)
            self._row = row
        elif self._row is not None:
            for name, more in row.items():
                known = {cell.text for cell in self._row.get(name, ())} if row.get("problem") else ()
                self._row.setdefault(name, []).extend(cell for cell in more if cell.text not in known)
        if self._row is not None:
            self._left.take(cells, (cell for kept in row.values() for cell in kept), self._names)


def _states_again(row: Row, above: Row | None) -> bool:
    """Whether a row repeats number and problem of the row above, for one more measure."""
    if above is None:
        return False
    both = (
        [flat(cell.text) for name in ("number", "problem") for cell in each.get(name, ())]
        for each in (row, above)
    )
    return next(both) == next(both)


def _words(cells: list[Cell]) -> frozenset[str]:
    return words_of([cell.text for cell in cells])


def row_of(cells: list[Cell], columns: dict[int, str]) -> Row:
    """The filled cells of a row by what their columns hold."""
    row: Row = {}
    for index, cell in enumerate(cells):
        kind = columns.get(index) if cell.text else None
        if kind == "remark":  # any other remark is no answer
            kind = "outcome" if is_status(cell) or states_progress(cell.text) else None
        if kind is not None:
            row.setdefault(kind, []).append(cell)
    return row


def drafts_of(row: Row, path: tuple[str, ...]) -> Iterator[Draft]:
    """The item of a row, or those of its parts."""
    parts = parts_of_row(row)
    for part in parts:
        yield draft_of(part.row, path if part.heading is None else (*path, flat(part.heading)))
    if not parts:
        yield draft_of(row, path)


def draft_of(row: Row, path: tuple[str, ...]) -> Draft:
    """The item of a row."""
    cell = row["problem"][0]
    marker = match_marker(cell.text)
    statement = unwrap(cell.text, marker.length if marker else 0)
    number = row["number"][0].text if row.get("number") else marker_text(cell.text, match_marker(cell.text))
    start, end = (statement.start, statement.end) if statement.end > statement.start else (0, len(cell.text))
    problem = (cell.start + start, cell.start + end)
    return Draft(
        number=number,
        path=path,
        problem=problem,
        outcome=answer_of(row),
        deadline=field_of_row(row, "deadline"),
        responsible=field_of_row(row, "responsible"),
    )


def answer_of(row: Row) -> tuple[Span, ...]:
    """The paragraphs of the answer in a row."""
    return tuple(part for cell in in_reading_order(row.get("outcome", [])) for part in _paragraphs(cell))


def field_of_row(row: Row, name: str) -> str | None:
    """`deadline` or `responsible` of a row."""
    texts = [_BREAKS.sub("、", cell.text) for cell in row.get(name, [])]
    return "；".join(dict.fromkeys(texts)) or None


def _paragraphs(cell: Cell) -> Iterator[Span]:
    """Spans of the lines inside a cell."""
    at = cell.start
    for part in cell.text.split(CELL_BREAK):
        stripped = part.strip()
        if stripped:
            start = at + part.index(stripped[0])
            yield start, start + len(stripped)
        at += len(part) + 1
