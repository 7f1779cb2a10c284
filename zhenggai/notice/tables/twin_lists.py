"""Lists beside each other in one table, to save paper: 序号 | 问题 | 整改情况 | 序号 | 问题 | 整改情况."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.tables.columns import Cell, cells_of, header_of, is_head
from zhenggai.notice.text.table_heads import unspaced


def lists_beside(lines: list[Line]) -> list[list[Line]]:
    """The rows of each list; all rows as one list where the head does not repeat its names."""
    head = next((cells for line in lines if line.is_table_row and is_head(cells := cells_of(line))), [])
    begins = _begins(head)
    if not begins:
        return [lines]
    return [list(_pieces(lines, slice(first, end))) for first, end in pairwise([*begins, None])]


def _begins(head: Sequence[Cell]) -> list[int]:
    """The first columns of lists with the same names; empty where there is one list."""
    names = [unspaced(cell.text) for cell in head]
    begins = [index for index, name in enumerate(names) if name and name == names[0]]
    blocks = [_filled(names[first:end]) for first, end in pairwise([*begins, None])]
    if len(blocks) < 2 or any(block != blocks[0] for block in blocks):
        return []
    return begins if header_of(list(head[: len(blocks[0])])) is not None else []


def _filled(names: Sequence[str]) -> list[str]:
    """Names without the empty columns at the end, which part one list from the next."""
    end = max((index + 1 for index, name in enumerate(names) if name), default=0)
    return list(names[:end])


def _pieces(lines: Sequence[Line], columns: slice) -> Iterator[Line]:
    """What stands in the columns of one list; titles between the rows are those of every list."""
    for line in lines:
        cells = cells_of(line) if line.is_table_row else []
        own = cells[columns]
        filled = [cell for cell in cells if cell.text]
        if not cells:
            yield line
        elif len(filled) == 1 and filled[0].column == 0:
            yield _line(line, filled[0].start, filled[0].end, in_table=False)
        elif any(cell.text for cell in own):
            yield _line(line, own[0].start, own[-1].end, in_table=True)


def _line(line: Line, start: int, end: int, in_table: bool) -> Line:
    text = line.text[start - line.start : end - line.start]
    return Line(start, end, text, match_marker(text), in_table=in_table)
