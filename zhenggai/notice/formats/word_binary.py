"""Word 97-2003 documents (`.doc`, `.wps`): the main text with its tables, numbers and headings.

Source: [MS-DOC], chiefly Retrieving Text, Overview of Tables, PlcFld and the properties of characters,
paragraphs and tables. Footnotes, comments, heads and feet of pages are other parts of such a file and are
left out, as are deleted and hidden text and the codes of fields, whose results stay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import error as StructError
from struct import unpack_from
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.base import Deadline, Extracted, Limits
from zhenggai.notice.formats.docx_body import Body
from zhenggai.notice.formats.docx_numbering import Numbering
from zhenggai.notice.formats.office_xml import child
from zhenggai.notice.formats.word_boxes import boxes
from zhenggai.notice.formats.word_fib import (
    CHARACTERS,
    LISTS,
    OVERRIDES,
    PARAGRAPHS,
    STYLES,
    WordFile,
    damaged,
    open_word,
)
from zhenggai.notice.formats.word_lists import numbering
from zhenggai.notice.formats.word_pieces import Piece, pieces
from zhenggai.notice.formats.word_sprms import TABLE_SHAPE, Runs, runs, sprms, with_those_elsewhere
from zhenggai.notice.formats.word_styles import properties, styles
from zhenggai.notice.formats.word_tree import CellShape, RowShape, TreeBuilder, paragraph, shown_text
from zhenggai.patterns import compiled

_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09
_GONE = frozenset([_DELETED, _HIDDEN, _SYMBOL])
_STYLE, _IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW = 0x4600, 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_VERTICAL_MERGE = 0xD62B
_CELL = 20
_MARKS = compiled("([\\x07\\x0c\\r\\x13\\x14\\x15])")
_PARAGRAPH_ENDS = "\x07\x0c\r"
_SHOWN = {
    **dict.fromkeys(range(0x20)),
    0x09: " ",
    0x0B: "\n",
    0x0E: "\n",
    0x1E: "-",
}
"""Control characters: pictures, notes and anchors show nothing here."""


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of a doc file, a paragraph or a table row a line.

    Raises:
        ReadingError: damaged, encrypted, of Word 95 or before, too large, out of time.
    """
    deadline = Deadline(limits.seconds)
    file = open_word(data, limits)
    try:
        document = read_body(file, deadline)
    except (StructError, IndexError) as error:
        raise damaged() from error
    lists = numbering(*(f(place) for place in (LISTS, OVERRIDES) for f in (file.table, file.after)))
    return Body(Numbering(lists, styles(file.table(STYLES))), deadline).extracted(document)


