"""XML as databases and feeds export it → the elements in it that hold an article, and the texts in those.

One scan; entities are not expanded, and nothing outside of the file is asked for.
"""

from __future__ import annotations

import html as markup
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from zhenggai.notice.formats.article_fields import Field, may_be_article
from zhenggai.notice.formats.base import failure
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_MARK = compiled(r"<(?:(!\[CDATA\[)|(!--)|([?!])|(/?)([A-Za-z_\u4e00-\u9fff][\w.:\u4e00-\u9fff-]{0,80}))")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_CALLED = compiled(r"\bname\s?=\s?[\"']([^\"']{1,60})[\"']")
_GENERAL = frozenset(["field", "column", "col", "str", "data", "value", "property"])
"""Elements whose attribute says what they are: <field name="content">."""
_PAGE_TAGS = (
    "p div br span table tbody tr td th h1 h2 h3 h4 h5 h6 section strong b i u em font a img ul ol li center"
)
_PAGE = frozenset(_PAGE_TAGS.split())
_MAX_DEPTH = 1_000


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet."""

    tag: str
    name: str
    number: int
    start: int
    inner: int
    holds_fields: bool = False
    """Whether it holds other elements than those of a page."""


class _Closed(NamedTuple):
    name: str
    number: int
    around: int
    """Number of the element around it."""
    start: int
    inner: int
    inner_end: int
    end: int
    is_field: bool


def _elements(text: str) -> Iterator[_Closed]:
    """Elements of the data, but not of pages in it, when they are closed. Raises ReadingError: too deep."""
    opened: list[_Open] = []
    tags: Counter[str] = Counter()
    at = number = 0
    while (mark := _MARK.search(text, at)) is not None:
        cdata, comment, _, closing, tag = mark.groups()
        ends = _CDATA_END if cdata else "-->" if comment else ">"
        end = text.find(ends, mark.end())
        if end < 0:
            return
        at = end + len(ends)
        if tag is None or tag.lower() in _PAGE or text[end - 1] == "/":
            continue
        if closing:
            while tags[tag]:  # what is open within it ends with it
                last = opened.pop()
                tags[last.tag] -= 1
                around = opened[-1].number if opened else -1
                place = (last.start, last.inner, mark.start(), at)
                yield _Closed(last.name, last.number, around, *place, not last.holds_fields)
                if last.tag == tag:
                    break
            continue
        if len(opened) >= _MAX_DEPTH:
            raise failure(f"嵌套不超过 {_MAX_DEPTH} 层的 XML", "嵌套过深", "确认文件来源，或将正文另存为 txt")
        if opened:
            opened[-1].holds_fields = True
        called = _CALLED.search(text, mark.end(), end) if tag.lower() in _GENERAL else None
        number += 1
        tags[tag] += 1
        opened.append(_Open(tag, called[1] if called else tag, number, mark.start(), at))


def xml_records(text: str) -> Iterator[Span]:
    """Places of the elements that hold an article in one of their own."""
    holding: set[int] = set()
    for closed in _elements(text):
        if closed.number in holding:
            holding.discard(closed.number)
            yield closed.start, closed.end
        elif closed.is_field and may_be_article(
            text, closed.inner, closed.inner_end, partial(str, closed.name)
        ):
            holding.add(closed.around)


def xml_fields(text: str) -> Iterator[Field]:
    """Texts of the elements that hold no others but those of pages."""
    for closed in _elements(text):
        if closed.is_field:
            said = _said(text[closed.inner : closed.inner_end])
            yield Field(closed.name.rpartition(":")[2], said, closed.inner, closed.around)


def _said(inner: str) -> str:
    """The text of an element: sections as they are, elsewhere characters for their names."""
    pieces, at = [], 0
    while (opens := inner.find(_CDATA, at)) >= 0 and (closes := inner.find(_CDATA_END, opens)) >= 0:
        pieces += [markup.unescape(inner[at:opens]), inner[opens + len(_CDATA) : closes]]
        at = closes + len(_CDATA_END)
    return "".join([*pieces, markup.unescape(inner[at:])])
