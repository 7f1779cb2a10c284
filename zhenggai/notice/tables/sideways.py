"""Tables on their side: every row a name (问题, 整改措施, …) and the values of all problems."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.notice.lines.outline import Line
from zhenggai.notice.tables.columns import Cell, cells_of, kind_of_column

_FEWEST_NAMES, _MOST_NAMES = 3, 12


def sideways_rows(lines: list[Line], start: int) -> int:
    """Rows of a table on its side that begins at `start`; or 0."""
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


def columns_as_items(lines: list[Line]) -> Iterator[dict[str, list[Cell]]]:
    """What each column of such a table holds → its cells, as of a row."""
    rows = [cells_of(line) for line in lines]
    for column in range(1, len(rows[0])):
        item: dict[str, list[Cell]] = {}
        for cells in rows:
            kind = kind_of_column(cells[0].text)
            if kind is not None and cells[column].text:
                item.setdefault(kind, []).append(cells[column])
        if item.get("problem"):
            yield item
