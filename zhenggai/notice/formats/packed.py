"""Gzip and tar files, and mails, within the bounds of an archive: they become a zip file in memory."""

from __future__ import annotations

import io
import os
import zlib
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.archive import open_zip
from zhenggai.notice.formats.base import MIB, Limits, failure
from zhenggai.notice.formats.mail_kind import HEAD, may_have_attachments

if TYPE_CHECKING:
    import zipfile

GZIP = b"\x1f\x8b"
_TAR_MARK, _TAR_PLACE = b"ustar", 257
_BLOCK = 512


def is_tar(head: bytes) -> bool:
    """Whether a file that begins so is a tar file."""
    return head[_TAR_PLACE : _TAR_PLACE + len(_TAR_MARK)] == _TAR_MARK


def is_packed(head: bytes) -> bool:
    """Whether a file that begins so may hold several: zip, tar, tar in gzip, a mail with attachments."""
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, _BLOCK)
        except zlib.error:
            return False  # reading it will say so
    return head.startswith(b"PK") or is_tar(head) or may_have_attachments(head)


def gunzip(data: bytes, limits: Limits) -> bytes:
    """The content of a gzip file. Raises ReadingError: damaged, too large, or a bomb."""
    import gzip

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            content = stream.read(limits.file_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise failure("完整的压缩文件", "数据损坏", "重新下载或重新压缩") from error
    if len(content) > limits.file_bytes:
        raise failure(f"解压后不超过 {limits.file_bytes // MIB} MiB 的文件", "解压后更大", "解压后分开读取")
    if len(content) > MIB and len(content) > limits.ratio * len(data):
        raise failure(f"压缩比不超过 {limits.ratio}", "压缩比异常（疑似压缩炸弹）", "确认文件来源可靠")
    return content


def open_packed(stream: IO[bytes], limits: Limits, name: str = "") -> zipfile.ZipFile:
    """A zip file, or a tar file or the attachments of a mail as one.

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
    return _tar_as_zip(data, limits)


def _tar_as_zip(data: bytes, limits: Limits) -> bytes:
    import tarfile
    import zipfile

    if len(data) > limits.file_bytes:
        raise failure(f"不超过 {limits.file_bytes // MIB} MiB 的压缩包", "更大", "解压后分开读取")
    content = gunzip(data, limits) if data.startswith(GZIP) else data
    packed = io.BytesIO()
    try:
        with (
            tarfile.open(fileobj=io.BytesIO(content)) as tar,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made,
        ):
            for number, info in enumerate(tar):
                if number >= limits.members:
                    raise failure(f"不超过 {limits.members} 个成员的压缩包", "有更多", "分成几个压缩包")
                member = tar.extractfile(info) if info.isreg() and not info.sparse else None
                if member is not None:  # no link, and no hole that is larger than the file
                    made.writestr(_name(info.name), member.read(len(content)))
    except ReadingError:
        raise
    except Exception as error:  # damaged headers make tarfile fail in many ways
        raise failure("完整的压缩文件", "无法打开（文件不完整或已损坏）", "重新下载或重新压缩") from error
    return packed.getvalue()


def _name(name: str) -> str:
    """A member's name; those in GBK come with their bytes."""
    data = name.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
