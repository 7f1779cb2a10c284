"""What an OFD file consists of: its documents, their pages and templates."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.ofd_objects import numbers
from zhenggai.notice.formats.ofd_package import AGAIN, KIND, Package
from zhenggai.notice.formats.office_xml import attribute, child, children

MAIN = "OFD.xml"
_A4 = (0.0, 0.0, 210.0, 297.0)

Box = tuple[float, float, float, float]
"""Left and upper edge, width and height, in millimetres."""


@dataclass(frozen=True, slots=True)
class Document:
    """One of the documents of a file."""

    pages: tuple[str, ...]
    """Their parts; empty where one is missing."""
    templates: dict[str, str]
    """By their identifiers."""
    resources: tuple[str, ...]
    """Parts that keep what several pages use."""
    box: Box


def documents(package: Package) -> list[Document]:
    """All documents of a file. Raises ReadingError: a part that all else hangs on is missing."""
    main = package.locate("/" + MAIN, MAIN)
    if not main:
        raise missing(MAIN)
    found = []
    for body in children(package.root(main), "DocBody"):
        location = _text(child(body, "DocRoot"))
        part = package.locate(location, main) if location else ""
        if not part:
            raise missing(f"文档入口 {location or 'DocRoot'}")
        found.append(_document(package, part))
    return found


def missing(what: str) -> ReadingError:
    """A part is not there."""
    return failure(f"完整的 {KIND}", f"缺少{what}", AGAIN)


def _document(package: Package, part: str) -> Document:
    root = package.root(part)
    common = child(root, "CommonData")
    return Document(
        tuple(
            package.locate(attribute(page, "BaseLoc"), part)
            for page in children(child(root, "Pages"), "Page")
        ),
        {
            attribute(template, "ID"): package.locate(attribute(template, "BaseLoc"), part)
            for template in children(common, "TemplatePage")
        },
        resources(common, ("PublicRes", "DocumentRes"), package, part),
        _box(child(common, "PageArea"), _A4),
    )


def page_box(page: Element, document: Document) -> Box:
    """The paper of a page."""
    return _box(child(page, "Area"), document.box)


def template_ids(page: Element) -> list[str]:
    """The templates that a page is laid upon."""
    return [attribute(template, "TemplateID") for template in children(page, "Template")]


def resources(
    element: Element | None, names: tuple[str, ...], package: Package, part: str
) -> tuple[str, ...]:
    """The parts that elements with these names point at, in what is kept in `part`; missing ones left out."""
    listed = [_text(found) for name in names for found in children(element, name)]
    return tuple(found for location in listed if location and (found := package.locate(location, part)))


def _box(area: Element | None, default: Box) -> Box:
    box = numbers(_text(child(area, "PhysicalBox")))
    return (box[0], box[1], box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else default


def _text(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""
