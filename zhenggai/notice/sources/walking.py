"""A path, a folder or a glob → names of files, in an order that never changes."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.detect import READABLE
from zhenggai.notice.formats.ledgers import is_own_ledger
from zhenggai.notice.sources.passing import HEAD, is_hidden, may_be_notice


class Found(NamedTuple):
    """A name, and why there is nothing to read there, in Chinese."""

    name: str
    error: str | None = None
    left_out: bool = False
    """Whether it is a ledger of our own beside the notices, which is no notice and no error."""
    passed_over: bool = False
    """Whether it is surely no notice."""


def walk(given: str) -> Iterator[Found]:
    """The files that one argument names; an error in Chinese where there are none."""
    if os.path.isdir(given):
        ledgers = others = 0
        for found in _folder(given):
            ledgers += found.left_out
            others += not (found.left_out or found.passed_over)
            yield found
        if not others:
            yield Found(given, _no_files(only_ledgers=ledgers > 0))
    elif os.path.lexists(given) or not glob.has_magic(given):
        yield Found(given, None if _exists(given) else _missing(given))
    else:
        yield from _glob(given)


def _exists(given: str) -> bool:
    """Existing on disk, or a member of an archive (`archive.zip!/member`)."""
    try:
        return os.path.exists(given) or os.path.isfile(given.partition("!/")[0])
    except ValueError:  # a NUL in the name
        return False


def _judged(path: str) -> Iterator[Found]:
    """A file in a folder or of a pattern; nothing where it is hidden."""
    name = os.path.basename(path)
    if is_own_ledger(path):
        yield Found(path, left_out=True)
    elif not is_hidden(name):
        yield Found(path, passed_over=not may_be_notice(name, lambda: _head(path)))


def _head(path: str) -> bytes:
    """The beginning of a file; of what cannot be read that of a document, since reading it will say why."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return b""  # a pipe, which opening would wait for
        with open(path, "rb") as stream:
            return stream.read(HEAD)
    except OSError:
        return b"%PDF-"


def _folder(top: str) -> Iterator[Found]:
    """Files below a folder, sorted; links are followed, each real folder once."""
    visited: set[str] = set()

    def visit(folder: str) -> Iterator[Found]:
        real = os.path.realpath(folder)
        if real in visited:
            return
        visited.add(real)
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            yield Found(folder)  # reading it will say why
            return
        pages = {os.path.splitext(n)[0] for n in names if n.lower().endswith((".html", ".htm"))}
        for name in names:
            path = os.path.join(folder, name)
            if name.startswith((".", "~$")):
                continue
            if os.path.isdir(path):
                if not _belongs_to_page(name, pages):
                    yield from visit(path)
            else:
                yield from _judged(path)

    yield from visit(top)


def _belongs_to_page(folder: str, pages: set[str]) -> bool:
    """A browser saves the parts of `page.html` in `page_files`."""
    return any(folder == page + ending for page in pages for ending in ("_files", ".files"))


def _glob(pattern: str) -> Iterator[Found]:
    names = sorted(glob.glob(pattern, recursive=True))
    if not names:
        yield Found(pattern, str(failure("至少匹配一个文件的通配符", "没有匹配的文件", "检查路径和通配符")))
    for name in names:
        if os.path.isdir(name):
            yield from _folder(name)
        else:
            yield from _judged(name)


def _missing(given: str) -> str:
    if given.lower().startswith(("http://", "https://")):
        return str(failure("本机上的文件或文件夹", "是网址", "先用浏览器将网页另存到本机"))
    return str(failure("存在的文件或文件夹", "路径不存在", "检查路径"))


def _no_files(only_ledgers: bool) -> str:
    found = "只有本软件写出的台账" if only_ledgers else "没有可读的文件"
    return str(failure("含有通报的文件夹", found, f"检查路径；能读取的格式有 {READABLE}"))
