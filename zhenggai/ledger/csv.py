"""Comma-separated values that Excel opens rightly: UTF-8 with byte-order mark, formulas disarmed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhenggai.errors import LedgerError
from zhenggai.ledger.cells import Cell, from_cell, to_cell
from zhenggai.ledger.columns import Column
from zhenggai.ledger.rows import Row

_LONGEST_FIELD = 2**31 - 1


class CsvTable:
    """Rows into a file, below a line of field names."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(c.name for c in columns)

    def write(self, row: Row) -> None:
        """Append a row."""
        self._writer.writerow(cell_text(to_cell(row[c.name], c)) for c in self._columns)

    def close(self) -> None:
        """Write out and close."""
        self._file.close()


def cell_text(cell: Cell) -> str:
    """A cell as it stands in the file."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def read_csv(path: Path, columns: Sequence[Column]) -> Iterator[tuple[Row, str]]:
    """Rows, each with its place for error messages. Columns that are no fields are left aside.

    Raises:
        LedgerError: the file is not UTF-8 or a cell does not fit its column.
    """
    names, rows = csv_rows(path)
    for cells, where in rows:
        given = dict(zip(names, cells, strict=False))
        yield {c.name: from_cell(given[c.name], c, where) for c in columns if c.name in given}, where


def csv_rows(path: Path) -> tuple[list[str], Iterator[tuple[list[str], str]]]:
    """Column heads, and the rows that are not empty, each with its place for error messages.

    Raises:
        LedgerError: the file is not UTF-8.
    """
    previous = csv.field_size_limit(_LONGEST_FIELD)  # an outcome may exceed the default of 131,072
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise LedgerError(
            f"{path}：应为 UTF-8 编码的 CSV，实际无法读取（{error}）。"
            "若曾用 Excel 另存，请选择“CSV UTF-8（逗号分隔）”。"
        ) from None
    finally:
        csv.field_size_limit(previous)
    names = rows[0] if rows else []
    numbered = ((cells, f"{path} 第 {number} 行记录") for number, cells in enumerate(rows[1:], 2))
    return names, ((cells, where) for cells, where in numbered if any(cells))
