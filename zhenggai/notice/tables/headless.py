"""Tables without a head: what a column holds is told by what stands in its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.model import CELL_SEPARATOR
from zhenggai.notice.tables.columns import Cell, cells_of, is_status
from zhenggai.notice.text.table_heads import is_running_number

_FEWEST_ROWS = 3
_MOST_ROWS = 200
"""Rows by which the columns are told."""
_MOST_COLUMNS = 9
_MOST = 0.6
"""Share of the cells of a column that must be of its kind."""
_SHORTEST_ANSWER = 8


def rows_without_head(lines: Sequence[Line], start: int) -> int:
    """Rows of one width that begin at `lines[start]`."""
    width = lines[start].text.count(CELL_SEPARATOR)
    end = start
    while end < len(lines) and lines[end].is_table_row and lines[end].text.count(CELL_SEPARATOR) == width:
        end += 1
    return end - start if width else 0


def columns_by_content(lines: Sequence[Line]) -> dict[int, str] | None:
    """Column index → what it holds, as for a head; None unless problems stand beside answers."""
    if len(lines) < _FEWEST_ROWS:
        return None
    rows = [cells_of(line) for line in lines[:_MOST_ROWS]]
    if len(rows[0]) > _MOST_COLUMNS or len({len(row) for row in rows}) > 1:
        return None
    columns = dict(enumerate(zip(*rows, strict=True)))
    problem = next((i for i, cells in columns.items() if _share(cells, _is_problem) >= _MOST), None)
    if problem is None:
        return None
    found = {problem: "problem"}
    for index, cells in columns.items():
        if index < problem and _share(cells, lambda cell: is_running_number(cell.text)) == 1:
            found[index] = "number"
        elif index > problem and (_share(cells, _is_answer) >= _MOST or _share(cells, is_status) >= _MOST):
            found[index] = "outcome"
    answers = (i for i, kind in found.items() if kind == "outcome")
    return found if any(_share(columns[i], _is_answer) >= _MOST for i in answers) else None


def _share(cells: Sequence[Cell], is_kind: Callable[[Cell], bool]) -> float:
    """The share of the filled cells that are of a kind; 0 where most are empty."""
    filled = [cell for cell in cells if cell.text]
    if len(filled) < _MOST * len(cells):
        return 0.0
    return sum(map(is_kind, filled)) / len(filled)


def _text(cell: Cell) -> str:
    marker = match_marker(cell.text)
    return cell.text[marker.length :] if marker else cell.text


def _is_problem(cell: Cell) -> bool:
    text = _text(cell)
    return wording.looks_like_problem(text) and not wording.reports_done(wording.first_sentence(text))


def _is_answer(cell: Cell) -> bool:
    text = _text(cell)
    return len(text) >= _SHORTEST_ANSWER and wording.looks_like_answer(text) and not is_status(cell)
