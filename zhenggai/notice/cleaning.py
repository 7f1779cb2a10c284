"""Source text → clean text: watermarks and stray marks are cut out, and every offset can be mapped back.

Cleaning only deletes; it never changes or adds a character. So a quote from the clean text is a
quote from the source, apart from what was deleted inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai.notice.model import SourceText, Span

_S = r"[\s\u200b\u3000]*"
_ADVERT = (
    _S.join("微信") + "|" + _S.join("公众号") + "|" + _S.join("素材") + "|" + _S.join("网盘") + r"|Q\s*Q\s*群"
)
_DELETED = re.compile(
    rf"【(?=[^】\n]{{0,60}}?(?:{_ADVERT}))[^】\n]{{1,80}}】"  # 【更多公文素材，微信：…】
    rf"|[\[（(](?=[^\]）)\n]{{0,30}}?更{_S}多)(?=[^\]）)\n]{{0,60}}?(?:{_ADVERT}))[^\]）)\n]{{1,80}}[\]）)]"
    r"|##[A-Za-z_]{2,24}##"  # ##paidbegin##
    r"|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]+"  # invisible characters
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2029]+")
_PAGE_NUMBER_LINE = r"[^\S\n]*(?:[-—–]{1,3}\s?\d{1,4}\s?[-—–]{1,3}|第\s?\d{1,4}\s?页(?:\s?[，,/]?\s?共\s?\d{1,4}\s?页)?)[^\S\n]*"
_PAGE_BREAK = re.compile(
    rf"(?<=[^。；：！？!?…\s])[^\S\n]*\r?\n{_PAGE_NUMBER_LINE}\r?\n(?:[^\S\n]*\r?\n)*[^\S\n]*"
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text without watermarks, and the way back to the source."""

    source: SourceText
    text: str
    starts: tuple[int, ...]
    """Clean offsets at which the kept stretches begin, ascending; the first is 0."""
    origins: tuple[int, ...]
    """Source offsets of the same places."""

    def to_source(self, span: Span) -> Span:
        """Source span of the clean span `span` (deleted text inside it is included)."""
        start, end = span
        if end <= start:
            at = self._origin(start)
            return at, at
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, offset: int) -> int:
        index = bisect_right(self.starts, offset) - 1
        return self.origins[index] + offset - self.starts[index]

    def lines(self) -> Iterator[Span]:
        """Clean spans of the lines that are not blank, without white space at their edges.

        Tabs at the edges of a line with further tabs are kept: they are empty table cells.
        """
        for match in _LINE.finditer(self.text):
            line = match.group()
            stripped = line.strip()
            if not stripped:
                continue
            if "\t" in stripped:
                stripped = line.strip(" \u3000\xa0")
            start = (
                match.start() + line.index(stripped[0])
                if "\t" not in stripped
                else match.start() + (len(line) - len(line.lstrip(" \u3000\xa0")))
            )
            yield start, start + len(stripped)


def clean(source: SourceText) -> CleanText:
    """Cut watermarks, stray marks, invisible characters and page breaks inside sentences out of `source`."""
    text = source.text
    cuts = [match.span() for match in _DELETED.finditer(text)]
    cuts += [match.span() for match in _PAGE_BREAK.finditer(text)]
    cuts += _hard_wraps(text)
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = at = 0
    for start, end in sorted(cuts):
        if start > at:
            pieces.append(text[at:start])
            starts.append(length)
            origins.append(at)
            length += start - at
        at = max(at, end)
    if at < len(text) or not pieces:
        pieces.append(text[at:])
        starts.append(length)
        origins.append(at)
    return CleanText(source, "".join(pieces), tuple(starts), tuple(origins))


_MINIMUM_WRAPPED_LINES = 12
_WRAP_WIDTHS = range(18, 101)


def _hard_wraps(text: str) -> list[Span]:
    """Line breaks that a fixed line width put inside paragraphs.

    Taken to be so when most of the long lines have one and the same width (give or take two
    characters, since punctuation may not begin a line) and do not end in a full stop.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text[:200_000])]
    lengths = [end - start for start, end in lines]
    if len(lines) < _MINIMUM_WRAPPED_LINES:
        return []
    width = max(lengths)
    if width not in _WRAP_WIDTHS:
        return []
    full = sum(1 for n in lengths if n >= width - 2)
    if full < 0.5 * len(lines):
        return []
    cuts = []
    matches = list(_LINE.finditer(text))
    for line, following in zip(matches, matches[1:], strict=False):
        gap = text[line.end() : following.start()]
        body = following.group()
        indented = len(body) - len(body.lstrip()) > 0
        if line.end() - line.start() >= width - 2 and gap.count("\n") <= 1 and not indented:
            cuts.append((line.end(), following.start()))
    return cuts
