"""The objects of an OFD page: in its layers and blocks, and in the drawings that it takes from resources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.ofd_objects import Matrix
from zhenggai.notice.formats.ofd_package import Package
from zhenggai.notice.formats.office_xml import attribute, child, children, is_on, local_name

MAX_DEPTH = 8
"""Of drawings within drawings."""
_HOLDERS = ("Layer", "PageBlock")


class Drawings:
    """Drawings (composite units) by identifier; a part of resources is parsed when one is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._units: dict[str, dict[str, Element | None]] = {}

    def objects(
        self, page: Element, matrix: Matrix, parts: Sequence[str]
    ) -> Iterator[tuple[Element, Matrix]]:
        """The visible objects of a page or template, each with the matrix of what it stands in."""
        waiting = [(child(page, "Content"), matrix, 0)]
        while waiting:
            holder, place, depth = waiting.pop()
            for element in () if holder is None else holder:
                self._package.check_time()
                if not is_on(element, "Visible"):
                    continue
                name = local_name(element)
                if name in _HOLDERS:
                    waiting.append((element, place, depth))
                elif name != "CompositeObject":
                    yield element, place
                elif depth < MAX_DEPTH:
                    unit = self._unit(attribute(element, "ResourceID"), parts)
                    waiting.append((unit, place.of_object(element), depth + 1))

    def _unit(self, identifier: str, parts: Sequence[str]) -> Element | None:
        for part in parts:
            if part not in self._units:
                units = child(self._package.root(part), "CompositeGraphicUnits")
                self._units[part] = {
                    attribute(unit, "ID"): child(unit, "Content")
                    for unit in children(units, "CompositeGraphicUnit")
                }
            if identifier in self._units[part]:
                return self._units[part][identifier]
        return None
