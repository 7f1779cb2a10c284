"""What holds at a place in an RTF file, and what its heads (fonts, styles) say."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from zhenggai.notice.formats.rtf_words import SYMBOL_FONT, WIDE, charset_codec, page_codec
from zhenggai.notice.formats.word_tree import CellShape, RowShape

_MOST_CELLS = 500
SKIP, TEXT, FONTS, STYLES, NUMBER, BOX, UNICODE = range(7)
"""Destinations: nothing, the document, its fonts and styles, a written number, a text box, `\\upr`."""


@dataclass(slots=True)
class State:
    """Properties that a group inherits and that end with it."""

    to: int = TEXT
    outer: int = TEXT
    """Around `\\upr`, which has a text twice."""
    begins: bool = False
    """Whether this group is the one that began its destination."""
    font: int = -1
    wide_font: int = -1
    after_dbch: bool = False
    skipped: int = 1
    """Characters that stand for a `\\u` in old programs."""
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    depth: int = 1
    style: int = 0
    outline: int = -1
    left: int = 0
    cells: tuple[CellShape, ...] = ()
    merged: bool = False

    def inner(self) -> State:
        """The state of a group within."""
        state = copy(self)
        state.begins = False
        if state.to == UNICODE:
            state.to = SKIP  # in bytes, what the group `\\ud` beside it has in Unicode
        return state

    def change(self, word: bytes, value: int, is_on: bool) -> bool:
        """Follows a control word that sets a property; whether it is one."""
        return self._of_characters(word, value, is_on) or self._of_paragraph(word, value)

    def _of_characters(self, word: bytes, value: int, is_on: bool) -> bool:
        if word == b"f":
            self.font = value
            if self.after_dbch:  # as Word 97 writes it
                self.wide_font, self.after_dbch = value, False
        elif word == b"af" and self.after_dbch:
            self.wide_font, self.after_dbch = value, False
        elif word in (b"dbch", b"loch", b"hich"):
            self.after_dbch = word == b"dbch"
        elif word == b"v":
            self.hidden = is_on
        elif word == b"deleted":
            self.deleted = is_on
        elif word == b"plain":
            self.font = self.wide_font = -1
            self.hidden = self.deleted = self.after_dbch = False
        elif word == b"uc":
            self.skipped = max(0, min(value, 10))
        else:
            return False
        return True

    def _of_paragraph(self, word: bytes, value: int) -> bool:
        if word == b"pard":
            self.in_table, self.depth, self.style, self.outline = False, 1, 0, -1
        elif word == b"intbl":
            self.in_table = True
        elif word == b"itap":
            self.depth, self.in_table = value, value > 0
        elif word == b"s":
            self.style = value
        elif word == b"outlinelevel":
            self.outline = value
        elif word == b"trowd":
            self.left, self.cells, self.merged = 0, (), False
        elif word == b"trleft":
            self.left = value
        elif word == b"clvmrg":
            self.merged = True
        elif word == b"cellx":  # ends the definition of a cell, with its right edge
            self.cells = (*self.cells[:_MOST_CELLS], CellShape(value, self.merged))
            self.merged = False
        else:
            return False
        return True

    def row(self) -> RowShape:
        """The definition of a row."""
        return RowShape(self.left, self.cells)

    def table_depth(self) -> int:
        """0 outside tables."""
        return max(1, self.depth) if self.in_table else 0


@dataclass(slots=True)
class Heads:
    """Encodings and styles of the document."""

    page: str = "cp1252"
    default_font: int = -1
    fonts: dict[int, str | None] = field(default_factory=dict)
    styles: Element = field(default_factory=lambda: Element("styles"))

    def set_font(self, font: int, charset: int) -> None:
        """`\\fcharset` of a font."""
        self.fonts[font] = charset_codec(charset)

    def set_page(self, font: int, page: int) -> None:
        """`\\cpg` of a font."""
        self.fonts[font] = page_codec(page)

    def codec(self, state: State) -> str:
        """The encoding of the bytes at a place."""
        own = self.fonts.get(state.font if state.font >= 0 else self.default_font)
        wide = self.fonts.get(state.wide_font)
        if own == SYMBOL_FONT or own in WIDE:
            return own or ""
        return wide if wide in WIDE and wide is not None else own or self.page

    def decode(self, data: bytes, codec: str) -> str:
        """Bytes as text; Chinese ones that a Chinese document has in a western font as well."""
        if codec == SYMBOL_FONT:
            return ""
        if codec not in WIDE and not data.isascii() and any(name in WIDE for name in self.fonts.values()):
            try:
                return data.decode("gb18030")
            except UnicodeDecodeError:
                pass
        return data.decode(codec, "replace")

    def add_style(self, state: State, name: str) -> None:
        """A paragraph style, at the end of its group."""
        style = SubElement(self.styles, "style", type="paragraph", styleId=str(state.style))
        SubElement(style, "name", val=name.strip().rstrip(";"))
        if state.outline >= 0:
            SubElement(SubElement(style, "pPr"), "outlineLvl", val=str(state.outline))
