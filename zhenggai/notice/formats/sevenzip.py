"""7z archives, by py7zr, within the bounds of an archive."""

from __future__ import annotations

import io
from collections.abc import Iterator

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import MIB, Limits, failure, missing_library

MARK = b"7z\xbc\xaf\x27\x1c"


def members(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files in an archive.

    Raises ReadingError: damaged, encrypted, too many members, or unpacking to more than a file may have.
    """
    try:
        import py7zr
        from py7zr.io import BytesIOFactory
    except ModuleNotFoundError as error:
        raise missing_library("7z 压缩包", "archives") from error
    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as opened:
            _check(opened, len(data), limits)
            factory = BytesIOFactory(limits.file_bytes)
            opened.extractall(factory=factory)
            for name, content in factory.products.items():
                content.seek(0)
                yield name, content.read()
    except (ReadingError, MemoryError):
        raise
    except py7zr.PasswordRequired as error:
        raise _encrypted() from error
    except Exception as error:  # damaged headers make it fail in many ways
        raise failure("完整的压缩文件", "无法打开（文件不完整或已损坏）", "重新下载或重新压缩") from error


def _check(opened: object, size: int, limits: Limits) -> None:
    """Ask the headers before anything is unpacked: what they say is what comes out at most."""
    infos = [info for info in opened.list() if not info.is_directory]  # type: ignore[attr-defined]
    if opened.needs_password():  # type: ignore[attr-defined]
        raise _encrypted()
    if len(infos) > limits.members:
        raise failure(f"不超过 {limits.members} 个成员的压缩包", f"有 {len(infos)} 个", "分成几个压缩包")
    total = sum(info.uncompressed or 0 for info in infos)
    if total > limits.file_bytes:
        limit = limits.file_bytes // MIB
        raise failure(f"解压后不超过 {limit} MiB 的压缩包", "解压后更大", "解压后分开读取")
    if total > MIB and total > limits.ratio * size:
        raise failure(f"压缩比不超过 {limits.ratio}", "压缩比异常（疑似压缩炸弹）", "确认文件来源可靠")


def _encrypted() -> ReadingError:
    return failure("未加密的压缩包", "需要密码", "解压后直接给出文件")
