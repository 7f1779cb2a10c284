"""Parquet with typed columns: spans are lists of integers, counts maps, candidate categories structs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from zhenggai.errors import LedgerError
from zhenggai.ledger.cells import without_surrogates
from zhenggai.ledger.columns import Column, Kind
from zhenggai.ledger.extras import load_extra
from zhenggai.ledger.rows import Row

ROW_GROUP = 4096
"""Rows that are held in memory before they are written."""


def _arrow() -> Any:
    return load_extra("pyarrow", "parquet", "读写 .parquet 台账")


def _type(kind: Kind, arrow: Any) -> Any:
    text, integer = arrow.string(), arrow.int64()
    return {
        Kind.TEXT: text,
        Kind.INT: integer,
        Kind.FLOAT: arrow.float64(),
        Kind.BOOL: arrow.bool_(),
        Kind.SPAN: arrow.list_(integer),
        Kind.SPANS: arrow.list_(arrow.list_(integer)),
        Kind.TEXTS: arrow.list_(text),
        Kind.SCORED: arrow.list_(arrow.struct([("label", text), ("score", arrow.float64())])),
        Kind.COUNTS: arrow.map_(text, integer),
        Kind.DECLARED: arrow.struct(
            [("figures", arrow.map_(text, integer)), ("texts", arrow.map_(text, text))]
        ),
    }[kind]


def _schema(columns: Sequence[Column], arrow: Any) -> Any:
    return arrow.schema([arrow.field(c.name, _type(c.kind, arrow), nullable=c.optional) for c in columns])


def _pack_declared(value: dict[str, int | str]) -> dict[str, list[tuple[str, int | str]]]:
    return {
        "figures": [(k, v) for k, v in value.items() if not isinstance(v, str)],
        "texts": [(k, v) for k, v in value.items() if isinstance(v, str)],
    }


_PACK: dict[Kind, Callable[[Any], Any]] = {
    Kind.COUNTS: lambda value: list(value.items()),
    Kind.DECLARED: _pack_declared,
}
_UNPACK: dict[Kind, Callable[[Any], Any]] = {
    Kind.COUNTS: dict,
    Kind.DECLARED: lambda value: dict(value["figures"] + value["texts"]),
}


class ParquetTable:
    """Rows into a file, a row group at a time."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._arrow = _arrow()
        self._columns = columns
        self._schema = _schema(columns, self._arrow)
        self._rows: list[Row] = []
        parquet = load_extra("pyarrow.parquet", "parquet", "读写 .parquet 台账")
        self._file = path.open("wb")
        self._writer = parquet.ParquetWriter(self._file, self._schema, compression="zstd")

    def write(self, row: Row) -> None:
        """Append a row."""
        packed = {}
        for column in self._columns:
            value = row[column.name]
            pack = _PACK.get(column.kind)
            packed[column.name] = without_surrogates(pack(value) if pack and value is not None else value)
        self._rows.append(packed)
        if len(self._rows) == ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def close(self) -> None:
        """Write out and close."""
        try:
            self._flush()
            self._writer.close()
        finally:
            self._file.close()


def read_parquet(path: Path, columns: Sequence[Column]) -> Iterator[tuple[Row, str]]:
    """Rows, each with its place for error messages.

    Raises:
        LedgerError: the file is not parquet.
    """
    arrow = _arrow()
    parquet = load_extra("pyarrow.parquet", "parquet", "读写 .parquet 台账")
    try:
        file = parquet.ParquetFile(path)
    except arrow.ArrowInvalid as error:
        raise LedgerError(f"{path}：应为 Parquet 文件，实际无法读取（{error}）。") from None
    kinds = {c.name: c.kind for c in columns}
    number = 0
    with file:
        for batch in file.iter_batches(ROW_GROUP):
            for packed in batch.to_pylist():
                number += 1
                row = {}
                for name, value in packed.items():
                    unpack = _UNPACK.get(kinds[name]) if name in kinds else None
                    row[name] = unpack(value) if unpack and value is not None else value
                yield row, f"{path} 第 {number} 条"
