"""Documents of other formats in the form of Word's XML, so that `docx_body` reads them all alike.

Binary Word files, RTF and OpenDocument know the same things as docx: paragraphs with numbers and a place in
the outline, tables of cells that span columns and rows. Their readers build `w:p` and `w:tbl` (ISO/IEC
29500-1, 17.3 and 17.4) without namespace; the body looks at local names only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.docx_body import MAX_DEPTH
from zhenggai.notice.formats.docx_numbering import Numbering
from zhenggai.notice.formats.office_xml import attribute, child

_NEAR = 30
"""Twips by which the edges of one column may differ from row to row."""


class GivenNumbers(Numbering):
    """Numbers that a reader found itself, or that the file writes down."""

    def __init__(self, styles: Element | None = None) -> None:
        super().__init__(None, styles)

    def marker(self, properties: Element | None) -> str:
        """The number that the reader wrote into the properties."""
        return attribute(properties, "marker")


@dataclass(frozen=True, slots=True)
class CellShape:
    """The right edge of a cell, and whether it goes on from the cell above."""

    edge: int
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class RowShape:
    """The left edge of a row and the shapes of its cells, where the file tells them."""

    left: int = 0
    cells: tuple[CellShape, ...] = ()


def paragraph(text: str, values: Iterable[tuple[str, str]] = (), is_joined: bool = False) -> Element:
    """A paragraph; `values` are properties such as `("outlineLvl", "0")`, with the name `marker` a number.

    `is_joined`: its end mark was deleted.
    """
    element = Element("p")
    properties = add_properties(element, values)
    if is_joined:
        SubElement(SubElement(properties, "rPr"), "del")
    SubElement(element, "t").text = text
    return element


def add_properties(element: Element, values: Iterable[tuple[str, str]]) -> Element:
    """The properties of a paragraph or a style, which are put into it."""
    properties = SubElement(element, "pPr")
    for name, value in values:
        if name == "marker":
            properties.set(name, value)
        elif name in ("numId", "ilvl"):
            numbers = child(properties, "numPr")
            parent = numbers if numbers is not None else SubElement(properties, "numPr")
            SubElement(parent, name, val=value)
        else:
            SubElement(properties, name, val=value)
    return properties


def shown_text(parts: Sequence[str], controls: Mapping[int, str | None]) -> str:
    """Text of which some characters came as two surrogates, its control characters replaced."""
    text = "".join(parts).translate(controls)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(slots=True)
class _Open:
    """A table that is being read."""

    rows: list[tuple[RowShape, list[Element]]] = field(default_factory=list)
    cells: list[Element] = field(default_factory=list)
    content: list[Element] = field(default_factory=list)


class TreeBuilder:
    """Takes paragraphs and ends of cells and rows in the order of the text, each with its depth in tables."""

    def __init__(self) -> None:
        self._body: list[Element] = []
        self._tables: list[_Open] = []

    def add(self, element: Element, depth: int) -> None:
        """A paragraph at this depth: 0 is outside tables. Raises ReadingError: too deep."""
        self._level(depth)
        (self._tables[-1].content if self._tables else self._body).append(element)

    def end_cell(self, depth: int) -> None:
        """The paragraph added last ended a cell."""
        self._level(max(1, depth))
        table = self._tables[-1]
        table.cells.append(_container("tc", table.content))
        table.content = []

    def end_row(self, depth: int, shape: RowShape) -> None:
        """The cells so far are a row."""
        self._level(max(1, depth))
        table = self._tables[-1]
        if table.content:  # text after the last mark of a cell
            table.cells.append(_container("tc", table.content))
        if table.cells:
            table.rows.append((shape, table.cells))
        table.cells, table.content = [], []

    def document(self) -> Element:
        """What was read, with open tables ended."""
        self._level(0)
        document = Element("document")
        document.append(_container("body", self._body))
        return document

    def _level(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise failure(f"嵌套不超过 {MAX_DEPTH} 层的文档", "表格嵌套过深", "另存为 txt 后重试")
        while len(self._tables) > depth:
            table = self._tables.pop()
            if table.content or table.cells:
                cells = [*table.cells, *([_container("tc", table.content)] if table.content else [])]
                table.rows.append((RowShape(), cells))
            if table.rows:
                target = self._tables[-1].content if self._tables else self._body
                target.append(_table(table.rows))
        while len(self._tables) < depth:
            self._tables.append(_Open())


def _container(name: str, content: Sequence[Element]) -> Element:
    element = Element(name)
    element.extend(content)
    return element


def _table(rows: Sequence[tuple[RowShape, list[Element]]]) -> Element:
    """A table whose cells span as many columns as the edges of all rows say."""
    edges = _columns({cell.edge for shape, _ in rows for cell in shape.cells})
    table = Element("tbl")
    for shape, cells in rows:
        row = SubElement(table, "tr")
        start = bisect_right(edges, shape.left + _NEAR)
        for place, cell in enumerate(cells):
            if place < len(shape.cells):
                known = shape.cells[place]
                end = bisect_left(edges, known.edge - _NEAR) + 1
                cell.insert(0, cell_properties(end - start, known.is_continued))
                start = end
            row.append(cell)
    return table


def cell_properties(columns: int, is_continued: bool) -> Element:
    """How many columns a cell spans, and whether it goes on from the cell above."""
    properties = Element("tcPr")
    if columns > 1:
        SubElement(properties, "gridSpan", val=str(columns))
    if is_continued:
        SubElement(properties, "vMerge")
    return properties


def _columns(edges: set[int]) -> list[int]:
    """The edges, those that are nearly the same only once."""
    found: list[int] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found