def read_body(file: WordFile, deadline: Deadline) -> Element:
    """The main text as the tree of a document. Raises ReadingError: damaged, too deep, out of time."""
    characters = runs(file.table(CHARACTERS), file.main, is_paragraphs=False)
    paragraphs = runs(file.table(PARAGRAPHS), file.main, is_paragraphs=True)
    return _Reader(file, deadline, characters, paragraphs, boxes(file)).document(0, file.characters)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the properties of a paragraph say of its place in tables."""

    depth: int = 0
    is_cell_end: bool = False
    is_row_end: bool = False
    row: RowShape = field(default_factory=RowShape)


class _Reader:
    """Goes through the text once and builds the tree of the document."""

    def __init__(
        self,
        file: WordFile,
        deadline: Deadline,
        characters: Runs,
        paragraphs: Runs,
        boxes: dict[int, tuple[int, int]],
    ) -> None:
        self._file = file
        self._deadline = deadline
        self._characters = characters
        self._paragraphs = paragraphs
        self._boxes = boxes
        self._tree = TreeBuilder()
        self._text: list[str] = []
        self._anchored: list[Element] = []
        self._fields: list[bool] = []
        """Of each open field, whether its code is being read."""

    def document(self, first: int, last: int) -> Element:
        """The text from one position to another. Raises ReadingError: damaged, too deep, out of time."""
        self._tree = TreeBuilder()
        for piece in pieces(self._file, first, last):
            self._piece(piece)
        if any(self._text):
            self._tree.add(paragraph(shown_text(self._text, _SHOWN)), 0)
            self._text = []
        return self._tree.document()

    def _piece(self, piece: Piece) -> None:
        end = piece.place + piece.characters * piece.width
        if end > len(self._file.main):
            raise damaged("正文不完整")
        for start, stop, changes in self._characters.within(piece.place, end):
            self._deadline.check()
            gone = _is_gone(changes + piece.changes)
            place = start
            for part in _MARKS.split(piece.text(self._file.main, start, stop)):
                place += len(part) * piece.width
                if part in ("\x13", "\x14", "\x15"):
                    self._field(part)
                elif part and part in _PARAGRAPH_ENDS:
                    self._end(part, place - piece.width, piece, gone)
                elif not gone and not any(self._fields):
                    self._text.append(part)
                    if "\x08" in part and self._boxes:
                        self._find_boxes(part, piece.position + (place - piece.place) // piece.width)

    def _find_boxes(self, part: str, position: int) -> None:
        """Text boxes that are anchored in a part of the text that ends at this position."""
        for offset, character in enumerate(part, position - len(part)):
            if character == "\x08" and (box := self._boxes.pop(offset, None)) is not None:
                tree = _Reader(self._file, self._deadline, self._characters, self._paragraphs, {}).document(
                    *box
                )
                self._anchored += child(tree, "body") or []

    def _field(self, mark: str) -> None:
        if mark == "\x13":
            self._fields.append(True)
        elif self._fields:
            if mark == "\x14":
                self._fields[-1] = False
            else:
                self._fields.pop()

    def _end(self, mark: str, place: int, piece: Piece, gone: bool) -> None:
        """A paragraph mark, the end of a cell or a row, or a break of page or section."""
        value = self._paragraphs.at(place)
        if mark == "\x0c" and self._paragraphs.end(place) not in (None, place + piece.width):
            self._text.append("\x0b")  # a page ends within the paragraph
            return
        changes = with_those_elsewhere(value[2:], self._file.data) + piece.changes
        shape = _shape(mark, changes)
        text = shown_text(self._text, _SHOWN)
        self._text = []
        if shape.is_row_end:
            self._tree.end_row(shape.depth, shape.row)
            return
        style = _style(value, changes)
        values = [("pStyle", style), *properties(changes)]
        is_joined = gone and mark == "\r" and not shape.is_cell_end
        for element in (paragraph(text, values, is_joined), *self._anchored):
            self._tree.add(element, shape.depth)
        self._anchored = []
        if shape.is_cell_end:
            self._tree.end_cell(shape.depth)


def _is_gone(changes: bytes) -> bool:
    """Whether text with these properties was deleted, is hidden, or stands for a sign of a symbol font."""
    found = {
        code: code == _SYMBOL or operand[:1] == b"\1" for code, operand in sprms(changes) if code in _GONE
    }
    return any(found.values())


def _style(value: bytes, changes: bytes) -> str:
    number = unpack_from("<H", value)[0] if len(value) >= 2 else 0
    for code, operand in sprms(changes):
        if code == _STYLE and len(operand) == 2:
            (number,) = unpack_from("<H", operand)
    return str(number)


def _shape(mark: str, changes: bytes) -> _Shape:
    depth, is_row, inner_cell, inner_row = 0, False, False, False
    row = RowShape()
    merged: dict[int, bool] = {}
    for code, operand in sprms(changes):
        if code == _IN_TABLE:
            depth = max(depth, 1) if operand[:1] == b"\1" else 0
        elif code == _DEPTH and len(operand) == 4:
            depth = unpack_from("<i", operand)[0]
        elif code in (_ROW_END, _INNER_CELL, _INNER_ROW):
            is_on = operand[:1] == b"\1"
            is_row = is_on if code == _ROW_END else is_row
            inner_cell = is_on if code == _INNER_CELL else inner_cell
            inner_row = is_on if code == _INNER_ROW else inner_row
        elif code == TABLE_SHAPE:
            row = _row(operand)
        elif code == _VERTICAL_MERGE and len(operand) == 2:
            merged[operand[0]] = operand[1] & 3 == 1
    if merged:
        cells = (CellShape(c.edge, merged.get(i, c.is_continued)) for i, c in enumerate(row.cells))
        row = RowShape(row.left, tuple(cells))
    if mark == "\x07":  # only tables have it, whatever the properties say
        return _Shape(max(1, depth), not is_row, is_row, row)
    depth = max(0, depth)
    return _Shape(depth, depth > 1 and inner_cell, depth > 1 and inner_row, row)


def _row(operand: bytes) -> RowShape:
    """Edges and merges of the cells (TDefTableOperand, TC80, TCGRF)."""
    count = operand[0] if operand else 0
    if len(operand) < 1 + 2 * (count + 1):
        return RowShape()
    edges = unpack_from(f"<{count + 1}h", operand, 1)
    cells = []
    for index, edge in enumerate(edges[1:]):
        place = 1 + 2 * (count + 1) + _CELL * index
        flags = unpack_from("<H", operand, place)[0] if place + 2 <= len(operand) else 0
        cells.append(CellShape(edge, (flags >> 5) & 3 == 1))
    return RowShape(edges[0], tuple(cells))
