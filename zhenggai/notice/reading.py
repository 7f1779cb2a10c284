"""Paths, standard input and archives → `SourceText`, whatever the format and encoding."""

from __future__ import annotations

import importlib
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from zhenggai.errors import ReadingError
from zhenggai.notice.formats import archive
from zhenggai.notice.formats.base import MIB, Extracted, Limits, failure, missing_library
from zhenggai.notice.formats.detect import READABLE, is_refused, kind_of, zip_kind
from zhenggai.notice.formats.whitespace import BLANKS
from zhenggai.notice.model import SourceText
from zhenggai.notice.passing import HEAD, ending_of, is_hidden, may_be_notice
from zhenggai.notice.walking import Found, walk

if TYPE_CHECKING:
    import zipfile

__all__ = ["Limits", "Source", "expand", "read", "read_many", "read_source"]

STDIN = "-"
EXTRAS = {
    "markdown": (" Markdown ", "html"),
    "html": ("网页", "html"),
    "mhtml": ("网页", "html"),
    "doc": (" Word 文档（doc）", "docx"),
    "docx": (" Word 文档（docx）", "docx"),
    "pdf": (" PDF ", "pdf"),
    "xlsx": (" Excel 工作簿", "xlsx"),
    "xls": (" Excel 工作簿（xls）", "xlsx"),
    "ofd": (" OFD ", "ofd"),
}
"""Kind → what it is called, and the extra that installs its library."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its name as it was given, or found in a folder or an archive."""

    name: str
    """`folder/a.txt`, `archive.zip!/member.txt`, `-`."""
    data: bytes | None = None
    """Content, where it cannot be read again by name (standard input)."""
    error: str | None = None
    """Why there is nothing to read, in Chinese; the other fields then only name the place."""


def expand(
    paths: Iterable[str | Path],
    limits: Limits | None = None,
    on_left_out: Callable[[str], None] | None = None,
    on_passed_over: Callable[[str], None] | None = None,
) -> Iterator[Source]:
    """The files that `paths` name: files, folders (recursively, sorted), globs, zip members, `-`.

    Names stay as given. What cannot be read (a missing path, an empty folder, a broken archive) yields a
    `Source` with an error and does not stop the rest. A file that is named twice comes once. Ledgers of
    our own that lie beside the notices in a folder are no notices: `on_left_out` hears their names;
    `on_passed_over` hears those of other files that are surely none.
    """
    limits = limits or Limits()
    seen: set[str] = set()
    for given in map(str, paths):
        if given == STDIN:
            found: Iterable[Found] = [Found(STDIN)]
        else:
            found = walk(given)
        for name, error, left_out, passed_over in found:
            key = name if name == STDIN else os.path.abspath(name)
            if key in seen:
                continue
            seen.add(key)
            if left_out:
                if on_left_out is not None:
                    on_left_out(name)
                continue
            tell = on_passed_over or _ignore
            if passed_over:
                tell(name)
                continue
            yield from [Source(name, error=error)] if error else _with_members(name, limits, tell)


def _ignore(name: str) -> None:
    del name


def read(path: str | Path, data: bytes | None = None, limits: Limits | None = None) -> SourceText:
    """Read one file, or `data` under the name `path`; also `archive.zip!/member`.

    Raises:
        ReadingError: says in Chinese what was expected, what was found, what to do. Nothing else is raised.
    """
    limits = limits or Limits()
    name = str(path)
    try:
        content = _load(name, limits) if data is None else data
        _check_size(len(content), limits)
        kind = kind_of(name, content)
        if kind == "zip":
            raise _archive_in_place_of_file(name)
        return _finish(name, kind, _extractor(kind)(content, limits), limits)
    except ReadingError:
        raise
    except MemoryError as error:
        raise failure("可在内存中处理的文件", "内存不足", "拆分文件后重试") from error
    except Exception as error:  # libraries fail in many ways on broken files; one file must not stop a batch
        found = f"无法解析（{type(error).__name__}: {error}）"
        raise failure("完整的文件", found, "确认文件没有损坏，或另存为 txt 后重试") from error


