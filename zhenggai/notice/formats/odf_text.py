"""The body of an OpenDocument text as the tree of a Word document, which `docx_body` reads.

Source: OASIS OpenDocument 1.3, part 3: text content, tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from zhenggai.notice.formats.base import Deadline, failure
from zhenggai.notice.formats.odf_lists import Counters, ListStyles
from zhenggai.notice.formats.odf_package import OpenDocument
from zhenggai.notice.formats.odf_paragraph import Paragraphs, check_depth
from zhenggai.notice.formats.office_xml import attribute, integer, local_name
from zhenggai.notice.formats.table import MAX_COLUMNS
from zhenggai.notice.formats.word_tree import cell_properties, paragraph

_GROUPS = frozenset(
    [
        "section",
        "index-body",
        "index-title",
        "table-of-content",
        "frame",
        "text-box",
        "numbered-paragraph",
        "g",
    ]
)
_ROW_GROUPS = frozenset(["table-header-rows", "table-rows", "table-row-group"])
_MOST_REPEATED = 100
_MOST_ELEMENTS = 300_000
"""Paragraphs, tables and cells; repeated cells with tables in them make any number of them."""
_LEVELS = 10


class OpenText:
    """Walks a document once, because numbers count in document order."""

    def __init__(self, document: OpenDocument, deadline: Deadline) -> None:
        self._document = document
        self._deadline = deadline
        self._lists = ListStyles(document)
        self._paragraphs = Paragraphs(document)
        self._outline = Counters()
        self._elements = 0

    def tree(self) -> Element:
        """The document in the form of Word's XML. Raises ReadingError: too deep, out of time."""
        root = Element("document")
        body = SubElement(root, "body")
        if self._document.body is not None:
            body.extend(list(self._blocks(self._document.body, 0)))
        return root

    def _blocks(self, container: Element, depth: int) -> Iterator[Element]:
        check_depth(depth)
        for element in container:
            self._count()
            name = local_name(element)
            if name in ("p", "h"):
                marker = self._heading_number(element) if name == "h" else ""
                yield from self._paragraph(element, marker, depth)
            elif name == "list":
                counters = self._lists.counters(element)
                yield from self._list(element, counters, attribute(element, "style-name"), 1, depth)
            elif name == "table":
                yield self._table(element, depth + 1)
            elif name in _GROUPS and attribute(element, "display") != "none":
                yield from self._blocks(element, depth + 1)

    def _count(self) -> None:
        self._deadline.check()
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise failure("普通的 OpenDocument 文件", "重复的表格单元过多", "另存为 docx 或 txt 后重试")

    def _paragraph(self, element: Element, marker: str, depth: int) -> Iterator[Element]:
        boxes: list[Element] = []
        text = self._paragraphs.text(element, boxes)
        if not self._paragraphs.is_hidden(element):
            values = [("marker", marker)]
            if local_name(element) == "h":
                level = integer(attribute(element, "outline-level"), 1)
                values.append(("outlineLvl", str(max(0, min(level, _LEVELS) - 1))))
            yield paragraph(text, values, self._paragraphs.is_deleting)
        for box in boxes:
            yield from self._blocks(box, depth + 1)

    def _heading_number(self, element: Element) -> str:
        if attribute(element, "is-list-header") == "true":
            return ""
        level = max(1, min(integer(attribute(element, "outline-level"), 1), _LEVELS))
        start = attribute(element, "start-value")
        return self._outline.count(level, self._lists.outline, integer(start, 1) if start else None)

    def _list(
        self, element: Element, counters: Counters, style: str, level: int, depth: int
    ) -> Iterator[Element]:
        check_depth(depth)
        style = attribute(element, "style-name") or style
        levels = self._lists.levels(style)
        for item in element:
            is_numbered = local_name(item) == "list-item"
            start = attribute(item, "start-value")
            for part in item:
                name = local_name(part)
                if name in ("p", "h"):
                    marker = ""
                    if is_numbered:
                        marker = counters.count(level, levels, integer(start, 1) if start else None)
                    yield from self._paragraph(part, marker, depth)
                    is_numbered = False  # what follows belongs to the same number
                elif name == "list":
                    yield from self._list(part, counters, style, level + 1, depth + 1)

    def _table(self, element: Element, depth: int) -> Element:
        check_depth(depth)
        table = Element("tbl")
        below: dict[int, int] = {}
        for row in rows(element, depth):
            made = self._row(row, below, depth)
            if len(made):
                table.append(made)
        return table

    def _row(self, row: Element, below: dict[int, int], depth: int) -> Element:
        """The cells of a row; `below` has the rows that columns are still covered by a cell above."""
        made, column = Element("tr"), 0
        for cell in row:
            name = local_name(cell)
            if name not in ("table-cell", "covered-table-cell") or column > MAX_COLUMNS:
                continue
            for _ in range(max(1, min(integer(attribute(cell, "number-columns-repeated"), 1), MAX_COLUMNS))):
                self._count()
                if name == "table-cell":
                    wide = max(1, min(integer(attribute(cell, "number-columns-spanned"), 1), MAX_COLUMNS))
                    high = integer(attribute(cell, "number-rows-spanned"), 1)
                    below.update(dict.fromkeys(range(column, column + wide), high - 1))
                    made.append(_cell(wide, self._blocks(cell, depth + 1)))
                elif below.get(column, 0) > 0 and _is_of_above(row, cell):
                    below[column] -= 1
                    made.append(_cell(1, iter(()), is_continued=True))
                column += 1
        return made


def _is_of_above(row: Element, cell: Element) -> bool:
    """Whether no cell of the same row spans the covered one."""
    left = 0
    for other in row:
        if other is cell:
            return left <= 0
        if local_name(other) == "table-cell":
            left = integer(attribute(other, "number-columns-spanned"), 1) - 1
        else:
            left -= integer(attribute(other, "number-columns-repeated"), 1)
    return True


def _cell(columns: int, content: Iterator[Element], is_continued: bool = False) -> Element:
    cell = Element("tc")
    cell.append(cell_properties(columns, is_continued))
    cell.extend(list(content))
    return cell


def rows(table: Element, depth: int = 0) -> Iterator[Element]:
    """The rows of a table, those in groups in their place, repeated ones so often as is sensible."""
    check_depth(depth)
    for element in table:
        name = local_name(element)
        if name in _ROW_GROUPS:
            yield from rows(element, depth + 1)
        elif name == "table-row":
            count = integer(attribute(element, "number-rows-repeated"), 1)
            yield from [element] * max(1, min(count, _MOST_REPEATED))
