"""Automatic numbering of Word documents as text (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.lists import WORD_FORMATS, set_off
from zhenggai.notice.formats.office_xml import attribute, child, children, integer, is_on, local_name
from zhenggai.patterns import compiled

_PLACE = compiled(r"%([1-9])")
_HEADING_STYLE = compiled(r"(?:heading|标题)\s?\d$", re.I)
MAX_LEVELS = 9
MAX_STYLE_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Level:
    """How the numbers of one level look and where they begin."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    """Restarts after a level of at most this number (1-based; 0: never); None: after any higher level."""
    suffix: str = "tab"
    style: str = ""


class Numbering:
    """Numbers of paragraphs, given in document order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract = _abstracts(numbering)
        self._instances = {attribute(num, "numId"): num for num in children(numbering, "num")}
        self._styles = {attribute(s, "styleId"): s for s in children(styles, "style")}
        default = [s for s in self._styles.values() if attribute(s, "type") == "paragraph" and _is_default(s)]
        self._default_style = attribute(default[0], "styleId") if default else ""
        self._counters: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def marker(self, properties: Element | None) -> str:
        """The number that Word shows before a paragraph with these properties; empty for none and bullets."""
        found = self._place(properties)
        if found is None:
            return ""
        number, level = found
        key, levels, overrides = self._list(number)
        if level not in levels:
            return ""
        counters = self._counters.setdefault(key, {})
        self._count(number, level, counters, levels, overrides)
        return _render(levels, level, counters)

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        """Number id and level, from the paragraph or from its style."""
        own = child(properties, "numPr")
        number, level = attribute(child(own, "numId")), attribute(child(own, "ilvl"))
        style = attribute(child(properties, "pStyle")) or self._default_style
        for _ in range(MAX_STYLE_DEPTH):
            if number and level:
                break
            element = self._styles.get(style)
            if element is None:
                break
            inherited = child(element, "pPr", "numPr")
            if not number and (number := attribute(child(inherited, "numId"))):
                level = level or attribute(child(inherited, "ilvl")) or self._level_of_style(number, style)
            style = attribute(child(element, "basedOn"))
        if number in ("", "0") or number not in self._instances:
            return None
        return number, min(integer(level), MAX_LEVELS - 1)

    def is_heading(self, properties: Element | None) -> bool:
        """Whether a paragraph with these properties has a place in the outline of the document."""
        level = attribute(child(properties, "outlineLvl"))
        style = attribute(child(properties, "pStyle"))
        for _ in range(MAX_STYLE_DEPTH):
            element = self._styles.get(style)
            if level or element is None:
                break
            level = attribute(child(element, "pPr", "outlineLvl"))
            if _HEADING_STYLE.match(attribute(child(element, "name"))):
                level = level or "0"
            style = attribute(child(element, "basedOn"))
        return level != "" and integer(level, MAX_LEVELS) < MAX_LEVELS

    def _level_of_style(self, number: str, style: str) -> str:
        _, levels, _ = self._list(number)
        return next((str(n) for n, level in levels.items() if level.style == style), "0")

    def _list(self, number: str) -> tuple[str, dict[int, Level], dict[int, int]]:
        """Key of the counters, levels and start overrides of a list."""
        instance = self._instances.get(number)
        key = attribute(child(instance, "abstractNumId"))
        levels = dict(self._abstract.get(key, {}))
        starts: dict[int, int] = {}
        for override in children(instance, "lvlOverride"):
            place = integer(attribute(override, "ilvl"))
            if (own := child(override, "lvl")) is not None:
                levels[place] = _level(own)
            if (start := child(override, "startOverride")) is not None:
                starts[place] = integer(attribute(start), 1)
        return key, levels, starts

    def _count(
        self,
        number: str,
        level: int,
        counters: dict[int, int],
        levels: dict[int, Level],
        overrides: dict[int, int],
    ) -> None:
        for place, start in overrides.items():
            if place <= level and (number, place) not in self._restarted:
                self._restarted.add((number, place))
                counters[place] = start - (1 if place == level else 0)
                _restart_below(counters, levels, place)
        for place in range(level):
            if place in levels:
                counters.setdefault(place, levels[place].start)
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        _restart_below(counters, levels, level)


def _restart_below(counters: dict[int, int], levels: dict[int, Level], level: int) -> None:
    for place in [p for p in counters if p > level]:
        limit = levels[place].restart if place in levels else None
        if limit is None or level < limit:
            del counters[place]


def _render(levels: dict[int, Level], level: int, counters: dict[int, int]) -> str:
    shown = levels[level]
    if shown.kind == "bullet":
        return ""

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        kind = "decimal" if shown.legal else levels.get(place, Level()).kind
        value = counters.get(place, levels.get(place, Level()).start)
        return WORD_FORMATS.get(kind, str)(value)

    text = _PLACE.sub(number, shown.text)
    return set_off(text) if shown.suffix != "nothing" else text


def _is_default(style: Element) -> bool:
    return attribute(style, "default") in ("1", "true", "on")


def _abstracts(numbering: Element | None) -> dict[str, dict[int, Level]]:
    """Levels of every abstract list; links through a numbering style are followed once."""
    elements = children(numbering, "abstractNum")
    by_style = {attribute(child(e, "styleLink")): e for e in elements if child(e, "styleLink") is not None}
    found = {}
    for element in elements:
        link = attribute(child(element, "numStyleLink"))
        source = by_style.get(link, element) if link else element
        levels = {integer(attribute(part, "ilvl")): _level(part) for part in children(source, "lvl")}
        found[attribute(element, "abstractNumId")] = levels
    return found


def _level(element: Element) -> Level:
    kinds = [attribute(e) for e in element.iter() if local_name(e) == "numFmt"]  # the last is the fallback
    restart = child(element, "lvlRestart")
    level = Level(
        start=integer(attribute(child(element, "start"), default="0")),
        kind=kinds[-1] if kinds else "decimal",
        text=attribute(child(element, "lvlText")),
        legal=is_on(child(element, "isLgl")),
        suffix=attribute(child(element, "suff"), default="tab"),
        style=attribute(child(element, "pStyle")),
    )
    return replace(level, restart=integer(attribute(restart))) if restart is not None else level
