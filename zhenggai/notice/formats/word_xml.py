"""Word 2003 XML (WordprocessingML 2003) in the form of the newer one, which `docx_body` reads.

Source: Microsoft, Office 2003 XML Reference Schemas: wordDocument, wx:sect, lists, listPr (wx:t holds the
number as Word shows it), vmerge, aml:annotation (changes).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure
from zhenggai.notice.formats.docx_body import MAX_DEPTH, Body
from zhenggai.notice.formats.docx_numbering import Numbering
from zhenggai.notice.formats.lists import set_off
from zhenggai.notice.formats.office_xml import attribute, child, integer, local_name, parse
from zhenggai.notice.formats.word_lists import number_format
from zhenggai.patterns import compiled

_FRAMES = frozenset(["sect", "sub-section", "content", "pBdrGroup"])
_GONE = frozenset(["Word.Deletion", "Word.Comment", "Word.Formatting"])
_NAMES = {
    "vmerge": "vMerge",
    "listPr": "numPr",
    "ilfo": "numId",
    "listDef": "abstractNum",
    "list": "num",
    "ilst": "abstractNumId",
    "nfc": "numFmt",
}
_KEYS = {"listDef": ("listDefId", "abstractNumId"), "list": ("ilfo", "numId")}
"""Element → its attribute and the name of that today."""
_ACTION = "用 Word 或 WPS 打开后另存为 docx"
_NUMBER = compiled(r"\w")


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the document, a paragraph or a table row a line.

    Raises:
        ReadingError: damaged, too deep, out of time.
    """
    deadline = Deadline(limits.seconds)
    root = parse(data, "Word 2003 XML 文档", _ACTION)
    body = child(root, "body")
    if body is None:
        raise failure("完整的 Word 2003 XML 文档", "缺少正文", _ACTION)
    document = Element("document")
    document.append(_renewed(body, deadline, 0))
    numbers, styles = (_part(root, name, deadline) for name in ("lists", "styles"))
    return Body(_Numbers(numbers, styles), deadline).extracted(document)


class _Numbers(Numbering):
    """Numbers that the file writes down; where a program left them out, those of the lists."""

    def marker(self, properties: Element | None) -> str:
        """The number before a paragraph with these properties."""
        shown = child(properties, "numPr", "t")
        return super().marker(properties) if shown is None else _number(attribute(shown))


def _part(root: Element, name: str, deadline: Deadline) -> Element | None:
    found = child(root, name)
    return None if found is None else _renewed(found, deadline, 0)


def _renewed(element: Element, deadline: Deadline, depth: int) -> Element:
    """The element with the names of today, frames around its children taken away, and changes accepted."""
    if depth > 4 * MAX_DEPTH:
        raise failure(f"嵌套不超过 {MAX_DEPTH} 层的 Word 文档", "嵌套过深", "另存为 txt 后重试")
    deadline.check()
    name = local_name(element)
    made = Element(_NAMES.get(name, name), element.attrib)
    made.text = element.text
    if name in _KEYS:
        old, new = _KEYS[name]
        made.set(new, attribute(element, old))
    elif name == "nfc":
        made = Element("numFmt", val=number_format(integer(attribute(element))))
    elif name == "suff":
        made = Element("suff", val=attribute(element).lower())
    for part in element:
        name = local_name(part)
        if name == "annotation" and attribute(part, "type") in _GONE:
            continue
        renewed = _renewed(part, deadline, depth + 1)
        if name in _FRAMES or name == "annotation":
            made.extend(list(renewed))
        elif name:
            made.append(renewed)
    return made


def _number(text: str) -> str:
    """The number as it is shown; nothing for a bullet."""
    shown = text.strip()
    return set_off(shown) if _NUMBER.search(shown) else ""
