"""Notices in Parquet tables: a column `path`, and `bytes` or `text` with the content."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from zhenggai.cluster import storage
from zhenggai.cluster.pieces import Cut, Entry, Kind, Piece
from zhenggai.notice.reading import Source

_BATCH = 64
"""Rows that are in memory at a time."""


def parquet_pieces(file: storage.Stored, cut: Cut) -> Iterator[Piece]:
    """Runs of rows within the row groups; only the footer is read.

    Raises:
        StorageError: the columns are not there.
    """
    try:
        with _open(file.name) as table:
            _content_column(table, file.name)
            rows = [table.metadata.row_group(g).num_rows for g in range(table.num_row_groups)]
    except (OSError, ValueError) as error:  # ArrowInvalid is a ValueError
        message = f"Parquet 文件：应为完整的表，实际无法读取（{error}）。请重新生成该文件。"
        yield Piece(Kind.FILES, (Entry(file.name, file.stamp, error=message),))
        return
    for group, total in enumerate(rows):
        for start in range(0, total, cut.inputs):
            count = min(cut.inputs, total - start)
            yield Piece(
                Kind.PARQUET, container=file.name, stamp=file.stamp, group=group, start=start, count=count
            )


def parquet_sources(piece: Piece) -> Iterator[Source]:
    """The rows of a piece. Row groups are read from their start: keep them below some 100,000 rows."""
    with _open(piece.container) as table:
        content = _content_column(table, piece.container)
        at = 0
        for batch in table.iter_batches(_BATCH, row_groups=[piece.group], columns=["path", content]):
            first = max(piece.start - at, 0)
            last = min(piece.start + piece.count - at, batch.num_rows)
            if first < last:
                part = batch.slice(first, last - first)
                names, values = part.column("path"), part.column(content)
                for offset, (name, value) in enumerate(zip(names, values, strict=True)):
                    row = at + first + offset
                    yield _source(name.as_py(), value.as_py(), f"{piece.container}#{piece.group}-{row}")
            at += batch.num_rows
            if at >= piece.start + piece.count:
                return


def _source(name: str | None, value: bytes | str | None, place: str) -> Source:
    if name is None:
        return Source(place, error="表中的一行：path 应为文本，实际为空。请补上名称。")
    if value is None:
        return Source(name, error="表中的一行：内容应为文本或字节，实际为空。请补上内容，或删去这一行。")
    return Source(name, value.encode("utf-8", "replace") if isinstance(value, str) else value)


@contextlib.contextmanager
def _open(name: str) -> Iterator[Any]:
    import pyarrow.parquet

    with storage.opened(name) as file, pyarrow.parquet.ParquetFile(file) as table:
        yield table


def _content_column(table: Any, name: str) -> str:
    columns = table.schema_arrow.names
    for content in ("bytes", "text"):
        if "path" in columns and content in columns:
            return content
    raise storage.StorageError(
        f"Parquet 文件 {name}：应有列 path 和 bytes（或 text），实际有：{'、'.join(columns)}。请改列名。"
    )
