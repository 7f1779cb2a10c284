"""RTF documents: text, tables, written numbers and headings, in one walk over the file.

Source: Microsoft, Rich Text Format (RTF) Specification, version 1.9.1. The library striprtf drops the numbers
of lists, keeps hidden and deleted text and loses tables; hence this reader. Left out: notes, comments, heads
and feet of pages, codes of fields, hidden and deleted text.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure
from zhenggai.notice.formats.docx_body import Body
from zhenggai.notice.formats.lists import set_off
from zhenggai.notice.formats.rtf_state import BOX, FONTS, NUMBER, SKIP, STYLES, TEXT, UNICODE, Heads, State
from zhenggai.notice.formats.rtf_words import (
    CHARACTERS,
    SKIPPED,
    STARRED,
    SYMBOLS,
    TOKEN,
    TOKEN_UTF8,
    page_codec,
)
from zhenggai.notice.formats.whitespace import BLANKS
from zhenggai.notice.formats.word_tree import GivenNumbers, TreeBuilder, paragraph, shown_text
from zhenggai.patterns import compiled

_DEEPEST = 2_000
_LETTER_AS_BULLET = compiled(r"[a-zA-ZØ§·]")
_NUMBER_SIGN = compiled(r"\w")


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of an RTF file, a paragraph or a table row a line. Raises ReadingError: too deep, out of time."""
    deadline = Deadline(limits.seconds)
    reader = _Reader(data, deadline)
    document = reader.document()
    warnings = ("RTF 文件不完整，可能缺少结尾，请核对。",) if reader.is_cut else ()
    return Body(GivenNumbers(reader.heads.styles), deadline).extracted(document, warnings)


