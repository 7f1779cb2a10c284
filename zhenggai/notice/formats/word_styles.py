"""The style sheet of a binary Word file as the `styles` of a docx file.

Source: [MS-DOC], structures STSH, STSHI, STD, StdfBase (sti: built-in styles), UpxPapx.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import error as StructError
from struct import unpack_from
from xml.etree.ElementTree import Element, SubElement

from zhenggai.notice.formats.word_sprms import sprms
from zhenggai.notice.formats.word_tree import add_properties

_PARAGRAPH = 1
_NONE = 0xFFF
_HEADINGS = range(1, 10)
_LEVEL, _LIST, _OUTLINE = 0x260A, 0x460B, 0x2640
_MOST_LISTS = 0x7FE
"""Of numbers in a PlfLfo; larger values of sprmPIlfo say that a paragraph has no number."""
_BODY_LEVEL = 9


def properties(changes: bytes) -> list[tuple[str, str]]:
    """What changes to a paragraph say of its numbers and its place in the outline, for `word_tree`."""
    found: dict[str, str] = {}
    for code, operand in sprms(changes):
        if code == _LEVEL and operand:
            found["ilvl"] = str(operand[0])
        elif code == _LIST and len(operand) == 2:
            (number,) = unpack_from("<H", operand)
            found["numId"] = str(number if number <= _MOST_LISTS else 0)
        elif code == _OUTLINE and operand:
            found["outlineLvl"] = str(min(operand[0], _BODY_LEVEL))
    return list(found.items())


def styles(table: bytes) -> Element:
    """The paragraph styles, as far as they can be followed."""
    root = Element("styles")
    try:
        for number, data, fixed in _descriptions(table):
            if (style := _style(number, data, fixed)) is not None:
                root.append(style)
    except (StructError, IndexError):
        pass  # without the rest of the styles the text is there all the same
    return root


def _descriptions(table: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Number, description and size of its fixed part, of each style."""
    (head,) = unpack_from("<H", table)
    count, fixed = unpack_from("<HH", table, 2)
    place = 2 + head
    for number in range(count):
        (size,) = unpack_from("<H", table, place)
        if size:
            yield number, table[place + 2 : place + 2 + size], fixed
        place += 2 + size + size % 2


def _style(number: int, data: bytes, fixed: int) -> Element | None:
    first, kind, counts = unpack_from("<HHH", data)
    if kind & 0xF != _PARAGRAPH:
        return None
    built_in, base = first & 0xFFF, kind >> 4
    (length,) = unpack_from("<H", data, fixed)
    name = data[fixed + 2 : fixed + 2 + 2 * length].decode("utf-16-le", "replace")
    style = Element("style", type="paragraph", styleId=str(number))
    if number == 0:
        style.set("default", "1")
    SubElement(style, "name", val=f"heading {built_in}" if built_in in _HEADINGS else name)
    if base not in (_NONE, number):
        SubElement(style, "basedOn", val=str(base))
    if counts & 0xF:
        place = fixed + 2 + 2 * length + 2
        place += place % 2
        (size,) = unpack_from("<H", data, place)
        add_properties(style, properties(data[place + 4 : place + 2 + size]))
    return style
