"""A path, a folder or a glob → names of files, in an order that never changes."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.detect import READABLE
from zhenggai.notice.ledgers import is_own_ledger
from zhenggai.patterns import compiled

_COMPANIONS = (
    "png jpg jpeg gif bmp ico svg webp tif tiff css js map woff woff2 ttf eot mp3 mp4 avi wav "
    "json jsonl parquet yaml yml toml py pyc db ini lnk url log"
)
COMPANIONS = frozenset(_COMPANIONS.split())
"""Endings of what lies beside notices (parts of saved pages, data, settings): passed over in a folder."""

_HIDDEN = compiled(r"\.[^.]|~\$|__MACOSX$")


class Found(NamedTuple):
    """A name, and why there is nothing to read there, in Chinese."""

    name: str
    error: str | None = None
    left_out: bool = False
    """Whether it is a ledger of our own beside the notices, which is no notice and no error."""


def walk(given: str) -> Iterator[Found]:
    """The files that one argument names; an error in Chinese where there are none."""
    if os.path.isdir(given):
        empty = only_ledgers = True
        for found in _folder(given):
            empty, only_ledgers = False, only_ledgers and found.left_out
            yield found
        if only_ledgers:
            yield Found(given, _no_files(only_ledgers=not empty))
    elif os.path.lexists(given) or not glob.has_magic(given):
        yield Found(given, None if _exists(given) else _missing(given))
    else:
        yield from _glob(given)


def is_companion(name: str) -> bool:
    """Whether a file in a folder or archive is passed over: hidden, or no document."""
    path = PurePath(name)
    hidden = any(_HIDDEN.match(part) for part in path.parts)
    return hidden or path.suffix.lower().lstrip(".") in COMPANIONS or path.name == "Thumbs.db"


def _exists(given: str) -> bool:
    """Existing on disk, or a member of an archive (`archive.zip!/member`)."""
    try:
        return os.path.exists(given) or os.path.isfile(given.partition("!/")[0])
    except ValueError:  # a NUL in the name
        return False


def _judged(path: str) -> Iterator[Found]:
    """A file in a folder or of a pattern; nothing where it is passed over."""
    left_out = is_own_ledger(path)
    if left_out or not is_companion(os.path.basename(path)):
        yield Found(path, left_out=left_out)


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
    return str(failure(f"含有 {READABLE}的文件夹", found, "检查路径"))
