"""The piece table of a binary Word file: which bytes are the text, in what order.

Source: [MS-DOC], Retrieving Text; structures Clx, PlcPcd, Pcd, FcCompressed, Prc, Prm0, Prm1.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from struct import error as StructError
from struct import pack, unpack_from

from zhenggai.notice.formats.word_fib import PIECES, WordFile, damaged

_CHANGES, _TABLE = 1, 2
_COMPRESSED = 0x40000000
_COMPLEX = 0x1
_SHORT_CODES = {0x41: 0x0800, 0x45: 0x083C, 0x18: 0x2416, 0x19: 0x2417}
"""Of a Prm0, those that are read: sprmCFRMarkDel, sprmCFVanish, sprmPFInTable, sprmPFTtp."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text in the main stream, `width` bytes a character, with changes to its properties."""

    position: int
    """Of its first character in the text."""
    place: int
    characters: int
    width: int
    changes: bytes = b""

    def text(self, main: bytes, start: int, end: int) -> str:
        """The characters in this part of the main stream; those beyond 16 bits as two surrogates."""
        data = main[start:end]
        if self.width == 1:
            return data.decode("cp1252", "replace")
        units = array("H", data[: len(data) // 2 * 2])
        if pack("=H", 1) != pack("<H", 1):
            units.byteswap()
        return "".join(map(chr, units))


def pieces(file: WordFile, first: int, last: int) -> Iterator[Piece]:
    """The pieces of the text from one position to another, in order. Raises ReadingError: damaged."""
    try:
        yield from _pieces(file, first, last)
    except (StructError, IndexError) as error:
        raise damaged("文字的目录（piece table）不完整") from error


def _pieces(file: WordFile, first: int, last: int) -> Iterator[Piece]:
    clx = file.table(PIECES)
    place, prepared = 0, []
    while place < len(clx) and clx[place] == _CHANGES:
        (size,) = unpack_from("<h", clx, place + 1)
        prepared.append(clx[place + 3 : place + 3 + max(0, size)])
        place += 3 + max(0, size)
    if place >= len(clx) or clx[place] != _TABLE:
        raise damaged("没有文字的目录（piece table）")
    (size,) = unpack_from("<I", clx, place + 1)
    table = clx[place + 5 : place + 5 + size]
    count = (len(table) - 4) // 12
    bounds = unpack_from(f"<{count + 1}I", table)
    for index, (start, end) in enumerate(pairwise(bounds)):
        begin, length = max(start, first), min(end, last) - max(start, first)
        if end <= start or start >= last:
            break
        if length > 0:
            _, fc, prm = unpack_from("<HIH", table, 4 * (count + 1) + 8 * index)
            width = 1 if fc & _COMPRESSED else 2
            place = (fc & (_COMPRESSED - 1)) * width // 2 + (begin - start) * width
            yield Piece(begin, place, length, width, _changes(prm, prepared))


def _changes(prm: int, prepared: list[bytes]) -> bytes:
    """Properties that a fast save set for a whole piece."""
    if prm & _COMPLEX:
        return prepared[prm >> 1] if prm >> 1 < len(prepared) else b""
    code = _SHORT_CODES.get((prm >> 1) & 0x7F)
    return pack("<HB", code, prm >> 8) if code else b""
