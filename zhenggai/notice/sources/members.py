"""A file, or what the archive that it is holds: zip, 7z, tar (also packed), mails, also within them."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, TYPE_CHECKING

from zhenggai.errors import ReadingError
from zhenggai.notice.formats import archive
from zhenggai.notice.formats.base import Limits, failure, own_ledger
from zhenggai.notice.formats.detect import READABLE, is_refused, zip_kind
from zhenggai.notice.formats.ledgers import is_own_ledger
from zhenggai.notice.formats.mail_kind import HEAD as MAIL_HEAD
from zhenggai.notice.formats.mail_kind import may_have_attachments
from zhenggai.notice.formats.packed import is_packed, open_packed
from zhenggai.notice.sources.dumps import is_dump, records
from zhenggai.notice.sources.loading import STDIN, check_regular, load, os_reason
from zhenggai.notice.sources.passing import DUMPS, HEAD, ending_of, is_hidden, may_be_notice

if TYPE_CHECKING:
    import zipfile


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its name as it was given, or found in a folder or an archive."""

    name: str
    """`folder/a.txt`, `archive.zip!/member.txt`, `-`."""
    data: bytes | None = None
    """Content, where it cannot be read again by name (standard input)."""
    error: str | None = None
    """Why there is nothing to read, in Chinese; the other fields then only name the place."""
    place: int | None = None
    """Where the line of a record begins in its dump, so that the lines above it are not read again."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """An archive that is being gone through."""

    archive: zipfile.ZipFile
    name: str
    limits: Limits
    passed_over: Callable[[str], None]
    keep: bool
    """Whether it cannot be opened again by name."""
    depth: int = 0
    letter: bytes | None = None
    """The whole mail, if it is one; its attachments are the members."""


_OFFICE = {"docx": "Word 文档（docx）", "xlsx": "Excel 工作簿（xlsx）", "ofd": "OFD 文件"}
_PARTS = frozenset(["xml", "rels", "bin", "vml", "res", ""])
"""Endings of what an office document is made of, and of what has none."""


def called(name: str) -> str | None:
    """The office document that a zip file calls itself."""
    return _OFFICE.get(ending_of(name))


def _is_document(member: str) -> bool:
    return ending_of(member) not in _PARTS


def no_document(kind: str) -> ReadingError:
    """A zip file that calls itself a document and holds none."""
    return failure(
        f"有正文的 {kind}",
        "是 zip 压缩包，其中没有文档正文",
        "确认文件来源；若是改名的压缩包，改回 .zip 后重试",
    )


_HEAD = max(HEAD, MAIL_HEAD)
_INNER = frozenset(["zip", "7z", "tar", "gz", "tgz", "bz2", "tbz", "tbz2", "xz", "txz", "eml"])
_DEEPEST = 1
"""Archives within an archive are read, those within these are not."""


def with_members(
    name: str, limits: Limits, passed_over: Callable[[str], None], named: bool = False
) -> Iterator[Source]:
    """The file itself, or the members of the archive, or the records of the dump, that it is.

    One that the user `named` is an error where it holds no record; others are passed over.
    """
    try:
        data = load(name, limits) if name == STDIN else None
        if is_dump(name, _head(name, data)):
            yield from _records(name, limits, passed_over, named)
            return
        if is_refused(name) or not is_packed(name, _head(name, data)):
            yield Source(name, data)
            return
        with _open(name, data) as stream, open_packed(stream, limits, name) as opened:
            if not _is_archive(opened):
                yield Source(name, data)
                return
            letter = _letter(stream)
            found = _members(_Opened(opened, name, limits, passed_over, data is not None, letter=letter))
            for count, source in enumerate(found):
                if count >= limits.members:
                    raise failure(f"不超过 {limits.members} 个成员的压缩包", "有更多", "分成几个")
                yield source
    except ReadingError as error:
        yield Source(name, error=str(error))


def _members(opened: _Opened) -> Iterator[Source]:
    """Those that may be notices. Raises ReadingError: there are none."""
    found = []
    for member in archive.members(opened.archive):
        if is_hidden(member):
            continue
        if may_be_notice(member, partial(archive.head, opened.archive, member, HEAD)):
            found.append(member)
        else:
            opened.passed_over(f"{opened.name}{archive.SEPARATOR}{member}")
    if not any(map(_is_document, found)) and (kind := called(opened.name)):
        raise no_document(kind)
    if opened.letter is not None and (not found or _holds_notice(opened.letter)):
        yield Source(opened.name, opened.letter if opened.keep else None)
    elif not found:
        raise failure("含有通报的压缩包", "没有可读的文件", f"检查压缩包内容；能读取的格式有 {READABLE}")
    for member in found:
        yield from _member(opened, member)


def _member(opened: _Opened, member: str) -> Iterator[Source]:
    """A member by name; with its content, where the archive cannot be opened again."""
    full = f"{opened.name}{archive.SEPARATOR}{member}"
    inner = ending_of(member) in _INNER and opened.depth < _DEEPEST
    if not inner and ending_of(member) not in DUMPS and not opened.keep:
        yield Source(full)
        return
    try:
        data = archive.read_member(opened.archive, member, opened.limits)
        if is_dump(member, data[:_HEAD]):
            yield from _member_records(opened, full, data)
            return
        if inner and is_packed(member, data[:_HEAD]):
            with open_packed(io.BytesIO(data), opened.limits) as within:
                if _is_archive(within):
                    letter = data if may_have_attachments(data[:_HEAD]) else None
                    depth = opened.depth + 1
                    yield from _members(
                        replace(opened, archive=within, name=full, depth=depth, letter=letter)
                    )
                    return
        yield Source(full, data if opened.keep else None)
    except ReadingError as error:
        yield Source(full, error=str(error))


def _records(name: str, limits: Limits, passed_over: Callable[[str], None], named: bool) -> Iterator[Source]:
    """The records of a dump that is a file."""
    if is_own_ledger(name):
        raise own_ledger()
    with _open(name, None) as stream:
        found = yield from _with_articles(name, stream, limits, passed_over)
    if not found and named:
        action = "确认文件来源，或将正文另存为 txt、docx"
        raise failure("含有正文字段（content、正文等）的记录", "没有一条记录有正文", action)
    if not found:
        passed_over(name)


def _member_records(opened: _Opened, name: str, data: bytes) -> Iterator[Source]:
    """The records of a dump that is a member; a place in it is none in a file."""
    found = False
    for source in _with_articles(name, io.BytesIO(data), opened.limits, opened.passed_over, opened.keep):
        found = True
        yield replace(source, place=None)
    if not found:
        opened.passed_over(name)


def _with_articles(
    name: str, stream: IO[bytes], limits: Limits, passed_over: Callable[[str], None], keep: bool = False
) -> Generator[Source, None, bool]:
    """The records of a dump that hold an article, and whether there are any; then others are passed over."""
    found = False
    empty: list[str] = []
    for piece in records(name, stream, limits):
        full = f"{name}{archive.SEPARATOR}{piece.name}"
        if piece.data is None and piece.error is None:
            empty.append(full)
        else:
            found = True
            yield Source(full, piece.data if keep else None, piece.error, piece.place)
    for other in empty if found else ():
        passed_over(other)
    return found


def _letter(stream: IO[bytes]) -> bytes | None:
    """The whole of a file that is a mail; None for any other."""
    stream.seek(0)
    if not may_have_attachments(stream.read(_HEAD)):
        return None
    stream.seek(0)
    return stream.read()


def _holds_notice(letter: bytes) -> bool:
    from zhenggai.notice.formats.mail import holds_notice

    return holds_notice(letter)


def _head(name: str, data: bytes | None) -> bytes:
    """The beginning of a file; nothing where it cannot be read, which is reported when it is."""
    if data is not None:
        return data[:_HEAD]
    try:
        check_regular(name)
        with open(name, "rb") as stream:
            return stream.read(_HEAD)
    except (OSError, ReadingError, ValueError):
        return b""


def _open(name: str, data: bytes | None) -> IO[bytes]:
    try:
        return io.BytesIO(data) if data is not None else open(name, "rb")
    except OSError as error:
        raise failure("可以读取的文件", os_reason(error), "检查路径和权限") from error


def _is_archive(opened: zipfile.ZipFile) -> bool:
    """Whether it holds files, and is not itself a document in zip form."""
    try:
        return zip_kind(opened.namelist()) == "zip"
    except ReadingError:
        return False  # a workbook, say: reading it will say so
