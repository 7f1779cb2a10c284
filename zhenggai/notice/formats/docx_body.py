"""The body of a Word document as lines, with tracked changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.base import Deadline, Extracted, failure, line_starts
from zhenggai.notice.formats.docx_numbering import Numbering
from zhenggai.notice.formats.office_xml import attribute, child, children, integer, is_on, local_name
from zhenggai.notice.formats.table import Cell, is_page_frame, row_lines
from zhenggai.notice.formats.whitespace import BLANKS

MAX_DEPTH = 100

_GONE = frozenset(
    ["del", "moveFrom", "pPr", "rPr", "rt", "instrText", "delText", "sdtPr", "Fallback", "oMathParaPr"]
)
_WITHIN_RUN = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class HeadingLine(str):
    """A line that the document marks as a heading."""

    __slots__ = ()


class Body:
    """Walks a document once, because automatic numbers count in document order."""

    def __init__(
        self, numbering: Numbering, deadline: Deadline, chunk: Callable[[str], list[str]] | None = None
    ) -> None:
        self._numbering = numbering
        self._chunk = chunk
        self._deadline = deadline

    def lines(self, document: Element) -> list[str]:
        """Lines of a document, empty ones left out."""
        body = child(document, "body")
        return [] if body is None else list(self._blocks(body, 0))

    def extracted(self, document: Element, warnings: tuple[str, ...] = ()) -> Extracted:
        """The lines as the text of a file, with its headings."""
        lines = self.lines(document)
        marked = (index for index, line in enumerate(lines) if isinstance(line, HeadingLine))
        return Extracted("\n".join(lines), warnings=warnings, headings=line_starts(lines, marked))

    def _blocks(self, container: Element, depth: int) -> Iterator[str]:
        """Lines of the paragraphs and tables in a body, a cell or a text box."""
        held = ""  # text of paragraphs whose end mark was deleted: they run on into the next
        for element in _unwrapped(container, depth):
            self._deadline.check()
            name = local_name(element)
            if name == "p":
                boxes: list[Element] = []
                pieces = [held]
                _collect(element, pieces, boxes, 0)
                held = "".join(pieces)
                if child(element, "pPr", "rPr", "del") is None:
                    lines = _split(self._numbered(held, element, local_name(container) == "tc"))
                    is_heading = self._numbering.is_heading(child(element, "pPr"))
                    yield from map(HeadingLine, lines) if is_heading else lines
                    held = ""
                for box in boxes:
                    yield from self._blocks(box, depth + 1)
            elif name == "tbl":
                yield from self._table(element, depth + 1)
            elif name == "altChunk" and self._chunk is not None:
                yield from self._chunk(attribute(element, "id"))
        yield from _split(held)

    def _numbered(self, text: str, paragraph: Element, in_cell: bool) -> str:
        marker = self._numbering.marker(child(paragraph, "pPr"))
        if not text.strip(BLANKS) and not in_cell:
            return ""  # an empty paragraph left over; in a cell the number is that of the row
        return marker + text.lstrip(BLANKS) if marker else text

    def _table(self, table: Element, depth: int) -> Iterator[str]:
        rows = [
            [self._cell(cell, depth) for cell in _unwrapped(row, depth) if local_name(cell) == "tc"]
            for row in _unwrapped(table, depth)
            if local_name(row) == "tr" and child(row, "trPr", "del") is None
        ]
        if max(map(len, rows), default=0) < 2 or is_page_frame(rows):  # a frame around text, not data
            for row in rows:
                for cell in row:
                    yield from cell.lines
        else:
            yield from row_lines(rows)

    def _cell(self, cell: Element, depth: int) -> Cell:
        properties = child(cell, "tcPr")
        columns = max(1, min(100, integer(attribute(child(properties, "gridSpan")), 1)))
        merge = child(properties, "vMerge")
        continued = merge is not None and attribute(merge, "val", "continue") == "continue"
        lines = list(self._blocks(cell, depth + 1))
        return Cell([] if continued else lines, columns, is_continued=continued)


def _unwrapped(container: Element, depth: int) -> Iterator[Element]:
    """Children; those of content controls, custom XML and accepted insertions in their place."""
    _check_depth(depth)
    for element in container:
        name = local_name(element)
        if name == "sdt":
            content = child(element, "sdtContent")
            if content is not None:
                yield from _unwrapped(content, depth + 1)
        elif name in ("customXml", "smartTag", "ins", "moveTo"):
            yield from _unwrapped(element, depth + 1)
        elif name == "AlternateContent":
            chosen = child(element, "Choice")
            yield from _unwrapped(chosen if chosen is not None else element, depth + 1)
        else:
            yield element


def _collect(element: Element, pieces: list[str], boxes: list[Element], depth: int) -> None:
    """Text of a paragraph's runs into `pieces`, its text boxes into `boxes`."""
    _check_depth(depth)
    for part in element:
        name = local_name(part)
        if name == "t":
            pieces.append(part.text or "")
        elif name in _WITHIN_RUN:
            pieces.append(_WITHIN_RUN[name])
        elif name == "txbxContent":
            boxes.append(part)
        elif name == "AlternateContent" and not children(part, "Choice"):
            for fallback in children(part, "Fallback"):
                _collect(fallback, pieces, boxes, depth + 1)
        elif name not in _GONE and not (name == "r" and is_on(child(part, "rPr", "vanish"))):
            _collect(part, pieces, boxes, depth + 1)


def _split(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if stripped := line.strip(BLANKS):
            yield stripped


def _check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise failure(f"嵌套不超过 {MAX_DEPTH} 层的 Word 文档", "嵌套过深", "另存为 txt 后重试")
