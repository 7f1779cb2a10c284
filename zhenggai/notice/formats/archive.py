"""Zip files, bounded in members, size and ratio; nothing is ever written to disk."""

from __future__ import annotations

import io
import re
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import MIB, Limits, failure
from zhenggai.patterns import compiled

SEPARATOR = "!/"
"""Between archive and member in a name."""

if TYPE_CHECKING:
    import zipfile  # 5 ms at start; most notices are in no archive

_HEAD = MIB
_OFFICE_START = compiled(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]|_rels/|docProps/|customXml/|word/|xl/|OFD\.xml|Doc_\d)", re.S
)
_WORD = " Word 文档（docx）", "重新下载，或用 Word、WPS 修复后另存"
_EXCEL = " Excel 工作簿（xlsx）", "重新导出，或用 Excel、WPS 修复后另存"
_OFD = " OFD 文件", "重新下载或重新导出"
_BOOK = "电子书（epub）", "重新下载"
_OFFICE = ((b"word/", _WORD), (b"xl/", _EXCEL), (b"OFD.xml", _OFD))
"""Names of parts → what a file with them is to be, and what to do where it is damaged."""
_BY_ENDING = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), _WORD),
    **dict.fromkeys((".xlsx", ".xlsm"), _EXCEL),
    ".ofd": _OFD,
    ".epub": _BOOK,
}
_LONGEST_NAME = 500
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_ESCAPES = compiled(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0")


def open_zip(file: IO[bytes] | bytes, limits: Limits, name: str = "") -> zipfile.ZipFile:
    """Open and check the directory of a zip file (also docx), which may be known by a `name`.

    Raises:
        ReadingError: broken, too many members, or unpacking to more than the limits allow.
    """
    import zipfile

    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    try:
        archive = zipfile.ZipFile(stream)
    except Exception as error:  # damaged directories make zipfile fail in many ways
        what, action = _named(stream, name)
        raise failure(f"完整的{what}", "无法打开（文件不完整或已损坏）", action) from error
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise failure(f"不超过 {limits.members} 个成员的压缩包", f"有 {len(infos)} 个", "分成几个压缩包")
    total = sum(info.file_size for info in infos)
    if total > limits.unpacked_bytes:
        limit = limits.unpacked_bytes // MIB
        raise failure(
            f"解压后不超过 {limit} MiB", f"为 {total // MIB} MiB", "确认文件来源可靠，或分成几个文件"
        )
    return archive


def _named(stream: IO[bytes], name: str) -> tuple[str, str]:
    """What a file without a directory was to be, by its first members or its own name; what to do."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if head[30:38] == b"mimetype" and b"META-INF/container.xml" in head:
        return _BOOK
    if _OFFICE_START.match(head):
        for mark, known in _OFFICE:
            if re.search(rb"PK\x03\x04.{26}" + re.escape(mark), head, re.S):
                return known
    ending = "" if _names_a_member(head) else PurePath(name).suffix.lower()
    return _BY_ENDING.get(ending, ("压缩文件", "重新下载或重新压缩"))


def _names_a_member(head: bytes) -> bool:
    """Whether a name stands before what would be the first member: then it is an archive of files."""
    length = int.from_bytes(head[26:28], "little")
    name = head[30 : 30 + length]
    return 0 < length <= _LONGEST_NAME and name.decode("gb18030", "replace").isprintable()


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name; names that old Chinese programs wrote in GBK are repaired."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def members(archive: zipfile.ZipFile) -> list[str]:
    """Names of the files in an archive, sorted; folders and members without a name are left out."""
    names = {member_name(info) for info in archive.infolist()}
    return sorted(name for name in names if name and not name.endswith("/"))


def read_member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """Unpack one member into memory.

    Raises:
        ReadingError: a name that leads out of the archive, missing, encrypted, too large, damaged, or a bomb.
    """
    if _ESCAPES.search(name):
        raise failure("压缩包内的相对路径", "路径指向压缩包之外", "确认来源可靠；该成员已被拒绝读取")
    info = next((i for i in archive.infolist() if member_name(i) == name), None)
    if info is None:
        raise failure("压缩包内存在的成员", "没有这个成员", "检查名称")
    check_member(info, limits)
    return _unpack(archive, info)


def head(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """The beginning of a member; nothing where it cannot be unpacked."""
    info = next((i for i in archive.infolist() if member_name(i) == name), None)
    if info is None or info.flag_bits & _ENCRYPTED:
        return b""
    try:
        with archive.open(info) as stream:
            return stream.read(size)
    except Exception:  # reading it would say why, but who knows whether it is a notice
        return b""


def check_member(info: zipfile.ZipInfo, limits: Limits) -> None:
    """Raises ReadingError: by the directory a member is encrypted, too large, or a bomb."""
    if info.flag_bits & _ENCRYPTED:
        raise failure("未加密的压缩包", "需要密码", "解压后直接给出文件")
    if info.file_size > limits.file_bytes:
        raise failure(
            f"不超过 {limits.file_bytes // MIB} MiB 的成员", f"为 {info.file_size // MIB} MiB", "拆分文件"
        )
    if info.file_size > MIB and info.file_size > limits.ratio * max(1, info.compress_size):
        raise failure(f"压缩比不超过 {limits.ratio}", "压缩比异常（疑似压缩炸弹）", "确认文件来源可靠")


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(info) as stream:
            data = stream.read(info.file_size + 1)  # never more than declared, whatever the data says
    except ReadingError:
        raise
    except Exception as error:  # zlib, lzma, bz2, struct and zipfile each have their own
        what, action = _of_parts(archive)
        raise failure(f"完整的{what}", "数据损坏", action) from error
    if len(data) > info.file_size:
        raise failure("大小与目录一致的压缩成员", "比声明的大", "确认文件来源可靠")
    return data


def _of_parts(archive: zipfile.ZipFile) -> tuple[str, str]:
    """What an archive with a damaged member is, and what to do."""
    names = archive.namelist()
    if "[Content_Types].xml" in names or "OFD.xml" in names:
        for mark, known in _OFFICE:
            if any(name.startswith(mark.decode()) for name in names):
                return known
    return "压缩成员", "重新下载或重新压缩"
