"""The text of a paragraph of OpenDocument, and the text boxes that are anchored in it.

Source: OASIS OpenDocument 1.3, part 3: paragraph elements (white space, notes, ruby), frames, changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.docx_body import MAX_DEPTH
from zhenggai.notice.formats.odf_package import OpenDocument
from zhenggai.notice.formats.office_xml import attribute, child, children, integer, local_name

_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000
_GONE = frozenset(
    [
        "note",
        "annotation",
        "ruby-text",
        "tracked-changes",
        "hidden-text",
        "script",
        "forms",
        "object",
        "object-ole",
        "image",
        "title",
        "desc",
        "event-listeners",
    ]
)
_BOXES = frozenset(["text-box", "custom-shape", "rect", "ellipse", "polygon", "path", "caption"])


class Paragraphs:
    """Knows which styles hide their text, and whether deleted text goes on over the end of a paragraph."""

    def __init__(self, document: OpenDocument) -> None:
        self._hidden: Collection[str] = {
            attribute(style, "name")
            for style in document.styles_named("style")
            if any(attribute(part, "display") == "none" for part in children(style, "text-properties"))
        }
        self._deletions = frozenset(_deletions(document.body))
        self._open: set[str] = set()

    @property
    def is_deleting(self) -> bool:
        """Whether the end of the paragraph read last was deleted."""
        return bool(self._open)

    def is_hidden(self, element: Element) -> bool:
        """Whether the style of a paragraph or a span hides it."""
        return attribute(element, "style-name") in self._hidden

    def text(self, paragraph: Element, boxes: list[Element]) -> str:
        """The text that is shown; elements with text boxes go into `boxes`. Raises ReadingError: too deep."""
        pieces: list[str] = []
        self._collect(paragraph, pieces, boxes, 0)
        return "".join(pieces)

    def _collect(self, element: Element, pieces: list[str], boxes: list[Element], depth: int) -> None:
        check_depth(depth)
        self._add(element.text, pieces)
        for part in element:
            name = local_name(part)
            if name in ("change-start", "change-end"):
                self._change(part)
            elif name in ("s", "tab", "line-break"):
                if not self._open:
                    pieces.append(_white(part))
            elif name in _BOXES:
                boxes.append(part)
            elif name and name not in _GONE and not (name == "span" and self.is_hidden(part)):
                self._collect(part, pieces, boxes, depth + 1)
            self._add(part.tail, pieces)

    def _add(self, text: str | None, pieces: list[str]) -> None:
        if text and not self._open:
            pieces.append(_SPACE.sub(" ", text))

    def _change(self, mark: Element) -> None:
        """Deleted text stands in its place in flat files; in others with the changes, which are skipped."""
        name = attribute(mark, "change-id")
        if local_name(mark) == "change-end":
            self._open.discard(name)
        elif name in self._deletions:
            self._open.add(name)


def _white(element: Element) -> str:
    if local_name(element) == "s":
        return " " * max(1, min(_MOST_SPACES, integer(attribute(element, "c"), 1)))
    return "\n" if local_name(element) == "line-break" else " "


def _deletions(body: Element | None) -> Iterator[str]:
    """Names of the changes that delete text."""
    for region in children(child(body, "tracked-changes"), "changed-region"):
        if child(region, "deletion") is not None:
            yield attribute(region, "id")


def check_depth(depth: int) -> None:
    """Raises ReadingError: too deep for a document."""
    if depth > MAX_DEPTH:
        raise failure(f"嵌套不超过 {MAX_DEPTH} 层的 OpenDocument 文件", "嵌套过深", "另存为 txt 后重试")
