"""A run of table rows → the lists that stand in it, one after the other, each with its own head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhenggai.notice.lines.outline import Line
from zhenggai.notice.tables.columns import Cell, cells_of, header_of, is_foot, is_head, is_row
from zhenggai.notice.tables.side_heads import is_annex, is_new_head, is_side_title, side_columns
from zhenggai.notice.text.table_heads import is_column_name, words_of


@dataclass(frozen=True, slots=True)
class TableList:
    """Rows below one head, up to the head of another list."""

    title: Line | None
    """The title of a list that states no problems, right above the head."""
    words: frozenset[str]
    """The names in the head."""
    columns: Mapping[int, str] | None
    """What the columns of a list beside that of the problems would hold; None where it can be none."""
    lines: tuple[Line, ...]
    """All lines, with the titles above the head."""
    names: Mapping[int, str]
    """Column index → its name in the head."""
    head: int | None
    """Index of the head in `lines`."""

    @property
    def rows(self) -> list[list[Cell]]:
        """Rows of values; few lists are asked for them."""
        below = [] if self.head is None else self.lines[self.head + 1 :]
        rows = [cells_of(line) for line in below if is_row(line)]
        return [cells for cells in rows if not is_foot(cells) and not _is_head_again(cells, self.words)]

    @property
    def kinds(self) -> frozenset[str]:
        """What its columns hold."""
        return frozenset((self.columns or {}).values())

    def columns_of(self, kind: str) -> list[int]:
        """The columns that hold `kind`."""
        return [index for index, held in (self.columns or {}).items() if held == kind]

    @property
    def states_problems(self) -> bool:
        """Whether a column is named for problems."""
        return self.columns is None or "problem" in self.kinds


def lists_of(table: Sequence[Line]) -> list[TableList]:
    """The lists of a table; a head that comes again, or is printed in two rows, begins none."""
    starts, words, values = [0], frozenset[str](), 0
    for index, line in enumerate(table):
        if not is_row(line):
            continue
        cells = cells_of(line)
        entitled = is_side_title(table[index - 1]) and _is_any_head(cells) if index else False
        if values and (entitled or is_new_head(cells, words)):
            starts.append(_with_titles(table, index, starts[-1]))
            words, values = frozenset(), 0
        if all(is_column_name(cell.text) for cell in cells if cell.text) or not words:
            words |= words_of([cell.text for cell in cells])
        else:
            values += 1
    ends = [*starts[1:], len(table)]
    return [_list(table[start:end]) for start, end in zip(starts, ends, strict=True)]


def _with_titles(table: Sequence[Line], head: int, first: int) -> int:
    """Where the lines begin that are the titles of a head."""
    start = head
    while start - 1 > first and not is_row(table[start - 1]):
        start -= 1
    return start


def _list(lines: Sequence[Line]) -> TableList:
    at = next((i for i, line in enumerate(lines) if is_row(line) and _is_any_head(cells_of(line))), None)
    title = next((line for line in lines[:at] if is_side_title(line)), None)
    if at is None:
        return TableList(None, frozenset(), None, tuple(lines), {}, None)
    head = cells_of(lines[at])
    words = words_of([cell.text for cell in head])
    columns = side_columns(head)
    names = {cell.column: cell.text for cell in head}
    return TableList(title, words, columns, tuple(lines), names, at)


def _is_any_head(cells: list[Cell]) -> bool:
    return is_head(cells) or side_columns(cells) is not None


def _is_head_again(cells: list[Cell], words: frozenset[str]) -> bool:
    found = words_of([cell.text for cell in cells])
    return bool(found) and found <= words and (len(found) > 1 or header_of(cells) is not None)


def without_titles(lines: Sequence[Line]) -> list[Line]:
    """The lines of a list that holds items after all, without the titles above its head."""
    start = 0
    while start < len(lines) and (is_side_title(lines[start]) or is_annex(lines[start])):
        start += 1
    return list(lines[start:])
