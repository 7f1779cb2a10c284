"""Numbers of lists and headings of OpenDocument texts.

Source: OASIS OpenDocument 1.3, part 3: lists, list styles, outline style, style:num-format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.lists import WORD_FORMATS, set_off
from zhenggai.notice.formats.odf_package import OpenDocument
from zhenggai.notice.formats.office_xml import attribute, child, integer, local_name
from zhenggai.patterns import compiled

_MOST_LEVELS = 10
_PLACE = compiled(r"%(\d{1,2})%")
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "①": "decimalEnclosedCircle",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "１": "decimalFullWidth",
    "": "none",
}
"""First sign of `style:num-format` (一, 二, 三, ...) → the format of the same numbers in docx."""


@dataclass(frozen=True, slots=True)
class Level:
    """How the numbers of one level look and where they begin."""

    kind: str = "none"
    text: str = ""
    """With `%1%` for the number of level 1."""
    start: int = 1
    is_followed: bool = True

    @property
    def is_shown(self) -> bool:
        """Whether there is a number at all, and no bullet."""
        return self.kind != "none" or (self.text != "" and "%" not in self.text)


Levels = Mapping[int, Level]


@dataclass(slots=True)
class Counters:
    """How far the numbers of one list have come."""

    values: dict[int, int] = field(default_factory=dict)

    def count(self, level: int, levels: Levels, start: int | None = None) -> str:
        """The next number of a level, from 1, as text; empty where the level has none."""
        own = levels.get(level, Level())
        self.values[level] = start if start is not None else self.values.get(level, own.start - 1) + 1
        for below in [place for place in self.values if place > level]:
            del self.values[below]
        text = _PLACE.sub(lambda match: self._number(int(match[1]), levels), own.text) if own.is_shown else ""
        return set_off(text) if own.is_followed else text

    def _number(self, level: int, levels: Levels) -> str:
        shown = levels.get(level, Level())
        return WORD_FORMATS[shown.kind](self.values.get(level, shown.start))


class ListStyles:
    """The list styles of a document, and the counters of its lists."""

    def __init__(self, document: OpenDocument) -> None:
        self._styles = {
            attribute(style, "name"): _levels(style) for style in document.styles_named("list-style")
        }
        outlines = [_levels(style) for style in document.styles_named("outline-style")]
        self.outline = outlines[0] if outlines else {}
        self._counters: dict[str, Counters] = {}
        self._last: dict[str, Counters] = {}

    def levels(self, style: str) -> Levels:
        """The levels of a list style."""
        return self._styles.get(style, {})

    def counters(self, element: Element) -> Counters:
        """Those of a list that begins: its own, or of the list that it goes on with."""
        style = attribute(element, "style-name")
        other = attribute(element, "continue-list")
        before = self._counters.get(other)
        if before is None and (other or attribute(element, "continue-numbering") == "true"):
            before = self._last.get(style)  # LibreOffice names lists that it does not write down
        found = before or Counters()
        self._last[style] = found
        if name := attribute(element, "id"):
            self._counters[name] = found
        return found


def _levels(style: Element) -> dict[int, Level]:
    found = {}
    for element in style:
        level = integer(attribute(element, "level"))
        if 0 < level <= _MOST_LEVELS:
            found[level] = _level(element, level)
    return found


def _level(element: Element, level: int) -> Level:
    if local_name(element) not in ("list-level-style-number", "outline-level-style"):
        return Level()
    text = attribute(element, "num-list-format")
    if not text:
        shown = max(1, min(level, integer(attribute(element, "display-levels"), 1)))
        numbers = ".".join(f"%{place}%" for place in range(level - shown + 1, level + 1))
        text = attribute(element, "num-prefix") + numbers + attribute(element, "num-suffix")
    alignment = child(element, "list-level-properties", "list-level-label-alignment")
    return Level(
        _FORMATS.get(attribute(element, "num-format")[:1], "decimal"),
        text,
        integer(attribute(element, "start-value"), 1),
        attribute(alignment, "label-followed-by", "listtab") != "nothing",
    )
