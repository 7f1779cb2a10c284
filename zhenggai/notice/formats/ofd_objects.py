"""Objects of an OFD page → characters and drawn lines, in points from the upper left corner.

An object stands in a box (`Boundary`, in millimetres); its own coordinates pass through its matrix (`CTM`),
then begin at the corner of the box.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.layout_lines import is_level
from zhenggai.notice.formats.layout_tables import Glyph
from zhenggai.notice.formats.office_xml import attribute, local_name
from zhenggai.notice.formats.pdf_tables import Edge

POINTS = 72 / 25.4
"""Points of a millimetre."""
_LARGEST = 1e5
"""Millimetres; larger numbers are damage."""
_LONGEST = 1_000_000
"""Characters of a list that are looked at."""
_ABOVE = 0.88
"""Share of a character's size that stands above its baseline."""
_NARROW = 0.55
"""Width of a Latin letter or digit, where the file does not say."""
_SHORTEST = 3.0
"""Points of a line that may belong to a table."""
_OPERANDS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Operators of a path and how many numbers each takes; the last two are where it ends."""

Point = tuple[float, float]


def numbers(text: str) -> list[float]:
    """The numbers of a list; what is none counts as 0."""
    return [_number(word) for word in _words(text)]


def _words(text: str) -> list[str]:
    return text[:_LONGEST].split()


def _number(text: str, default: float = 0.0) -> float:
    try:
        value = float(text)
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) <= _LARGEST else default


@dataclass(frozen=True, slots=True)
class Matrix:
    """From coordinates in millimetres to points on the page."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of_page(cls, left: float, top: float) -> Matrix:
        """That of a page whose paper begins at this corner (millimetres)."""
        return cls(POINTS, 0.0, 0.0, POINTS, -left * POINTS, -top * POINTS)

    def of_object(self, element: Element) -> Matrix:
        """That of an object which stands in coordinates of this matrix."""
        box, own = _box(element), numbers(attribute(element, "CTM"))
        a, b, c, d, e, f = own if len(own) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        across, down, (x, y) = self.turned(a, b), self.turned(c, d), self.point(e + box[0], f + box[1])
        return Matrix(*across, *down, x, y)

    def point(self, x: float, y: float) -> Point:
        """A point on the page."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def turned(self, x: float, y: float) -> Point:
        """A distance on the page."""
        return self.a * x + self.c * y, self.b * x + self.d * y


def _box(element: Element) -> list[float]:
    box = numbers(attribute(element, "Boundary"))
    return box if len(box) == 4 else [0.0] * 4


def glyphs(element: Element, outer: Matrix) -> Iterator[Glyph]:
    """The characters of a `TextObject`; none if it is rotated, as watermarks are, or has no size."""
    matrix = outer.of_object(element)
    size = _number(attribute(element, "Size") or attribute(element, "size"))  # some programs write it small
    stretch = _number(attribute(element, "HScale"), 1.0) or 1.0
    height = size * math.hypot(matrix.c, matrix.d)
    if matrix.a <= 0 or not is_level(matrix.a, matrix.b) or height <= 0:
        return
    box = _box(element)
    right = outer.point(box[0] + box[2], box[1])[0]
    x = y = 0.0
    for code in element:
        if local_name(code) != "TextCode":
            continue
        text = code.text or ""
        text = text.strip() if "\n" in text else text  # indented by who wrote the file
        x, y = _number(attribute(code, "X"), x), _number(attribute(code, "Y"), y)
        for char, (across, down), advance in _placed(text, code, size * stretch):
            left, base = matrix.point(x + across, y + down)
            width = _width(char, size * stretch * matrix.a, advance * matrix.a, right - left)
            top = base - _ABOVE * height
            yield Glyph(char, left, left + width, top, top + height, height)


def _placed(text: str, code: Element, size: float) -> Iterator[tuple[str, Point, float]]:
    """Characters, where they stand from the first one, and how far away the next one is (0: not said)."""
    across, down = _steps(attribute(code, "DeltaX")), _steps(attribute(code, "DeltaY"))
    upright = not attribute(code, "DeltaX") and any(islice(_steps(attribute(code, "DeltaY")), len(text)))
    x = y = 0.0
    for char in text:
        step = 0.0 if upright else next(across, None)
        yield char, (x, y), step or 0.0
        x += size * _share(char) if step is None else step
        y += next(down, size if upright else 0.0)


def _steps(text: str) -> Iterator[float]:
    """Distances in their short form: `g 3 4.5` stands for three times 4.5."""
    words = iter(_words(text))
    for word in words:
        if word != "g":
            yield _number(word)
            continue
        count, value = _number(next(words, "")), _number(next(words, ""))
        for _ in range(int(count)):
            yield value


def _share(char: str) -> float:
    """Width of a character as a share of its size."""
    return 1.0 if east_asian_width(char) in "WFA" else _NARROW


def _width(char: str, size: float, advance: float, room: float) -> float:
    """Width of a character by the next one's place or, for the last one of an object, by the box."""
    if advance > 0:
        return min(advance, size)
    share = _share(char) * size
    return room if share < size and 0.2 * size < room <= size else share


def edges(element: Element, outer: Matrix, most: int) -> list[Edge]:
    """Level and upright lines of a `PathObject`, at most so many."""
    matrix = outer.of_object(element)
    data = next((e.text or "" for e in element if local_name(e) == "AbbreviatedData"), "")
    return list(islice(_lines(data, matrix), most))


def _lines(data: str, matrix: Matrix) -> Iterator[Edge]:
    for start, end in _sides(data):
        (x0, y0), (x1, y1) = matrix.point(*start), matrix.point(*end)
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if max(wide, high) >= _SHORTEST and min(wide, high) <= 1.0:
            yield Edge(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _sides(data: str) -> Iterator[tuple[Point, Point]]:
    """Straight sides of a path in its short form (`M 0 0 L 10 0 C`)."""
    words = iter(_words(data))
    first = here = (0.0, 0.0)
    for word in words:
        count = _OPERANDS.get(word)
        if count is None:
            continue
        values = numbers(" ".join(islice(words, count)))
        there = (values[-2], values[-1]) if len(values) >= 2 else first
        if word in "LC":
            yield here, there
        elif word in "MS":
            first = there
        here = there
