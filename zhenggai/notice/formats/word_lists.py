"""The lists of a binary Word file as the `numbering` of a docx file, which `docx_numbering` counts.

Source: [MS-DOC], structures PlfLst, LSTF, LVL, LVLF, PlfLfo, LFO, LFOLVL;
number formats: [MS-OSHARED], MSONFC.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import error as StructError
from struct import unpack_from
from xml.etree.ElementTree import Element, SubElement

_LSTF, _LVLF, _LFO = 28, 28, 16
_MOST_LISTS = 5_000
_LEVELS = 9
_NO_STYLE = 0xFFF
_FORMATS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    15: "decimalHalfWidth",
    16: "chineseLegalSimplified",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "ideographDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}
_FOLLOWED_BY = ("tab", "space", "nothing")


def number_format(code: int) -> str:
    """The name in docx of a number format of Word and RTF."""
    return _FORMATS.get(code, "decimal")


def numbering(lists: bytes, levels: bytes, overrides: bytes, changed: bytes) -> Element:
    """Lists and their levels, which follow them; overrides and theirs. As far as they can be followed."""
    root = Element("numbering")
    try:
        _lists(root, lists, levels)
        _overrides(root, overrides, changed)
    except (StructError, IndexError, ValueError):
        pass  # paragraphs whose list is not there go without a number
    return root


def _lists(root: Element, lists: bytes, levels: bytes) -> None:
    if len(lists) < 2:
        return
    place = 0
    for index in range(min(unpack_from("<h", lists)[0], _MOST_LISTS)):
        start = 2 + _LSTF * index
        (name,) = unpack_from("<i", lists, start)
        styles = unpack_from("<9H", lists, start + 8)
        is_simple = lists[start + 26] & 1
        abstract = SubElement(root, "abstractNum", abstractNumId=str(name))
        for level in range(1 if is_simple else _LEVELS):
            element, place = _level(levels, place, level)
            if styles[level] != _NO_STYLE:
                SubElement(element, "pStyle", val=str(styles[level]))
            abstract.append(element)


def _level(data: bytes, place: int, level: int) -> tuple[Element, int]:
    """A level of a list, and the place behind it."""
    start, kind, flags = unpack_from("<iBB", data, place)
    follow, characters, paragraphs, restart = data[place + 15], *data[place + 24 : place + 27]
    marks = {mark - 1 for mark in data[place + 6 : place + 15] if mark}
    place += _LVLF + characters + paragraphs
    (length,) = unpack_from("<H", data, place)
    text = data[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace")
    element = Element("lvl", ilvl=str(level))
    SubElement(element, "start", val=str(start))
    SubElement(element, "numFmt", val=number_format(kind))
    SubElement(element, "lvlText", val="".join(_shown(text, marks)))
    if flags & 0x04:
        SubElement(element, "isLgl")
    if flags & 0x08:
        SubElement(element, "lvlRestart", val=str(min(restart, level)))
    SubElement(element, "suff", val=_FOLLOWED_BY[min(follow, 2)])
    return element, place + 2 + 2 * length


def _shown(text: str, marks: set[int]) -> Iterator[str]:
    """`\\0、` → `%1、`: numbers of levels stand in the text as characters of their value."""
    for index, character in enumerate(text):
        yield f"%{ord(character) + 1}" if index in marks and ord(character) < _LEVELS else character


def _overrides(root: Element, overrides: bytes, changed: bytes) -> None:
    if len(overrides) < 4:
        return
    count = min(unpack_from("<I", overrides)[0], _MOST_LISTS, (len(overrides) - 4) // _LFO)
    places = range(4, 4 + _LFO * count, _LFO)
    own = []
    for number, place in enumerate(places, 1):
        instance = SubElement(root, "num", numId=str(number))
        SubElement(instance, "abstractNumId", val=str(unpack_from("<i", overrides, place)[0]))
        own.append((instance, overrides[place + 12]))
    data = overrides[4 + _LFO * count :] + changed  # the table's size may leave their levels out
    place = 0
    for instance, levels in own:
        place += 4
        for _ in range(min(levels, _LEVELS)):
            place = _override(instance, data, place)


def _override(instance: Element, data: bytes, place: int) -> int:
    start, flags = unpack_from("<iI", data, place)
    place += 8
    level = flags & 0xF
    element = SubElement(instance, "lvlOverride", ilvl=str(level))
    if flags & 0x20:
        own, place = _level(data, place, level)
        element.append(own)
    if flags & 0x10:
        SubElement(element, "startOverride", val=str(start))
    return place
