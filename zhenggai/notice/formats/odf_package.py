"""OpenDocument files: the content and the styles of a package (zip) or of a flat XML file.

Source: OASIS OpenDocument 1.3, part 2 (packages), part 3 (document roots).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.archive import members, open_zip, read_member
from zhenggai.notice.formats.base import Limits, failure
from zhenggai.notice.formats.office_xml import child, local_name, parse

_STYLE_PARTS = ("styles", "automatic-styles")


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """The body of a document (`office:text`, `office:spreadsheet`) and all its styles."""

    body: Element | None
    styles: tuple[Element, ...]

    def styles_named(self, *names: str) -> Iterator[Element]:
        """The styles of some kinds, by local names."""
        return (style for style in self.styles if local_name(style) in names)


def open_document(data: bytes, what: str, limits: Limits) -> OpenDocument:
    """The document; `what` names its body, `text` or `spreadsheet`.

    Raises:
        ReadingError: damaged, encrypted, a bomb, or without content.
    """
    roots = _members(data, limits) if data.startswith(b"PK") else [_parsed(data)]
    styles = (style for root in roots for name in _STYLE_PARTS for style in _all(child(root, name)))
    body = next((found for root in roots if (found := child(root, "body", what)) is not None), None)
    return OpenDocument(body, tuple(styles))


def _members(data: bytes, limits: Limits) -> list[Element]:
    with open_zip(data, limits) as archive:
        names = members(archive)
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in read_member(archive, manifest, limits):
            raise failure("没有密码的文件", "文件有密码（加密的 OpenDocument）", "取消密码后另存")
        if "content.xml" not in names:
            raise failure(
                "完整的 OpenDocument 文件", "缺少正文 content.xml", "用 LibreOffice 或 WPS 重新另存"
            )
        return [
            _parsed(read_member(archive, name, limits))
            for name in ("styles.xml", "content.xml")
            if name in names
        ]


def _parsed(data: bytes) -> Element:
    return parse(data, "OpenDocument 文件（odt、ods）", "用 LibreOffice 或 WPS 修复后另存")


def _all(element: Element | None) -> Iterator[Element]:
    yield from element if element is not None else ()
