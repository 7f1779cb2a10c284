"""Dumps of programs that collect web pages (JSON, one record a line, XML) → their records, one at a time.

A record is named like a member of an archive: `dump.jsonl!/3` is the one in the third line; `dump.json!/3`
and `dump.xml!/3` are the third of those that hold an article.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import MIB, Limits, failure
from zhenggai.notice.formats.compression import LONGEST_MARK, is_compressed, unpack, without_ending
from zhenggai.notice.formats.xml_kinds import xml_kind
from zhenggai.notice.model import Span
from zhenggai.notice.sources.passing import DUMPS, ending_of

HEAD = 16_000
"""Bytes by which a dump is told."""
_SPACE = b" \t\r\n\xef\xbb\xbf"


class Piece(NamedTuple):
    """A record of a dump, or why there is none."""

    name: str
    data: bytes | None = None
    """None where it holds no article."""
    error: str | None = None
    place: int | None = None
    """Where its line begins in a file of lines."""


def is_dump(name: str, head: bytes) -> bool:
    """Whether a file of that name that begins so may be a dump: an office document in XML is none."""
    if ending_of(without_ending(name)) not in DUMPS:
        return False
    if is_compressed(head):
        return name != without_ending(name)
    start = head.replace(b"\0", b"").lstrip(_SPACE + b"\xff\xfe")[:1]
    if ending_of(name) != "xml":
        return start in (b"{", b"[")
    try:
        page = b"www.w3.org/1999/xhtml" in head or b"<html" in head.lower()
        return start == b"<" and not page and xml_kind(head.decode("latin-1")) is None
    except ReadingError:
        return False


def records(name: str, stream: IO[bytes], limits: Limits) -> Iterator[Piece]:
    """The records of a dump, in order; memory holds one line, or a file of at most the size of any file.

    Raises ReadingError: too large, nested too deep, too many records, or damaged.
    """
    packed = is_compressed(stream.read(LONGEST_MARK))
    if packed:
        stream.seek(0)
        stream = io.BytesIO(unpack(stream.read(limits.file_bytes + 1), limits))
        name = without_ending(name)
    stream.seek(0)
    found = _of_lines(stream, limits) if _has_lines(name, stream, limits) else _of_whole(name, stream, limits)
    for count, piece in enumerate(found):
        if count >= limits.records:
            raise failure(f"不超过 {limits.records} 条记录的文件", "有更多", "分成几个文件")
        yield piece._replace(place=None) if packed else piece


def record(name: str, number: str, stream: IO[bytes], limits: Limits) -> bytes:
    """One record by its name in the dump. Raises ReadingError: there is none of that name."""
    return of_piece(next((p for p in records(name, stream, limits) if p.name == number), None), number)


def of_piece(piece: Piece | None, number: str) -> bytes:
    """What a record holds. Raises ReadingError: there is none, or none that can be read."""
    if piece is not None and piece.error is not None:
        raise ReadingError(piece.error)
    if piece is None or piece.data is None:
        raise failure("含有正文的记录", f"第 {number} 条没有正文，或没有这一条", "检查序号")
    return piece.data


def record_at(place: int, number: str, stream: IO[bytes], limits: Limits) -> bytes:
    """The same of a file of lines, where the line begins at `place`."""
    stream.seek(place)
    line = number.partition("-")[0]
    pieces = _of_line(stream.readline(limits.file_bytes + 1), line, place, limits)
    return of_piece(next((piece for piece in pieces if piece.name == number), None), number)


def is_scanned(name: str, stream: IO[bytes], limits: Limits) -> bool:
    """Whether a file is of lines, of which none is kept; all others are held as a whole."""
    head = stream.read(LONGEST_MARK)
    stream.seek(0)
    return not is_compressed(head) and _has_lines(name, stream, limits)


def _has_lines(name: str, stream: IO[bytes], limits: Limits) -> bool:
    """Whether every line is a record, by the name of the file or the first two lines that are not blank."""
    start = stream.tell()
    found: list[bytes] = []
    while len(found) < 2 and (line := stream.readline(limits.file_bytes + 1)):
        found += [line] if line.strip(_SPACE) else []
    stream.seek(start)
    if not found or b"\0" in found[0][:HEAD]:  # UTF-16
        return False
    if ending_of(name) in ("jsonl", "ndjson"):
        return True
    one = found[0].strip(_SPACE)
    return len(found) > 1 and one[:1] + one[-1:] == b"{}" and found[1].lstrip(_SPACE)[:1] == b"{"


def _of_lines(stream: IO[bytes], limits: Limits) -> Iterator[Piece]:
    """Records by the numbers of their lines."""
    number, place = 0, stream.tell()
    while line := stream.readline(limits.file_bytes + 1):
        number += 1
        if line.strip(_SPACE):
            yield from _of_line(line, str(number), place, limits)
        if len(line) > limits.file_bytes:
            return
        place += len(line)


def _of_line(line: bytes, number: str, place: int, limits: Limits) -> list[Piece]:
    """The record of a line; further ones have a second number."""
    if len(line) > limits.file_bytes:
        limit = limits.file_bytes // MIB
        return [Piece(number, error=str(failure(f"不超过 {limit} MiB 的记录", "更大", "拆分文件")))]
    try:
        found = list(_spans_of(line, _json))
    except ReadingError as error:
        return [Piece(number, error=str(error))]
    names = [number, *(f"{number}-{count}" for count in range(2, len(found) + 1))]
    return [Piece(name, data, place=place) for name, data in zip(names, found, strict=False)] or [
        Piece(number)
    ]


def _of_whole(name: str, stream: IO[bytes], limits: Limits) -> Iterator[Piece]:
    data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        limit = limits.file_bytes // MIB
        raise failure(f"不超过 {limit} MiB 的文件", "更大", "拆分文件，或导出为每行一条记录的 jsonl")
    spans = _xml if ending_of(name) == "xml" else _json
    for count, found in enumerate(_spans_of(data, spans), 1):
        yield Piece(str(count), found)


_Spans = Callable[[str], Iterator[Span]]


def _spans_of(data: bytes, spans: _Spans) -> Iterator[bytes]:
    text = _decoded(data)
    for start, end in spans(text):
        yield text[start:end].encode("utf-8", "replace")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from zhenggai.notice.formats.text import decode

        return decode(data)[0]


def _json(text: str) -> Iterator[Span]:
    from zhenggai.notice.formats.json_records import json_records

    return json_records(text)


def _xml(text: str) -> Iterator[Span]:
    from zhenggai.notice.formats.xml_records import xml_records

    return xml_records(text)