def read_source(source: Source, limits: Limits | None = None) -> SourceText:
    """Read what `expand` found. Raises ReadingError, also for a source that carries an error."""
    if source.error is not None:
        raise ReadingError(source.error)
    return read(source.name, source.data, limits)


def read_many(
    paths: Iterable[str | Path], limits: Limits | None = None
) -> Iterator[tuple[Source, SourceText | ReadingError]]:
    """Expand and read; a file that cannot be read comes with its error in place of its text."""
    for source in expand(paths, limits):
        try:
            yield source, read_source(source, limits)
        except ReadingError as error:
            yield source, error


def _extractor(kind: str) -> Callable[[bytes, Limits], Extracted]:
    try:
        module = importlib.import_module(f"zhenggai.notice.formats.{'text' if kind == 'txt' else kind}")
    except ModuleNotFoundError as error:
        if kind == "markdown":
            return _with_its_marks
        what, extra = EXTRAS.get(kind, (kind, "formats"))
        raise missing_library(what, extra) from error
    extract: Callable[[bytes, Limits], Extracted] = module.extract
    return extract


def _with_its_marks(data: bytes, limits: Limits) -> Extracted:
    """Markdown as the text that it is as well, where its library is not installed."""
    from zhenggai.notice.formats import text

    found = text.extract(data, limits)
    warning = '未安装 Markdown 读取组件，按普通文本读取；可运行 pip install "zhenggai[html]"'
    return replace(found, warnings=(*found.warnings, warning))


def _archive_in_place_of_file(name: str) -> ReadingError:
    if kind := _called(name):
        return _no_document(kind)
    if archive.SEPARATOR in name:
        return failure("一层压缩包", "压缩包里还有压缩包", "先解压里面的压缩包")
    return failure("单个文件", "是 zip 压缩包", f"写成 {name}{archive.SEPARATOR}成员名，或先展开")


_OFFICE = {"docx": "Word 文档（docx）", "xlsx": "Excel 工作簿（xlsx）", "ofd": "OFD 文件"}
_PARTS = frozenset(["xml", "rels", "bin", "vml", "res", ""])
"""Endings of what an office document is made of, and of what has none."""


def _called(name: str) -> str | None:
    """The office document that a zip file calls itself."""
    return _OFFICE.get(os.path.splitext(name)[1].lower().lstrip("."))


def _is_document(member: str) -> bool:
    return os.path.splitext(member)[1].lower().lstrip(".") not in _PARTS


def _no_document(kind: str) -> ReadingError:
    return failure(
        f"有正文的 {kind}",
        "是 zip 压缩包，其中没有文档正文",
        "确认文件来源；若是改名的压缩包，改回 .zip 后重试",
    )


_NEVER_PAGES = frozenset(["docx", "xlsx", "pdf", "ofd", "zip"])
"""Endings that no program gives a page; old Word and Excel files often are pages."""


def _finish(name: str, kind: str, extracted: Extracted, limits: Limits) -> SourceText:
    text = extracted.text
    if len(text) > limits.characters:
        raise failure(f"不超过 {limits.characters} 字", f"有 {len(text)} 字", "拆分文件后重试")
    if all(char.isspace() or char in BLANKS for char in text):
        raise failure("有文字的通报", "没有任何文字", "确认文件内容，或另存为 txt 后重试")
    warnings = extracted.warnings
    if kind == "html" and ending_of(name) in _NEVER_PAGES:
        found = f"扩展名是 {ending_of(name)}，实际是网页（可能是登录页或下载失败的提示），请核对"
        warnings = (f"{found}。", *warnings)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates cannot be written to a ledger
        text = text.encode("utf-8", "replace").decode("utf-8")
    return SourceText(name, text, extracted.encoding, kind, warnings, extracted.headings)


def _check_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise failure("有内容的文件", "是空文件（0 字节）", "检查文件是否下载完整")
    if size > limits.file_bytes:
        limit = limits.file_bytes / MIB
        raise failure(f"不超过 {limit:g} MiB 的文件", f"为 {size / MIB:.1f} MiB", "拆分文件后重试")


