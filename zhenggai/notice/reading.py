"""Paths, standard input and archives → `SourceText`, whatever the format and encoding."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from zhenggai.errors import ReadingError
from zhenggai.notice.formats import archive
from zhenggai.notice.formats.base import Extracted, Limits, failure, missing_library
from zhenggai.notice.formats.compression import is_compressed, unpack, without_ending
from zhenggai.notice.formats.detect import kind_of
from zhenggai.notice.formats.garbled_lines import garbled_warning, may_be_garbled
from zhenggai.notice.formats.ideographs import unified
from zhenggai.notice.formats.packed import is_tar
from zhenggai.notice.formats.whitespace import BLANKS
from zhenggai.notice.model import SourceText
from zhenggai.notice.sources.loading import STDIN, check_size, load, load_line
from zhenggai.notice.sources.members import Source, called, no_document, with_members
from zhenggai.notice.sources.passing import ending_of
from zhenggai.notice.sources.walking import Found, walk

__all__ = ["Limits", "Source", "expand", "read", "read_many", "read_source"]

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
    "epub": ("电子书（epub）", "html,docx"),
    "json": (" JSON 记录中的网页", "html"),
    "xml": (" XML 记录中的网页", "html"),
}
"""Kind → what it is called, and the extra that installs its library."""


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
    leave_out, pass_over = on_left_out or _ignore, on_passed_over or _ignore
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
                leave_out(name)
            elif passed_over:
                pass_over(name)
            else:
                members = with_members(name, limits, pass_over, named=name == given)
                yield from [Source(name, error=error)] if error else members


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
        content = load(name, limits) if data is None else data
        check_size(len(content), limits)
        if is_compressed(content):
            content = unpack(content, limits)
            if is_tar(content):
                raise _archive_in_place_of_file(name)
        elif name != without_ending(name):
            return _unpacked_already(name, content, limits)
        return _read(name, without_ending(name), content, limits)
    except ReadingError:
        raise
    except MemoryError as error:
        raise failure("可在内存中处理的文件", "内存不足", "拆分文件后重试") from error
    except Exception as error:  # libraries fail in many ways on broken files; one file must not stop a batch
        found = f"无法解析（{type(error).__name__}: {error}）"
        raise failure("完整的文件", found, "确认文件没有损坏，或另存为 txt 后重试") from error


def _read(name: str, inner: str, content: bytes, limits: Limits) -> SourceText:
    """Text of the content of a file, whose name without what it was packed with is `inner`."""
    kind = kind_of(inner, content)
    if kind == "zip":
        with archive.open_zip(content, limits, name):
            raise _archive_in_place_of_file(name)
    try:
        extracted = _extractor(kind)(content, limits)
    except ModuleNotFoundError as error:  # old formats load their libraries when they are sure of the format
        raise missing_library(*EXTRAS.get(kind, (kind, "formats"))) from error
    return _finish(name, kind, extracted, limits)


def _unpacked_already(name: str, content: bytes, limits: Limits) -> SourceText:
    """A file that is called packed and is none: some servers and browsers unpack it and keep its name."""
    try:
        found = _read(name, without_ending(name), content, limits)
    except ReadingError as error:
        ending = ending_of(name)
        action = f"重新下载；若已经解压，去掉扩展名 .{ending} 后重试"
        raise failure(f"压缩文件（.{ending}）", f"不是 {ending} 压缩的数据", action) from error
    warning = f"扩展名是 {ending_of(name)}，实际没有压缩，已按其内容读取，请核对。"
    return replace(found, warnings=(warning, *found.warnings))


def read_source(source: Source, limits: Limits | None = None) -> SourceText:
    """Read what `expand` found. Raises ReadingError, also for a source that carries an error."""
    if source.error is not None:
        raise ReadingError(source.error)
    if source.place is not None:
        limits = limits or Limits()
        return read(source.name, load_line(source.name, source.place, limits), limits)
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
    except ModuleNotFoundError:
        if kind == "markdown":
            return _with_its_marks
        raise
    extract: Callable[[bytes, Limits], Extracted] = module.extract
    return extract


def _with_its_marks(data: bytes, limits: Limits) -> Extracted:
    """Markdown as the text that it is as well, where its library is not installed."""
    from zhenggai.notice.formats import text

    found = text.extract(data, limits)
    warning = '未安装 Markdown 读取组件，按普通文本读取；可运行 pip install "zhenggai[html]"'
    return replace(found, warnings=(*found.warnings, warning))


def _archive_in_place_of_file(name: str) -> ReadingError:
    if kind := called(name):
        return no_document(kind)
    if archive.SEPARATOR in name:
        return failure("不超过两层的压缩包", "压缩包里还有压缩包", "先解压里面的压缩包")
    return failure("单个文件", "是压缩包", f"写成 {name}{archive.SEPARATOR}成员名，或先展开")


_NEVER_PAGES = frozenset(["docx", "xlsx", "pdf", "ofd", "zip"])
"""Endings that no program gives a page; old Word and Excel files often are pages."""


def _finish(name: str, kind: str, extracted: Extracted, limits: Limits) -> SourceText:
    text = unified(extracted.text)
    if len(text) > limits.characters:
        raise failure(f"不超过 {limits.characters} 字", f"有 {len(text)} 字", "拆分文件后重试")
    if all(char.isspace() or char in BLANKS for char in text):
        raise failure("有文字的通报", "没有任何文字", "确认文件内容，或另存为 txt 后重试")
    warnings = extracted.warnings
    if kind == "html" and ending_of(name) in _NEVER_PAGES:
        found = f"扩展名是 {ending_of(name)}，实际是网页（可能是登录页或下载失败的提示），请核对"
        warnings = (f"{found}。", *warnings)
    if may_be_garbled(text):
        from zhenggai.notice.formats.text import plausibility

        warnings = (*warnings, *garbled_warning(text, plausibility))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates cannot be written to a ledger
        text = text.encode("utf-8", "replace").decode("utf-8")
    head = extracted.headings, extracted.subject, extracted.sent
    return SourceText(name, text, extracted.encoding, kind, warnings, *head)
