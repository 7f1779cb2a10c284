"""Compressed streams of a PDF are measured before a parser unpacks them into memory."""

from __future__ import annotations

import zlib

from zhenggai.notice.formats.base import MIB, Limits, failure
from zhenggai.patterns import compiled

_STREAM = compiled(rb"stream\r?\n")
_IMAGE = compiled(rb"/Subtype\s*/Image")
_TWICE = compiled(rb"/(?:FlateDecode|Fl|LZWDecode|LZW)\s*/(?:FlateDecode|Fl|LZWDecode|LZW)\b")
_DICTIONARY = 600
"""Bytes before a stream in which its dictionary is looked for."""
_STEP = 4 * MIB


def check_streams(data: bytes, limits: Limits) -> None:
    """Raises ReadingError when the deflated streams (images aside) unpack to more than the limits allow."""
    total = 0
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b"obj")[2]
        if before.endswith(b"end") or _IMAGE.search(before):
            continue
        if _TWICE.search(before):
            raise failure("普通的 PDF", "含有多重压缩的数据（疑似压缩炸弹）", "确认文件来源可靠，或重新导出")
        if b"Fl" in before:
            end = data.find(b"endstream", match.end())
            total += _unpacked(
                memoryview(data)[match.end() : end if end > 0 else len(data)], limits.unpacked_bytes
            )
        if total > limits.unpacked_bytes:
            limit = limits.unpacked_bytes // MIB
            raise failure(f"解压后不超过 {limit} MiB 的 PDF", "解压后过大", "确认文件来源可靠，或重新导出")


def _unpacked(data: memoryview, limit: int) -> int:
    """Size of a deflated stream, counted until it passes the limit."""
    unpacker = zlib.decompressobj()
    size = 0
    rest: bytes | memoryview = data
    try:
        while rest and size <= limit and not unpacker.eof:
            size += len(unpacker.decompress(rest, _STEP))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        pass
    return size
