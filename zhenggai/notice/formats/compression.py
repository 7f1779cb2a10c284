"""Files packed one by one, in gzip, bzip2 or xz: told by their first bytes, unpacked within bounds."""

from __future__ import annotations

import io
from contextlib import suppress
from importlib import import_module
from typing import Any, NamedTuple

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import MIB, Limits, failure


class _Packing(NamedTuple):
    ending: str
    mark: bytes
    module: str
    """In the standard library; loaded when a file is packed so."""


_PACKINGS = (
    _Packing(".gz", b"\x1f\x8b", "gzip"),
    _Packing(".bz2", b"BZh", "bz2"),
    _Packing(".xz", b"\xfd7zXZ\0", "lzma"),
)
LONGEST_MARK = 10
"""Bytes by which `is_compressed` tells."""
TAR_HEAD = b"\0" * 257 + b"ustar"
"""A tar file has its mark there."""
_BZIP2_BLOCK = b"1AY&SY"
"""Behind the mark of bzip2, which a text may begin with, and the size of its blocks."""


def is_compressed(head: bytes) -> bool:
    """Whether a file that begins so is packed in gzip, bzip2 or xz."""
    return _packing(head) is not None


def _packing(head: bytes) -> _Packing | None:
    found = next((packing for packing in _PACKINGS if head.startswith(packing.mark)), None)
    if found is not None and found.ending == ".bz2" and head[4:LONGEST_MARK] != _BZIP2_BLOCK:
        return None
    return found


def without_ending(name: str) -> str:
    """The name of a packed file without what says how it is packed: 通报.txt.gz → 通报.txt."""
    return next((name[: -len(p.ending)] for p in _PACKINGS if name.lower().endswith(p.ending)), name)


def begins_as(name: str, head: bytes, size: int) -> bytes:
    """The first bytes of what a packed file holds, as far as the first bytes of the file tell; else its own.

    Bzip2 packs whole blocks, so there the name tells whether it is a tar file.
    """
    packing = _packing(head)
    if packing is None:
        return head
    if packing.ending == ".bz2":
        return TAR_HEAD if name.lower().endswith((".tar.bz2", ".tbz", ".tbz2")) else b""
    with suppress(Exception), _reader(packing, head) as stream:  # reading it will say so
        found: bytes = stream.read1(size)
        return found
    return b""


def unpack(data: bytes, limits: Limits) -> bytes:
    """The content of a file, unpacked where it is packed.

    Raises ReadingError: damaged, too large, or a bomb.
    """
    packing = _packing(data[:LONGEST_MARK])
    if packing is None:
        return data
    try:
        with _reader(packing, data) as stream:
            content: bytes = stream.read(limits.file_bytes + 1)
    except (ReadingError, MemoryError):
        raise
    except Exception as error:  # each module has its own
        raise failure("完整的压缩文件", "数据损坏", "重新下载或重新压缩") from error
    if len(content) > limits.file_bytes:
        raise failure(f"解压后不超过 {limits.file_bytes // MIB} MiB 的文件", "解压后更大", "解压后分开读取")
    if len(content) > MIB and len(content) > limits.ratio * len(data):
        raise failure(f"压缩比不超过 {limits.ratio}", "压缩比异常（疑似压缩炸弹）", "确认文件来源可靠")
    return content


def _reader(packing: _Packing, data: bytes) -> Any:
    try:
        module = import_module(packing.module)
    except ImportError as error:  # Python can be built without them
        action = "解压后重试，或换用带有该模块的 Python"
        raise failure("可以解压的文件", f"这个 Python 没有模块 {packing.module}", action) from error
    return module.open(io.BytesIO(data))
