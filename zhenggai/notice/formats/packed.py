"""Tar files (also packed), 7z archives and mails, within bounds: they become a zip file in memory."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from zhenggai.errors import ReadingError
from zhenggai.notice.formats import sevenzip
from zhenggai.notice.formats.archive import open_zip
from zhenggai.notice.formats.base import MIB, Limits, failure
from zhenggai.notice.formats.compression import TAR_HEAD, begins_as, unpack
from zhenggai.notice.formats.mail_kind import HEAD, may_have_attachments

if TYPE_CHECKING:
    import zipfile

_BLOCK = 512


def is_tar(head: bytes) -> bool:
    """Whether a file that begins so is a tar file."""
    mark = TAR_HEAD.lstrip(b"\0")
    return head.startswith(mark, len(TAR_HEAD) - len(mark))


def is_packed(name: str, head: bytes) -> bool:
    """Whether a file that begins so may hold several: zip, 7z, tar (also packed), a mail with attachments."""
    inner = begins_as(name, head, _BLOCK)
    if inner is not head:  # of what is packed, a tar file alone holds several
        return is_tar(inner)
    return head.startswith((b"PK", sevenzip.MARK)) or is_tar(head) or may_have_attachments(head)


def open_packed(stream: IO[bytes], limits: Limits, name: str = "") -> zipfile.ZipFile:
    """A zip file, or a tar file, a 7z archive or the attachments of a mail as one.

    Raises ReadingError: damaged, or beyond the limits.
    """
    head = stream.read(2)
    stream.seek(0)
    if head == b"PK":
        return open_zip(stream, limits, name)
    try:
        state = os.fstat(stream.fileno())
    except OSError:  # in memory
        return open_zip(_as_zip(stream.read(), limits), limits)
    return open_zip(_kept(stream.name, state.st_mtime_ns, state.st_size, limits), limits)


@lru_cache(maxsize=1)
def _kept(name: str, changed: int, size: int, limits: Limits) -> bytes:
    """The members of one file are asked for one after the other."""
    del changed, size
    with open(name, "rb") as stream:
        return _as_zip(stream.read(limits.file_bytes + 1), limits)


def _as_zip(data: bytes, limits: Limits) -> bytes:
    if may_have_attachments(data[:HEAD]):
        from zhenggai.notice.formats import mail

        return mail.as_zip(data, limits)
    if len(data) > limits.file_bytes:
        raise failure(f"不超过 {limits.file_bytes // MIB} MiB 的压缩包", "更大", "解压后分开读取")
    is_7z = data.startswith(sevenzip.MARK)
    return _zip_of(sevenzip.members(data, limits) if is_7z else _tar_members(data, limits))


def _zip_of(members: Iterable[tuple[str, bytes]]) -> bytes:
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
        for name, content in members:
            made.writestr(name, content)
    return packed.getvalue()


def _tar_members(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    import tarfile

    content = unpack(data, limits)
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            for number, info in enumerate(tar):
                if number >= limits.members:
                    raise failure(f"不超过 {limits.members} 个成员的压缩包", "有更多", "分成几个压缩包")
                member = tar.extractfile(info) if info.isreg() and not info.sparse else None
                if member is not None:  # no link, and no hole that is larger than the file
                    yield _name(info.name), member.read(len(content))
    except ReadingError:
        raise
    except Exception as error:  # damaged headers make tarfile fail in many ways
        raise failure("完整的压缩文件", "无法打开（文件不完整或已损坏）", "重新下载或重新压缩") from error


def _name(name: str) -> str:
    """A member's name; those in GBK come with their bytes."""
    data = name.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
