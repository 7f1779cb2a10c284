"""Word documents: the parts of the package, safely parsed, and the lines of the body.

Read with the standard library and defusedxml: what makes the text of a notice (automatic numbering, tracked
changes, text boxes, merged cells) is not in the object model of python-docx.
"""

from __future__ import annotations

import posixpath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from zhenggai.notice.formats.archive import members, open_zip, read_member
from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure
from zhenggai.notice.formats.docx_body import Body
from zhenggai.notice.formats.docx_numbering import Numbering
from zhenggai.notice.formats.docx_xml import attribute, local_name

_MAIN = "word/document.xml"


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of a docx file, a paragraph or a table row a line. Raises ReadingError: damaged, or a bomb."""
    with open_zip(data, limits) as archive:
        package = {name.replace("\\", "/").lstrip("/"): name for name in members(archive)}

        def part(name: str) -> Element | None:
            stored = package.get(name)
            return None if stored is None else _parse(read_member(archive, stored, limits))

        main = _targets(part("_rels/.rels"), "").get("officeDocument", _MAIN)
        document = part(main if main in package else _MAIN)
        if document is None:
            raise failure("完整的 Word 文档（docx）", "缺少正文部件 document.xml", "用 Word 或 WPS 重新另存")
        folder, file = posixpath.split(main)
        related = _targets(part(f"{folder}/_rels/{file}.rels"), folder)
        numbering = part(related.get("numbering", "word/numbering.xml"))
        styles = part(related.get("styles", "word/styles.xml"))
    body = Body(Numbering(numbering, styles), Deadline(limits.seconds))
    return Extracted("\n".join(body.lines(document)))


def _parse(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise failure(
            "普通的 Word 文档", "XML 中定义了实体（可能是攻击）", "确认文件来源可靠，或另存为 txt"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise failure(
            "完整的 Word 文档（docx）", f"XML 损坏（{error}）", "用 Word 或 WPS 修复后另存"
        ) from error
    return root


def _targets(relationships: Element | None, folder: str) -> dict[str, str]:
    """Last word of a relationship's type → path of the part."""
    targets: dict[str, str] = {}
    for relationship in relationships if relationships is not None else ():
        if local_name(relationship) != "Relationship" or attribute(relationship, "TargetMode") == "External":
            continue
        kind = attribute(relationship, "Type").rsplit("/", 1)[-1]
        target = attribute(relationship, "Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        targets.setdefault(kind, posixpath.normpath(path))
    return targets
