"""Word documents: the parts of the package, safely parsed, and the lines of the body.

Read with the standard library and defusedxml: what makes the text of a notice (automatic numbering, tracked
changes, text boxes, merged cells) is not in the object model of python-docx.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.archive import members, open_zip, read_member
from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure
from zhenggai.notice.formats.docx_body import Body
from zhenggai.notice.formats.docx_chunks import chunk_lines
from zhenggai.notice.formats.docx_numbering import Numbering
from zhenggai.notice.formats.flat_package import as_zip
from zhenggai.notice.formats.office_xml import attribute, local_name, parse

_MAIN = "word/document.xml"


def extract(data: bytes, limits: Limits, embedded: bool = True) -> Extracted:
    """Text of a docx file, a paragraph or a table row a line; with files embedded in it.

    Raises:
        ReadingError: damaged, or a bomb.
    """
    if not data.startswith(b"PK"):
        data = as_zip(data)
    with open_zip(data, limits) as archive:
        package = {name.replace("\\", "/").lstrip("/"): name for name in members(archive)}

        def part(name: str) -> Element | None:
            stored = package.get(name)
            if stored is None:
                return None
            return parse(
                read_member(archive, stored, limits), "Word 文档（docx）", "用 Word 或 WPS 修复后另存"
            )

        main = _targets(part("_rels/.rels"), "").get("officeDocument", _MAIN)
        document = part(main if main in package else _MAIN)
        if document is None:
            raise failure("完整的 Word 文档（docx）", "缺少正文部件 document.xml", "用 Word 或 WPS 重新另存")
        folder, file = posixpath.split(main)
        relationships = part(f"{folder}/_rels/{file}.rels")
        related = _targets(relationships, folder)
        numbering = part(related.get("numbering", "word/numbering.xml"))
        styles = part(related.get("styles", "word/styles.xml"))
        chunks = {
            name: read_member(archive, package[path], limits)
            for name, path in (_chunk_paths(relationships, folder) if embedded else {}).items()
            if path in package
        }
    chunk = chunk_lines(chunks, limits) if chunks else None
    body = Body(Numbering(numbering, styles), Deadline(limits.seconds), chunk)
    return body.extracted(document)


def _targets(relationships: Element | None, folder: str) -> dict[str, str]:
    """Last word of a relationship's type → path of the part."""
    targets: dict[str, str] = {}
    for kind, _, path in _parts(relationships, folder):
        targets.setdefault(kind, path)
    return targets


def _chunk_paths(relationships: Element | None, folder: str) -> dict[str, str]:
    """Id of a relationship → path of the embedded file."""
    return {name: path for kind, name, path in _parts(relationships, folder) if kind == "aFChunk"}


def _parts(relationships: Element | None, folder: str) -> Iterator[tuple[str, str, str]]:
    """Last word of the type, id and path of each part that a part refers to."""
    for relationship in relationships if relationships is not None else ():
        if local_name(relationship) != "Relationship" or attribute(relationship, "TargetMode") == "External":
            continue
        kind = attribute(relationship, "Type").rsplit("/", 1)[-1]
        target = attribute(relationship, "Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        yield kind, attribute(relationship, "Id"), posixpath.normpath(path)
