"""A piece → its sources, on the worker that does it."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.cluster import storage
from zhenggai.cluster.pieces import Entry, Kind, Piece
from zhenggai.cluster.tables import parquet_sources
from zhenggai.cluster.warc import warc_sources
from zhenggai.errors import ReadingError
from zhenggai.notice.formats import archive
from zhenggai.notice.reading import Limits, Source


def sources_of(piece: Piece, limits: Limits) -> Iterator[Source]:
    """The sources of a piece in order, read as they are asked for; always `piece.size` of them.

    Where a container cannot be read to its end, each input that is missing comes with the error.
    """
    failed = dict(piece.failed)
    done = 0
    try:
        for source in _opened(piece, limits):
            yield Source(source.name, error=failed[done]) if done in failed else source
            done += 1
        problem = "内容比清点时少"
    except Exception as error:  # storage, zip, gzip and Arrow each have their own
        problem = str(error) if isinstance(error, ReadingError) else f"{type(error).__name__}: {error}"
    for index in range(done, piece.size):
        yield Source(
            _name(piece, index), error=f"输入：应可读取，实际失败（{problem}）。请检查存储和文件是否完整。"
        )


def _name(piece: Piece, index: int) -> str:
    if piece.kind is Kind.FILES:
        return piece.entries[index].name
    if piece.kind is Kind.ZIP:
        return f"{piece.container}{archive.SEPARATOR}{piece.entries[index].name}"
    return f"{piece.container}#{piece.group}-{piece.start}-{index}"


def _opened(piece: Piece, limits: Limits) -> Iterator[Source]:
    if piece.kind is Kind.FILES:
        yield from (_file(entry, limits) for entry in piece.entries)
    elif piece.kind is Kind.ZIP:
        yield from _members(piece, limits)
    elif piece.kind is Kind.PARQUET:
        yield from parquet_sources(piece)
    else:
        yield from warc_sources(piece, limits.file_bytes)


def _file(entry: Entry, limits: Limits) -> Source:
    """A local file is left to the reader, which reads it as on one machine."""
    if entry.error is not None or not storage.is_remote(entry.name):
        return Source(entry.name, error=entry.error)
    try:
        return Source(entry.name, storage.read(entry.name, limits.file_bytes + 1))
    except OSError as error:
        return Source(entry.name, error=f"文件：应可读取，实际失败（{error}）。请检查地址和访问权限。")


def _members(piece: Piece, limits: Limits) -> Iterator[Source]:
    data = storage.read(piece.container, limits.file_bytes + 1)
    with archive.open_zip(data, limits) as opened:
        for entry in piece.entries:
            name = f"{piece.container}{archive.SEPARATOR}{entry.name}"
            try:
                yield Source(name, archive.read_member(opened, entry.name, limits))
            except ReadingError as error:
                yield Source(name, error=str(error))