def _load(name: str, limits: Limits) -> bytes:
    """The bytes of a file, of an archive's member, or of standard input."""
    if name == STDIN:
        if sys.stdin is None:
            raise failure("标准输入中的通报", "标准输入是关闭的", "用管道或 < 送入通报，或给出文件")
        return sys.stdin.buffer.read(limits.file_bytes + 1)
    outer, separator, member = name.partition(archive.SEPARATOR)
    try:
        if separator and not os.path.lexists(name):
            with open(outer, "rb") as stream, archive.open_zip(stream, limits) as opened:
                return archive.read_member(opened, member, limits)
        _check_regular(name)
        with open(name, "rb") as stream:
            _check_size(max(1, os.fstat(stream.fileno()).st_size), limits)
            return stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise failure("可以读取的文件", _os_reason(error), "检查路径和权限") from error
    except ValueError as error:  # a NUL in the name
        raise failure("有效的文件名", "文件名含有无效字符", "检查路径") from error


def _check_regular(name: str) -> None:
    mode = os.stat(name).st_mode
    if stat.S_ISDIR(mode):
        raise failure("文件", "是文件夹", "用 expand 展开，或给出其中的文件")
    if not stat.S_ISREG(mode) and not name.startswith(("/dev/fd/", "/dev/stdin", "/proc/self/fd/")):
        raise failure("普通文件", "是设备或管道", "给出普通文件，标准输入用“-”")


def _os_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不存在"
    if isinstance(error, PermissionError):
        return "没有读取权限"
    return f"系统报告“{error.strerror or error}”"


def _with_members(name: str, limits: Limits, passed_over: Callable[[str], None]) -> Iterator[Source]:
    """The file itself, or the members of the zip that it is."""
    try:
        data = _load(name, limits) if name == STDIN else None
        if is_refused(name) or not _may_be_zip(name, data):
            yield Source(name, data)
            return
        with _open(name, data) as stream, archive.open_zip(stream, limits) as opened:
            if not _is_archive(opened):
                yield Source(name, data)
                return
            found = []
            for member in archive.members(opened):
                if is_hidden(member):
                    continue
                if may_be_notice(member, partial(archive.head, opened, member, HEAD)):
                    found.append(member)
                else:
                    passed_over(f"{name}{archive.SEPARATOR}{member}")
            if not any(map(_is_document, found)) and (kind := _called(name)):
                raise _no_document(kind)
            if not found:
                raise failure(
                    "含有通报的压缩包", "没有可读的文件", f"检查压缩包内容；能读取的格式有 {READABLE}"
                )
            for member in found:
                yield _member(opened, name, member, limits, keep=data is not None)
    except ReadingError as error:
        yield Source(name, error=str(error))


def _may_be_zip(name: str, data: bytes | None) -> bool:
    if data is not None:
        return data.startswith(b"PK")
    try:
        _check_regular(name)
        with open(name, "rb") as stream:
            return stream.read(2) == b"PK"
    except (OSError, ReadingError, ValueError):
        return False  # reported when it is read


def _open(name: str, data: bytes | None) -> IO[bytes]:
    try:
        return io.BytesIO(data) if data is not None else open(name, "rb")
    except OSError as error:
        raise failure("可以读取的文件", _os_reason(error), "检查路径和权限") from error


def _is_archive(opened: zipfile.ZipFile) -> bool:
    """Whether it holds files, and is not itself a document in zip form."""
    try:
        return zip_kind(opened.namelist()) == "zip"
    except ReadingError:
        return False  # a workbook, say: reading it will say so


def _member(opened: zipfile.ZipFile, name: str, member: str, limits: Limits, keep: bool) -> Source:
    """A member by name; with its content, where the archive cannot be opened again."""
    full = f"{name}{archive.SEPARATOR}{member}"
    if not keep:
        return Source(full)
    try:
        return Source(full, archive.read_member(opened, member, limits))
    except ReadingError as error:
        return Source(full, error=str(error))