class _Reader:
    """Goes through the tokens once and builds the tree of the document."""

    def __init__(self, data: bytes, deadline: Deadline) -> None:
        self._data = data
        self._deadline = deadline
        self._is_utf8 = _is_utf8(data)
        self.heads = Heads()
        self._state = State()
        self._groups: list[State] = []
        self._tree = TreeBuilder()
        self._texts: list[list[str]] = [[]]
        """Of the document and the text boxes that are open."""
        self._boxes: list[str] = []
        self._bytes = bytearray()
        self._codec = ""
        self._skip = 0
        self._number: list[str] = []
        self._aside: list[str] = []
        """Text of the destination that is no text of the document: name of a style."""
        self._starred = False
        self.is_cut = False
        """Whether the file ended within a group."""

    def document(self) -> Element:
        """The tree of the document. Raises ReadingError: too deep, out of time."""
        pattern = TOKEN_UTF8 if self._is_utf8 else TOKEN
        place, count, end = self._data.find(b"{\\rtf"), 0, len(self._data)
        while place < end and (match := pattern.match(self._data, place)):
            place = match.end()
            count += 1
            if count % 1000 == 0:
                self._deadline.check()
            if match["word"]:
                place += self._word(match["word"], match["number"])
            elif match["text"]:
                self._plain(match["text"])
            elif match["byte"]:
                self._byte(int(match["byte"], 16))
            elif match["brace"]:
                self._brace(match["brace"])
                if not self._groups:
                    break
            elif match["symbol"]:
                self._symbol(match["symbol"])
        self._flush()
        self.is_cut = bool(self._groups)
        self._groups.clear()
        self._state = State()
        del self._texts[1:]
        self._paragraph_end(only_text=True)
        return self._tree.document()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip, self._starred = 0, False
        if brace == b"{":
            if len(self._groups) >= _DEEPEST:
                raise failure(f"嵌套不超过 {_DEEPEST} 层的 RTF 文档", "嵌套过深", "另存为 docx 或 txt 后重试")
            self._groups.append(self._state)
            self._state = self._state.inner()
            return
        state = self._state
        if state.to == STYLES and state.style and self._aside:
            self.heads.add_style(state, "".join(self._aside))
        if state.to in (STYLES, FONTS):
            self._aside.clear()
        if state.begins and state.to == BOX:
            self._paragraph_end(only_text=True)
            self._texts.pop()
        if self._groups:
            self._state = self._groups.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in b"\r\n":
            self._paragraph_end()
        elif self._skip:
            self._skip -= 1
        elif symbol in b"\\{}":
            self._add_bytes(symbol)
        elif symbol in SYMBOLS:
            self._add(SYMBOLS[symbol])

    def _plain(self, text: bytes) -> None:
        if self._skip:
            gone = min(self._skip, len(text))
            self._skip -= gone
            text = text[gone:]
        if self._is_utf8 and not text.isascii():
            self._add(text.decode("utf-8", "replace"))
        elif text:
            self._add_bytes(text)

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._add_bytes(bytes((value,)))

    def _add_bytes(self, data: bytes) -> None:
        state = self._state
        if state.to == SKIP or state.hidden or state.deleted:
            return
        codec = self.heads.codec(state)
        if codec != self._codec:
            self._flush()
            self._codec = codec
        self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            data = bytes(self._bytes)
            self._bytes.clear()
            self._put(self.heads.decode(data, self._codec))

    def _add(self, text: str) -> None:
        self._flush()
        if self._state.to != SKIP and not self._state.hidden and not self._state.deleted:
            self._put(text)

    def _put(self, text: str) -> None:
        to = self._state.to
        if to == NUMBER:
            self._number.append(text)
        elif to in (FONTS, STYLES):
            self._aside.append(text)
        elif to in (TEXT, BOX):
            self._texts[-1].append(text)

    def _word(self, word: bytes, digits: bytes | None) -> int:
        """Follows a control word; how many bytes after it are data."""
        number = int(digits) if digits else None
        if word == b"u" and number is not None:
            self._add(chr(number & 0xFFFF))
            self._skip = self._state.skipped
            return 0
        self._flush()
        self._skip = 0
        if word == b"bin":
            return max(0, number or 0)
        starred, self._starred = self._starred, False
        if starred and word == b"ud":
            self._state.to = self._state.outer
        elif word in SKIPPED or (starred and word not in STARRED):
            self._state.to = SKIP
        elif self._state.to != SKIP and not self._destination(word) and not self._mark(word):
            if word in CHARACTERS:
                self._add(CHARACTERS[word])
            else:
                value = number or 0
                if not self._state.change(word, value, is_on=number != 0):
                    self._of_head(word, value)
        return 0

    def _destination(self, word: bytes) -> bool:
        state = self._state
        if word == b"fonttbl":
            state.to = FONTS
        elif word == b"stylesheet":
            state.to = STYLES
        elif word in (b"listtext", b"pntext"):
            state.to = NUMBER
            self._number.clear()
        elif word == b"upr":
            state.to, state.outer = UNICODE, state.to
        elif word == b"shptxt":
            state.to, state.begins = BOX, True
            self._texts.append([])
        else:
            return False
        return True

    def _mark(self, word: bytes) -> bool:
        """Ends of paragraphs, cells and rows."""
        if word in (b"par", b"sect"):
            self._paragraph_end()
        elif word in (b"cell", b"nestcell"):
            depth = 1 if word == b"cell" else max(2, self._state.depth)
            self._paragraph_end(depth)
            if len(self._texts) == 1:
                self._tree.end_cell(depth)
        elif word in (b"row", b"nestrow"):
            if len(self._texts) == 1:
                self._tree.end_row(1 if word == b"row" else max(2, self._state.depth), self._state.row())
        else:
            return False
        return True

    def _paragraph_end(self, depth: int | None = None, only_text: bool = False) -> None:
        self._flush()
        state = self._state
        if state.to not in (TEXT, BOX):
            return
        text = shown_text(self._texts[-1], _CONTROLS)
        self._texts[-1].clear()
        if only_text and not text:
            return
        if len(self._texts) > 1:
            self._boxes.append(text)
            return
        values = [("pStyle", str(state.style))] if state.style else []
        values += [("outlineLvl", str(state.outline))] if state.outline >= 0 else []
        if number := _number(shown_text(self._number, _CONTROLS)):
            values.append(("marker", number))
        self._number.clear()
        level = state.table_depth() if depth is None else depth
        self._tree.add(paragraph(text, values, state.deleted and depth is None and not only_text), level)
        for box in self._boxes:
            self._tree.add(paragraph(box), level)
        self._boxes.clear()

    def _of_head(self, word: bytes, value: int) -> None:
        if word == b"ansicpg":
            self.heads.page = page_codec(value)
        elif word == b"deff":
            self.heads.default_font = value
        elif self._state.to == FONTS and word == b"fcharset":
            self.heads.set_font(self._state.font, value)
        elif self._state.to == FONTS and word == b"cpg" and value:
            self.heads.set_page(self._state.font, value)


_CONTROLS = {**dict.fromkeys(range(0x20)), 0x09: " ", **dict.fromkeys((0x0A, 0x0B, 0x0D), "\n")}


def _number(text: str) -> str:
    """A number as the file writes it down; nothing for a bullet."""
    shown = re.sub(r"\s+", " ", text).strip(BLANKS)
    if not _NUMBER_SIGN.search(shown) or _LETTER_AS_BULLET.fullmatch(shown):
        return ""
    return set_off(shown)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.isascii()
