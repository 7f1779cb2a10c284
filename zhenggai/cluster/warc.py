"""Web archives (WARC): an index of where the pages are, and the pages of a piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhenggai.cluster import storage
from zhenggai.cluster.pieces import Cut, Entry, Kind, Piece
from zhenggai.notice.formats.archive import SEPARATOR
from zhenggai.notice.reading import Source

_ENDINGS = (".warc", ".warc.gz")
_TYPES = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/pdf",
    "application/ofd",
    "application/msword",
    "officedocument",
)
"""Content types that may hold a notice; anything else in an archive is passed over."""


def is_warc(name: str) -> bool:
    """By the ending."""
    return name.lower().endswith(_ENDINGS)


def pieces(file: storage.Stored, cut: Cut) -> Iterator[Piece]:
    """Runs of pages, found in one pass over the archive (reading and unpacking, no parsing of pages)."""
    start = end = count = 0
    try:
        for offset, _ in _pages(file.name, 0):
            if count == cut.inputs:
                yield _piece(file, start, count)
                count = 0
            start, count, end = (offset if count == 0 else start), count + 1, offset
    except Exception as error:  # warcio, zlib and Arrow each have their own
        message = (
            f"WARC 文件：应为逐条压缩的完整归档，实际在字节 {end} 之后无法读取（{error}）。"
            "请重新下载，或用 warcio recompress 重新压缩。"
        )
        yield Piece(Kind.FILES, (Entry(file.name, file.stamp, error=message),))
    if count:
        yield _piece(file, start, count)


def _piece(file: storage.Stored, start: int, count: int) -> Piece:
    return Piece(Kind.WARC, container=file.name, stamp=file.stamp, start=start, count=count)


def warc_sources(piece: Piece, limit: int) -> Iterator[Source]:
    """The pages of a piece, named `archive.warc.gz!/OFFSET/ADDRESS`; of each at most `limit` + 1 bytes."""
    pages = _pages(piece.container, piece.start)
    for _, (offset, record) in zip(range(piece.count), pages, strict=False):
        address = record.rec_headers.get_header("WARC-Target-URI") or ""
        yield Source(
            f"{piece.container}{SEPARATOR}{offset}/{address}", record.content_stream().read(limit + 1)
        )


def _pages(name: str, start: int) -> Iterator[tuple[int, Any]]:
    """Byte offset and record of every page from `start` on."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise storage.StorageError(
            '读取 WARC 需要 warcio，当前环境没有安装。请运行：pip install "zhenggai[ray]"。'
        ) from error
    with storage.opened(name) as file:
        file.seek(start)
        records = ArchiveIterator(file)
        for record in records:
            if _is_page(record):
                yield records.offset, record  # get_record_offset() would read past the content


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    elif record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return False
        kind = record.http_headers.get_header("Content-Type") or ""
    else:
        return False
    return any(t in kind.lower() for t in _TYPES)
