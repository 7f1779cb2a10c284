"""Books (EPUB): the chapters in reading order are one text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from zhenggai.errors import ReadingError
from zhenggai.notice.formats import html
from zhenggai.notice.formats.archive import members, open_zip, read_member
from zhenggai.notice.formats.article import with_head
from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure
from zhenggai.notice.formats.office_xml import attribute, child, local_name, parse
from zhenggai.patterns import compiled

if TYPE_CHECKING:
    import zipfile
    from xml.etree.ElementTree import Element

KIND = "电子书（epub）"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTED = "META-INF/encryption.xml"
_PAGES = (".xhtml", ".html", ".htm")
_LOCKED_PAGE = compiled(rb"URI\s*=\s*[\"'][^\"']{1,300}\.x?html?[\"']", re.I)
_HEAD = compiled(r"<head\b.*?</head\s*>", re.I | re.S)
_REPAIR = "重新下载，或另存为 txt 后重试"


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of all chapters. Raises ReadingError: damaged, locked, too many chapters, or no text."""
    deadline = Deadline(limits.seconds)
    with open_zip(data, limits) as book:
        names = set(members(book))
        if _ENCRYPTED in names and _LOCKED_PAGE.search(read_member(book, _ENCRYPTED, limits)):
            raise failure(f"没有加密的{KIND}", "正文已加密", "换用没有加密的文件，或复制正文存为 txt")
        title, chapters = _contents(book, names, limits)
        if len(chapters) > limits.pages:
            raise failure(f"不超过 {limits.pages} 章的{KIND}", f"有 {len(chapters)} 章", "拆分后重试")
        found = list(_texts(book, chapters, limits, deadline))
    if not found:
        raise failure(f"有正文的{KIND}", "没有任何文字（可能只有图片）", "复制正文存为 txt 或 docx")
    return with_head(_joined(found), title)


def _contents(book: zipfile.ZipFile, names: set[str], limits: Limits) -> tuple[str, list[str]]:
    """The title, and the names of the chapters in reading order; by name where the book does not say."""
    try:
        container = parse(read_member(book, _CONTAINER, limits), KIND, _REPAIR)
        place = attribute(child(container, "rootfiles", "rootfile"), "full-path")
        package = parse(read_member(book, place, limits), KIND, _REPAIR)
    except ReadingError:
        return "", sorted(name for name in names if name.lower().endswith(_PAGES))
    title = child(package, "metadata", "title")
    said = " ".join((title.text or "").split()) if title is not None else ""
    folder = posixpath.dirname(place)
    found = [posixpath.normpath(posixpath.join(folder, href)) for href in _spine(package)]
    return said, [name for name in found if name in names]


def _spine(package: Element) -> Iterator[str]:
    """Names of the pages that are to be read, but for the list of contents."""
    pages = {attribute(item, "id"): item for item in child(package, "manifest") or ()}
    seen: set[str] = set()
    for reference in child(package, "spine") or ():
        item = pages.get(attribute(reference, "idref")) if local_name(reference) == "itemref" else None
        href = unquote(attribute(item, "href").partition("#")[0])
        if item is not None and href not in seen and "nav" not in attribute(item, "properties").split():
            seen.add(href)
            yield href


def _texts(
    book: zipfile.ZipFile, chapters: list[str], limits: Limits, deadline: Deadline
) -> Iterator[Extracted]:
    """Texts of the chapters that have one; the names in their heads are not those of the notice."""
    for name in chapters:
        deadline.check()
        data = read_member(book, name, limits)
        page, encoding, warnings = html.decode(data, html.declared_encoding(data))
        try:
            yield html.extracted(_HEAD.sub("", page, count=1), limits, encoding, warnings)
        except ReadingError:
            if _has_text(page):  # not a picture alone: nested too deep, say
                raise


def _has_text(page: str) -> bool:
    return len(re.sub(r"<[^>]*>|\s", "", _HEAD.sub("", page, count=1))) > 0


def _joined(chapters: list[Extracted]) -> Extracted:
    headings: list[int] = []
    at = 0
    for chapter in chapters:
        headings += [at + start for start in chapter.headings]
        at += len(chapter.text) + 1
    warnings = dict.fromkeys(warning for chapter in chapters for warning in chapter.warnings)
    text = "\n".join(chapter.text for chapter in chapters)
    return Extracted(text, chapters[0].encoding, tuple(warnings), tuple(headings))
