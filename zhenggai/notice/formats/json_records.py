"""JSON, also one record a line → the objects in it that hold an article, by one scan that builds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from zhenggai.notice.formats.article_fields import may_be_article
from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.literals import end_of_string, name_before
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_TOKEN = compiled(r'["{}\[\]]')
_ITEM = "problem"
MAX_DEPTH = 1_000


@dataclass(slots=True)
class _Open:
    """An object or a list that is not closed yet."""

    mark: str
    start: int
    article: bool = False
    item: bool = False
    """Whether it names a problem: it is an item of a notice, as in our own data, and no notice."""
    within: Span | None = None
    """The only object in it, so far, that holds an article."""
    several: bool = False


def json_records(text: str) -> Iterator[Span]:
    """Places of the objects that hold an article; with what is around one of them, if that is no list.

    Raises ReadingError: nested too deep.
    """
    opened: list[_Open] = []
    at = 0
    while (token := _TOKEN.search(text, at)) is not None:
        at = token.end()
        mark = token.group()
        if mark == '"':
            end = end_of_string(text, at)
            if end is None:
                return
            if opened and opened[-1].mark == "{":
                _note(opened[-1], text, at, end)
            at = end + 1
        elif mark in "{[":
            if len(opened) >= MAX_DEPTH:
                raise failure(
                    f"嵌套不超过 {MAX_DEPTH} 层的 JSON", "嵌套过深", "确认文件来源，或将正文另存为 txt"
                )
            opened.append(_Open(mark, token.start()))
        elif opened:
            yield from _closed(opened.pop(), opened, at)


def _note(around: _Open, text: str, start: int, end: int) -> None:
    """What a string says of the object that it stands in."""
    if end - start == len(_ITEM) and text.startswith(_ITEM, start):
        around.item = around.item or text[end + 1 : end + 4].lstrip()[:1] == ":"
    elif may_be_article(text, start, end, partial(name_before, text, start - 1)):
        around.article = True


def _closed(last: _Open, around: list[_Open], end: int) -> list[Span]:
    """The records that are known now that an object is closed."""
    if last.mark == "[" or last.several or last.item or not (last.article or last.within):
        return []
    if any(above.item for above in around):
        return []
    span = (last.start, end)
    above = around[-1] if around else None
    if above is None or above.mark == "[" or above.several:
        return [span]
    if above.article:
        return []
    if above.within is None:
        above.within = span
        return []
    first, above.within, above.several = above.within, None, True
    return [first, span]
