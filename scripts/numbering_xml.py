"""Automatic numbering for documents that tests and scripts make (python-docx reads and writes none)."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def add_list(document: Document, levels: list[tuple[str, str]], start: int = 1) -> int:
    """A new list with the levels' (number format, text such as `（%1）`); its id."""
    numbering = document.part.numbering_part.element
    number = max((int(n.get(qn("w:numId"))) for n in numbering.findall(qn("w:num"))), default=0) + 1
    abstract = _element("w:abstractNum", **{"w:abstractNumId": str(1000 + number)})
    for level, (kind, text) in enumerate(levels):
        part = _element("w:lvl", **{"w:ilvl": str(level)})
        for name, value in (("w:start", str(start)), ("w:numFmt", kind), ("w:lvlText", text)):
            part.append(_element(name, **{"w:val": value}))
        abstract.append(part)
    numbering.insert(0, abstract)
    instance = _element("w:num", **{"w:numId": str(number)})
    instance.append(_element("w:abstractNumId", **{"w:val": str(1000 + number)}))
    numbering.append(instance)
    return number


def set_number(paragraph: Paragraph, number: int, level: int) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr()
    part = _element("w:numPr")
    part.append(_element("w:ilvl", **{"w:val": str(level)}))
    part.append(_element("w:numId", **{"w:val": str(number)}))
    properties.append(part)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element
