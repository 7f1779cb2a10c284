"""Properties of a binary Word file as changes (sprm) and the pages that hold them.

Source: [MS-DOC], structures Sprm, PChgTabsOperand, ChpxFkp, PapxFkp, PlcBteChpx, PlcBtePapx.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from struct import unpack_from

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
"""Of an operand, by the upper three bits of its sprm; 0: the operand begins with its size."""
TABLE_SHAPE = 0xD608
_TABS = 0xC615
_ELSEWHERE = frozenset([0x6645, 0x6646, 0x646B])
"""sprmPHugePapx, and sprmPTableProps: more changes stand in the data stream, those of wide tables say."""
_PAGE = 512
_PAGE_NUMBER = 0x3FFFFF


def sprms(changes: bytes) -> Iterator[tuple[int, bytes]]:
    """Each change's code and operand, as far as they can be followed."""
    place = 0
    while place + 2 < len(changes):
        (code,) = unpack_from("<H", changes, place)
        place += 2
        size = _SIZES[code >> 13]
        if code == TABLE_SHAPE:
            if place + 2 > len(changes):
                return
            size = max(0, unpack_from("<H", changes, place)[0] - 1)
            place += 2
        elif not size:
            size = changes[place]
            place += 1
            if code == _TABS and size == 0xFF:
                size = _tabs_size(changes, place)
        yield code, changes[place : place + size]
        place += size


def _tabs_size(changes: bytes, place: int) -> int:
    """Of sprmPChgTabs with more tab stops than one byte can tell."""
    gone = changes[place] if place < len(changes) else 0
    added_at = place + 1 + 4 * gone
    added = changes[added_at] if added_at < len(changes) else 0
    return 2 + 4 * gone + 3 * added


def with_those_elsewhere(changes: bytes, data: bytes) -> bytes:
    """The changes, and after them those to which they refer in the data stream (PrcData)."""
    found = changes
    for code, operand in sprms(changes):
        if code in _ELSEWHERE and len(operand) == 4:
            (place,) = unpack_from("<I", operand)
            if place + 2 <= len(data):
                (size,) = unpack_from("<H", data, place)
                found += data[place + 2 : place + 2 + size]
    return found


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of the main stream, by ascending place, and the properties that hold in each."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    values: tuple[bytes, ...]

    def at(self, place: int) -> bytes:
        """The properties at a place in the main stream, empty where the file says nothing."""
        index = bisect_right(self.starts, place) - 1
        return self.values[index] if index >= 0 and place < self.ends[index] else b""

    def end(self, place: int) -> int | None:
        """Where the stretch at a place ends."""
        index = bisect_right(self.starts, place) - 1
        return self.ends[index] if index >= 0 and place < self.ends[index] else None

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """The stretches between two places, without gaps."""
        index = max(0, bisect_right(self.starts, start) - 1)
        while start < end:
            while index < len(self.starts) and self.ends[index] <= start:
                index += 1
            if index == len(self.starts) or self.starts[index] >= end:
                yield start, end, b""
                return
            if self.starts[index] > start:
                yield start, self.starts[index], b""
                start = self.starts[index]
            stop = min(end, self.ends[index])
            yield start, stop, self.values[index]
            start = stop


def runs(table: bytes, main: bytes, is_paragraphs: bool) -> Runs:
    """All stretches that the pages named in a PlcBteChpx or PlcBtePapx tell.

    Of paragraphs the value is the style's number (two bytes) and changes, of characters changes.
    """
    count = max(0, (len(table) - 4) // 8)
    pages = unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    found: dict[int, tuple[int, bytes]] = {}
    for number in dict.fromkeys(number & _PAGE_NUMBER for number in pages):
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            for start, end, value in _page(page, is_paragraphs):
                found[start] = (end, value)
    starts = sorted(found)
    ends = [min(found[start][0], following) for start, following in pairwise([*starts, 1 << 32])]
    return Runs(tuple(starts), tuple(ends), tuple(found[start][1] for start in starts))


def _page(page: bytes, is_paragraphs: bool) -> Iterator[tuple[int, int, bytes]]:
    count = page[-1]
    width = 13 if is_paragraphs else 1
    if 4 * (count + 1) + width * count > _PAGE:
        return
    places = unpack_from(f"<{count + 1}I", page)
    for index, (start, end) in enumerate(pairwise(places)):
        place = 2 * page[4 * (count + 1) + width * index]
        yield start, end, (_value(page, place, is_paragraphs) if place and start < end else b"")


def _value(page: bytes, place: int, is_paragraphs: bool) -> bytes:
    size = page[place]
    if not is_paragraphs:
        return page[place + 1 : place + 1 + size]
    if size:
        return page[place + 1 : place + 2 * size]
    size = page[place + 1] if place + 1 < _PAGE else 0
    return page[place + 2 : place + 2 + 2 * size]
