"""The bytes of a file, of a member of an archive or record of a dump, or of standard input."""

from __future__ import annotations

import io
import os
import stat
import sys
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from zhenggai.notice.formats import archive
from zhenggai.notice.formats.base import MIB, Limits, failure
from zhenggai.notice.formats.compression import without_ending
from zhenggai.notice.formats.packed import open_packed
from zhenggai.notice.sources import dumps
from zhenggai.notice.sources.passing import DUMPS, ending_of

if TYPE_CHECKING:
    import zipfile

STDIN = "-"


def check_size(size: int, limits: Limits) -> None:
    """Raises ReadingError: an empty file, or one that is too large."""
    if size == 0:
        raise failure("有内容的文件", "是空文件（0 字节）", "检查文件是否下载完整")
    if size > limits.file_bytes:
        limit = limits.file_bytes / MIB
        raise failure(f"不超过 {limit:g} MiB 的文件", f"为 {size / MIB:.1f} MiB", "拆分文件后重试")


def load(name: str, limits: Limits) -> bytes:
    """The bytes of a file, of an archive's member, or of standard input."""
    if name == STDIN:
        if sys.stdin is None:
            raise failure("标准输入中的通报", "标准输入是关闭的", "用管道或 < 送入通报，或给出文件")
        return sys.stdin.buffer.read(limits.file_bytes + 1)
    outer, separator, member = name.partition(archive.SEPARATOR)
    try:
        if separator and not os.path.lexists(name):
            with open(outer, "rb") as stream:
                if _is_dump(outer, stream):
                    return _record(outer, member, stream, limits)
                with open_packed(stream, limits) as opened:
                    return _read_within(outer, opened, member, limits)
        check_regular(name)
        with open(name, "rb") as stream:
            check_size(max(1, os.fstat(stream.fileno()).st_size), limits)
            return stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise failure("可以读取的文件", os_reason(error), "检查路径和权限") from error
    except ValueError as error:  # a NUL in the name
        raise failure("有效的文件名", "文件名含有无效字符", "检查路径") from error


def check_regular(name: str) -> None:
    """Raises ReadingError: a folder, a pipe or a device."""
    mode = os.stat(name).st_mode
    if stat.S_ISDIR(mode):
        raise failure("文件", "是文件夹", "用 expand 展开，或给出其中的文件")
    if not stat.S_ISREG(mode) and not name.startswith(("/dev/fd/", "/dev/stdin", "/proc/self/fd/")):
        raise failure("普通文件", "是设备或管道", "给出普通文件，标准输入用“-”")


def os_reason(error: OSError) -> str:
    """What the system says, in Chinese."""
    if isinstance(error, FileNotFoundError):
        return "文件不存在"
    if isinstance(error, PermissionError):
        return "没有读取权限"
    return f"系统报告“{error.strerror or error}”"


def load_line(name: str, place: int, limits: Limits) -> bytes:
    """A record of a dump of lines whose line begins at `place`."""
    outer, _, number = name.rpartition(archive.SEPARATOR)
    try:
        with open(outer, "rb") as stream:
            return dumps.record_at(place, number, stream, limits)
    except OSError as error:
        raise failure("可以读取的文件", os_reason(error), "检查路径和权限") from error


def _is_dump(name: str, stream: IO[bytes]) -> bool:
    head = stream.read(dumps.HEAD)
    stream.seek(0)
    return dumps.is_dump(name, head)


def _record(name: str, number: str, stream: IO[bytes], limits: Limits) -> bytes:
    """A record of a dump; one that is no file of lines is taken apart once for all its records."""
    if dumps.is_scanned(name, stream, limits):
        return dumps.record(name, number, stream, limits)
    state = os.fstat(stream.fileno())
    return dumps.of_piece(_kept(name, "", state.st_mtime_ns, state.st_size, limits).get(number), number)


@lru_cache(maxsize=1)
def _kept(outer: str, inner: str, changed: int, size: int, limits: Limits) -> dict[str, dumps.Piece]:
    """The records of a dump, or of one in an archive, which are asked for one after the other."""
    del changed, size
    name = f"{outer}{archive.SEPARATOR}{inner}" if inner else outer
    data = load(name, limits)
    return {piece.name: piece for piece in dumps.records(name, io.BytesIO(data), limits)}


def _read_within(outer: str, opened: zipfile.ZipFile, path: str, limits: Limits) -> bytes:
    """A member, or a member of an archive that is a member, or a record of a dump that is one."""
    inner, separator, member = path.rpartition(archive.SEPARATOR)
    if not separator or path in archive.members(opened):
        return archive.read_member(opened, path, limits)
    if ending_of(without_ending(inner)) in DUMPS and (state := os.stat(outer)):
        pieces = _kept(outer, inner, state.st_mtime_ns, state.st_size, limits)
        return dumps.of_piece(pieces.get(member), member)
    inner, _, member = path.partition(archive.SEPARATOR)
    data = archive.read_member(opened, inner, limits)
    with open_packed(io.BytesIO(data), limits) as within:
        return archive.read_member(within, member, limits)
