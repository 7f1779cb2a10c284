"""A file, or what the archive that it is holds: zip, tar, tar in gzip, mails, also within them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, TYPE_CHECKING

from zhenggai.errors import ReadingError
from zhenggai.notice.formats import archive
from zhenggai.notice.formats.base import Limits, failure
from zhenggai.notice.formats.detect import READABLE, is_refused, zip_kind
from zhenggai.notice.formats.mail_kind import HEAD as MAIL_HEAD
from zhenggai.notice.formats.mail_kind import may_have_attachments
from zhenggai.notice.formats.packed import is_packed, open_packed
from zhenggai.notice.loading import STDIN, check_regular, load, os_reason
from zhenggai.notice.passing import HEAD, ending_of, is_hidden, may_be_notice

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
_INNER = frozenset(["zip", "tar", "gz", "tgz", "eml"])
_DEEPEST = 1
"""Archives within an archive are read, those within these are not."""


def with_members(name: str, limits: Limits, passed_over: Callable[[str], None]) -> Iterator[Source]:
    """The file itself, or the members of the archive that it is."""
    try:
        data = load(name, limits) if name == STDIN else None
        if is_refused(name) or not _may_be_packed(name, data):
            yield Source(name, data)
            return
        with _open(name, data) as stream, open_packed(stream, limits) as opened:
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
    if not inner and not opened.keep:
        yield Source(full)
        return
    try:
        data = archive.read_member(opened.archive, member, opened.limits)
        if inner and is_packed(data[:_HEAD]):
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


def _may_be_packed(name: str, data: bytes | None) -> bool:
    if data is not None:
        return is_packed(data[:_HEAD])
    try:
        check_regular(name)
        with open(name, "rb") as stream:
            return is_packed(stream.read(_HEAD))
    except (OSError, ReadingError, ValueError):
        return False  # reported when it is read


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
