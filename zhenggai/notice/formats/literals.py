"""Strings in JSON, or in a script that holds data: found by one scan, without building what they stand in.

So neither nesting nor a great number of small values costs anything, and a script needs not be JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhenggai.notice.formats.article_fields import Field
from zhenggai.patterns import compiled

_TOKEN = compiled(r"[\"'`{}]")
_ENDS = {mark: compiled(rf"\\|{mark}" if mark == "`" else rf"\\|{mark}|\n") for mark in "\"'`"}
_KEY = compiled(r"""(?:^|[{,\s])["']?([\w\u4e00-\u9fff-]{1,40})["']?\s{0,9}:\s{0,9}$""")
_BEFORE = 60
"""Characters in which the name of a value stands before it."""
_GAP = 12
"""Spaces between a name and its value, at most."""
_NUMBER = compiled(r"""([A-Za-z_]{2,24})?["']?\s?:\s?(\d{13}|\d{10})(?=[\s,}])""")
_ESCAPE = compiled(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r?\n|.))", re.S)
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "\n", "v": "\n", "0": ""}
_MAX_DEPTH = 10_000
_DEEPEST = 2
"""Data may stand in a string of data, and that in one."""


class _Literal(NamedTuple):
    start: int
    end: int
    owner: int
    """Number of the object around it."""


def string_fields(text: str, depth: int = 0) -> Iterator[Field]:
    """Strings with their names, in order; also those of data that stands in a string."""
    at = 0
    last = Field("", "")
    for start, end, owner in _literals(text):
        yield from _numbers(text, at, start, last)
        at = end
        value = unescaped(text[start:end])
        if depth < _DEEPEST and value.lstrip()[:1] in ("{", "["):
            yield from string_fields(value, depth + 1)
            continue
        last = Field(name_before(text, start - 1), value, start, owner)
        yield last
    yield from _numbers(text, at, len(text), last)


def _numbers(text: str, start: int, end: int, last: Field) -> Iterator[Field]:
    """Numbers that may be times, between strings of which the one before is the name of the first."""
    for number in _NUMBER.finditer(text, start, end):
        yield Field(number[1] or last.value, number[2], number.start(), last.owner)


def _literals(text: str) -> Iterator[_Literal]:
    """Places of the strings in quotes, names too; what is not closed ends the search, or its line."""
    at = objects = 0
    around = [0]
    while (opening := _TOKEN.search(text, at)) is not None:
        at = start = opening.end()
        mark = opening.group()
        if mark == "{":
            objects += 1
            if len(around) >= _MAX_DEPTH:
                return
            around.append(objects)
        elif mark == "}":
            if len(around) > 1:
                around.pop()
        else:
            end = end_of_string(text, start, mark)
            if end is None:
                return
            at = end + 1
            if text[end] != "\n":
                yield _Literal(start, end, around[-1])


def end_of_string(text: str, start: int, mark: str = '"') -> int | None:
    """Where a string that begins at `start` is closed, or its line ends; None for neither."""
    pattern = _ENDS[mark]
    found = pattern.search(text, start)
    while found is not None and found.group() == "\\":
        found = pattern.search(text, found.end() + 1)
    return None if found is None else found.start()


def name_before(text: str, quote: int) -> str:
    """The name of the value whose opening quote stands at `quote`; nothing where it has none."""
    if text[max(0, quote - _GAP) : quote].rstrip()[-1:] != ":":
        return ""
    name = _KEY.search(text, max(0, quote - _BEFORE), quote)
    return name[1] if name else ""


def unescaped(literal: str) -> str:
    """What a string says; halves of characters beyond the first plane are put together."""
    if "\\" not in literal:
        return literal
    said = _ESCAPE.sub(_said, literal)
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _said(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code is None:
        char: str = escape[4]
        return "" if char in ("\n", "\r\n") else _NAMED.get(char, char)
    point = int(code, 16)
    return chr(point) if point <= 0x10FFFF else "\ufffd"
