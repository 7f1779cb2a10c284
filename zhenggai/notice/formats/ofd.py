"""OFD files (GB/T 33190): characters put into lines by their place, then joined as those of a PDF are.

Read are all documents of a file, page by page, with what stands in nested blocks and in drawings kept in the
resources. Ruled tables are looked for among the drawn lines, in the way of PDF tables. Left out is what is no
text of the document: annotations (stamps, notes, watermarks), seals, attachments, invisible and rotated text,
and what stands in a template that two pages or more are laid upon (running heads, watermarks).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from zhenggai.notice.formats.archive import open_zip
from zhenggai.notice.formats.base import Extracted, Limits, failure
from zhenggai.notice.formats.layout import check_count, check_text, scan_warnings, text_of
from zhenggai.notice.formats.layout_lines import PageLines, page_lines
from zhenggai.notice.formats.layout_tables import Glyph
from zhenggai.notice.formats.ofd_document import (
    Document,
    documents,
    missing,
    page_box,
    resources,
    template_ids,
)
from zhenggai.notice.formats.ofd_drawing import Drawings
from zhenggai.notice.formats.ofd_objects import POINTS, Matrix, edges, glyphs
from zhenggai.notice.formats.ofd_package import KIND, Package
from zhenggai.notice.formats.office_xml import local_name
from zhenggai.notice.formats.pdf_tables import MAX_EDGES, Edge, drawn_page, find_tables

MAX_GLYPHS = 100_000
"""Characters of a page; a full one has about two thousand."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page, at first without its templates."""

    lines: PageLines
    has_images: bool
    templates: tuple[str, ...]


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of an OFD file. Raises ReadingError: damaged, encrypted, scanned, too long, or a bomb."""
    with open_zip(data, limits) as archive:
        package = Package(archive, limits)
        found = documents(package)
        count = sum(len(document.pages) for document in found)
        check_count(count, KIND, limits.pages)
        sheets: list[_Sheet] = []
        texts: list[str] = []
        for document in found:
            pages = list(_Reader(package, document).sheets(len(sheets) + 1))
            texts.append(text_of([page.lines for page in pages]))
            sheets += pages
    text = "\n".join(filter(None, texts))
    scanned = [n for n, sheet in enumerate(sheets, 1) if sheet.has_images and not sheet.lines.lines]
    check_text(text, count, scanned, KIND)
    return Extracted(text, None, tuple(scan_warnings(scanned)))


class _Reader:
    """Reads the pages of a document."""

    def __init__(self, package: Package, document: Document) -> None:
        self._package = package
        self._document = document
        self._drawings = Drawings(package)

    def sheets(self, first: int) -> Iterator[_Sheet]:
        """The pages, numbered from `first`, with the templates that they have for themselves."""
        sheets: list[_Sheet] = []
        for number, part in enumerate(self._document.pages, first):
            if not part:
                raise missing(f"第 {number} 页")
            sheets.append(self._sheet(part, sheets[-1].lines if sheets else None))
        uses = Counter(identifier for sheet in sheets for identifier in sheet.templates)
        for sheet in sheets:
            lines = sheet.lines
            for identifier in sheet.templates:
                part = self._document.templates.get(identifier, "")
                if part and uses[identifier] == 1:
                    lines = _together(lines, self._sheet(part).lines)
            yield replace(sheet, lines=lines)

    def _sheet(self, part: str, before: PageLines | None = None) -> _Sheet:
        """A page, or a template."""
        page = self._package.root(part)
        left, top, width, height = page_box(page, self._document)
        parts = (*resources(page, ("PageRes",), self._package, part), *self._document.resources)
        found: list[Glyph] = []
        drawn: list[Edge] = []
        has_images = False
        for element, matrix in self._drawings.objects(page, Matrix.of_page(left, top), parts):
            name = local_name(element)
            has_images = has_images or name == "ImageObject"
            if name == "TextObject":
                found += islice(glyphs(element, matrix), MAX_GLYPHS + 1)
            elif name == "PathObject" and len(drawn) <= MAX_EDGES:
                drawn += edges(element, matrix, MAX_EDGES + 1)
            if len(found) > MAX_GLYPHS:
                raise failure(f"每页不超过 {MAX_GLYPHS} 字的 {KIND}", "超过此数", "确认文件来源可靠")
        tables = find_tables(drawn_page(drawn, found)) if drawn else []
        lines = page_lines(found, tables, width * POINTS, height * POINTS, before)
        return _Sheet(lines, has_images, tuple(template_ids(page)))


def _together(page: PageLines, below: PageLines) -> PageLines:
    lines = sorted((*page.lines, *below.lines), key=lambda line: (line.top, line.x0))
    return replace(page, lines=tuple(lines), tables=(*page.tables, *below.tables))
