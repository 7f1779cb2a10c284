"""Rows of a rectification table → items: 序号 | 问题 | 整改措施 | 整改时限 | 责任单位 | 整改情况."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from zhenggai.notice.columns import (
    Cell,
    cells_of,
    flat,
    header_of,
    in_reading_order,
    is_figures,
    is_foot,
    is_row,
    is_status,
    is_upper_head,
    kind_of_column,
    second_header,
)
from zhenggai.notice.draft import Draft
from zhenggai.notice.headless import columns_by_content, rows_without_head
from zhenggai.notice.model import CELL_BREAK, Span
from zhenggai.notice.numbering import marker_text, match_marker
from zhenggai.notice.outline import Line
from zhenggai.notice.statement import unwrap
from zhenggai.notice.table_heads import names_columns, names_columns_again, words_of
from zhenggai.patterns import compiled

_BREAKS = compiled(f"[{CELL_BREAK}]+")


_MOST_BETWEEN = 2
"""Lines that may stand between two rows of one table: titles of groups."""


def split_tables(lines: list[Line]) -> tuple[list[list[Line]], list[Line]]:
    """Tables that begin with a header row, each with the titles between its rows, and all other lines."""
    tables: list[list[Line]] = []
    others: list[Line] = []
    index = 0
    while index < len(lines):
        if sideways := _sideways(lines, index):
            tables.append(lines[index : index + sideways])
            index += sideways
            continue
        if headless := _headless(lines, index):
            tables.append(lines[index : index + headless])
            index += headless
            continue
        if not is_row(lines[index]) or not _is_head(cells_of(lines[index])):
            others += [] if is_figures(lines[index]) else [lines[index]]
            index += 1
            continue
        if others and others[-1].end < lines[index].start and _points_below(others[-1]):
            others.pop()
        end = last = index + 1
        while end < len(lines) and end - last <= _MOST_BETWEEN:
            last = end + 1 if is_row(lines[end]) else last
            end += 1
        heading = others[-1:] if others and others[-1].end < lines[index].start and _heads(others[-1]) else []
        tables.append([*heading, *lines[index:last]])
        if heading and _ends_there(heading[0], lines[last : last + 1]):
            others.pop()
        index = last
    return tables, others


def _is_head(cells: list[Cell]) -> bool:
    """Whether a row can be the first head of a table."""
    return header_of(cells) is not None and names_columns([cell.text for cell in cells])


def _headless(lines: list[Line], index: int) -> int:
    """Rows of a table without a head that begins at `index`; or 0."""
    if not lines[index].is_table_row or (index and lines[index - 1].is_table_row):
        return 0
    count = rows_without_head(lines, index)
    rows = lines[index : index + count]
    if any(_is_head(cells_of(row)) for row in rows):
        return 0
    return count if columns_by_content(rows) else 0


def _ends_there(heading: Line, following: list[Line]) -> bool:
    """Whether the table is all that a heading has below it."""
    if not following:
        return True
    markers = heading.marker, following[0].marker
    return markers[0] is not None and markers[1] is not None and markers[0].style == markers[1].style


_POINTER = compiled(r"(?:见|如)下表(?:所示)?[：:。]?$")
_LONGEST_POINTER = 40


def _points_below(line: Line) -> bool:
    """Whether a line only leads over to the table (具体情况见下表：): it is part of no answer."""
    plain = line.marker is None and not line.is_table_row and len(line.text) <= _LONGEST_POINTER
    return plain and _POINTER.search(line.text) is not None


_LONGEST_TITLE = 90


def _heads(line: Line) -> bool:
    """Whether the line above a table is a heading that groups its rows."""
    numbered = line.marker is not None and line.marker.style in ("chinese", "chinese_paren", "section")
    return (
        numbered
        and len(line.text) <= _LONGEST_TITLE
        and line.text.rstrip("。：:").endswith(("方面", "问题", "领域", "情况"))
    )


def read_table(text: str, lines: list[Line]) -> Iterator[Draft]:
    """Items of a run of table rows; rows before the first header row are passed over.

    A row whose problem cell is empty continues the row above it (vertically merged cells).
    """
    if _sideways(lines, 0):
        yield from _columns_as_items(lines)
        return
    columns = columns_by_content(lines) if _headless(lines, 0) else None
    current: dict[str, list[Cell]] | None = None
    path: tuple[str, ...] = ()
    rows = 0  # since the head
    words: frozenset[str] = frozenset()  # of the head
    for line, below in zip_longest(lines, lines[1:]):
        cells = cells_of(line)
        again = bool(columns) and below is not None and is_row(line) and is_upper_head(cells)
        if again and below is not None and _header(cells_of(below), words) == columns:
            continue  # the upper row of the head, again on the next page
        if not is_row(line):  # a title between the rows
            if current is not None:
                yield _draft(current, path)
            current, path = None, (line.text,)
            continue
        header = _header(cells, words)
        if is_foot(cells) or (header is not None and header == columns) or _repeats(cells, words):
            continue  # the head again on the next page: the row above it may go on
        if header is not None:
            if current is not None:
                yield _draft(current, path)
            columns = header if rows else {**(columns or {}), **header}  # a head over two rows
            words = _words(cells) if rows else words | _words(cells)
            current, rows = None, 0
            continue
        if columns is None:
            continue
        if rows == 0 and (finer := second_header(cells, columns)) is not None:
            columns, words = finer, words | _words(cells)
            continue
        rows += 1
        row = _row(cells, columns)
        filled = [cell for cell in cells if cell.text]
        if len(filled) == 1 and len(cells) > 1 and not row.get("outcome"):
            if current is not None:
                yield _draft(current, path)
            current, path = None, (filled[0].text,)
            continue
        above = path
        if row.get("path"):
            path = (flat(row["path"][0].text),)
        if row.get("problem"):
            if current is not None:
                yield _draft(current, above)
            current = row
        elif current is not None:
            for name, more in row.items():
                current.setdefault(name, []).extend(more)
    if current is not None:
        yield _draft(current, path)


def _header(cells: list[Cell], words: frozenset[str]) -> dict[int, str] | None:
    """The columns that a row names; below a head with `words` only where it is a head itself."""
    header = header_of(cells)
    below = header is not None and bool(words)
    return None if below and not names_columns_again([cell.text for cell in cells], words) else header


def _words(cells: list[Cell]) -> frozenset[str]:
    return words_of([cell.text for cell in cells])


def _repeats(cells: list[Cell], words: frozenset[str]) -> bool:
    """Whether a row is the lower row of the head, again on the next page."""
    found = _words(cells) if words and cells[0].text in ("", *words) else frozenset()
    return len(found) >= _FEWEST_REPEATED and found <= words


_FEWEST_REPEATED = 2
_FEWEST_NAMES, _MOST_NAMES = 3, 12


def _sideways(lines: list[Line], start: int) -> int:
    """Rows of a table on its side that begins at `start`: every row a name and the values of the problems; or 0."""
    kinds: list[str | None] = []
    width = 0
    for line in lines[start : start + _MOST_NAMES]:
        if not line.is_table_row:
            break
        cells = cells_of(line)
        kind = kind_of_column(cells[0].text)
        if kind is None or len(cells) < 3 or (width and len(cells) != width) or kind_of_column(cells[1].text):
            break
        width = len(cells)
        kinds.append(kind)
    enough = len(kinds) >= _FEWEST_NAMES and kinds.count("problem") == 1 and "outcome" in kinds
    return len(kinds) if enough else 0


def _columns_as_items(lines: list[Line]) -> Iterator[Draft]:
    """Items of a table on its side."""
    rows = [cells_of(line) for line in lines]
    for column in range(1, len(rows[0])):
        item: dict[str, list[Cell]] = {}
        for cells in rows:
            kind = kind_of_column(cells[0].text)
            if kind is not None and cells[column].text:
                item.setdefault(kind, []).append(cells[column])
        if item.get("problem"):
            yield _draft(item, ())


def _row(cells: list[Cell], columns: dict[int, str]) -> dict[str, list[Cell]]:
    row: dict[str, list[Cell]] = {}
    for index, cell in enumerate(cells):
        kind = columns.get(index) if cell.text else None
        if kind == "remark":  # any other remark is no answer
            kind = "outcome" if is_status(cell) else None
        if kind is not None:
            row.setdefault(kind, []).append(cell)
    return row


def _draft(row: dict[str, list[Cell]], path: tuple[str, ...]) -> Draft:
    cell = row["problem"][0]
    marker = match_marker(cell.text)
    statement = unwrap(cell.text, marker.length if marker else 0)
    number = row["number"][0].text if row.get("number") else marker_text(cell.text, match_marker(cell.text))
    start, end = (statement.start, statement.end) if statement.end > statement.start else (0, len(cell.text))
    problem = (cell.start + start, cell.start + end)
    outcome = tuple(part for c in in_reading_order(row.get("outcome", [])) for part in _paragraphs(c))
    return Draft(
        number=number,
        path=path,
        problem=problem,
        outcome=outcome,
        deadline=_field(row, "deadline"),
        responsible=_field(row, "responsible"),
    )


def _field(row: dict[str, list[Cell]], name: str) -> str | None:
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
