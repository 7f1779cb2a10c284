"""The reference format: one JSON object a line, UTF-8, fields in the order of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhenggai.errors import LedgerError
from zhenggai.ledger.cells import readable_name
from zhenggai.ledger.columns import Column
from zhenggai.ledger.rows import Row


def to_line(row: Row, readable: bool = False) -> bytes:
    """One line with its line feed; names that are not UTF-8 for a reader, or else as they are found again."""
    text = json.dumps(row, ensure_ascii=False, allow_nan=False)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair, e.g. a file name that is not UTF-8
        if readable and "notice" in row:
            return to_line({**row, "notice": readable_name(row["notice"])})
        return json.dumps(row, allow_nan=False).encode() + b"\n"


class JsonlTable:
    """Rows into a file, one by one."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        del columns  # every row names its fields
        self._file = path.open("wb")

    def write(self, row: Row) -> None:
        """Append a row."""
        self._file.write(to_line(row, readable=True))

    def close(self) -> None:
        """Write out and close."""
        self._file.close()


def read_jsonl(path: Path, columns: Sequence[Column]) -> Iterator[tuple[Row, str]]:
    """Rows, each with its place for error messages.

    Raises:
        LedgerError: a line is not a JSON object.
    """
    del columns
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            where = f"{path} 第 {number} 行"
            if not line.strip():
                continue
            try:
                row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
            except ValueError as error:
                raise LedgerError(
                    f"{where}：应为一个 JSON 对象，实际无法解析（{error}）。请检查文件是否完整。"
                ) from None
            if not isinstance(row, dict):
                raise LedgerError(f"{where}：应为一个 JSON 对象，实际为 {type(row).__name__}。")
            yield row, where
