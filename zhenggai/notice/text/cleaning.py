"""Source text → clean text: watermarks and stray marks are cut out, and every offset can be mapped back.

Cleaning only deletes; it never changes or adds a character. So a quote from the clean text is a
quote from the source, apart from what was deleted inside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from zhenggai.notice.model import SourceText, Span
from zhenggai.notice.text.broken_headings import broken_headings
from zhenggai.notice.text.form_rows import not_ticked
from zhenggai.notice.text.hard_wraps import LINE, PAGE_NUMBER_LINE, hard_wraps, marks_paragraphs, quoted_over
from zhenggai.notice.text.line_marks import line_marks
from zhenggai.notice.text.line_numbers import line_numbers
from zhenggai.notice.text.page_heads import joints, masked, page_heads
from zhenggai.notice.text.spaced import gaps
from zhenggai.notice.text.table_heads import GOES_ON
from zhenggai.patterns import compiled

_S = r"[\s\u200b\u3000]*"
_ADVERT = (
    _S.join("微信") + "|" + _S.join("公众号") + "|" + _S.join("素材") + "|" + _S.join("网盘") + r"|Q\s*Q\s*群"
)
_PICTOGRAPH = (
    r"[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u260f\u2613-\u26ff\u2702-\u2712\u2719-\u2728"
    r"\u274c-\u2757\u2763-\u2767\u2795-\u2797\u27a0-\u27bf\u2b05-\u2b55\u203c\u2049]"
)
"""Marks that set off text in public accounts; one that fills a cell of a table is kept. ★ ☆ count as bullets; ☐ ☑ ✓ say what was ticked."""
_ADVERTISED = compiled(_ADVERT)
_DELETED_ADVERT = compiled(
    rf"【(?=[^】]{{0,60}}?(?:{_ADVERT}))[^】]{{1,80}}】"  # 【更多公文素材，微信：…】
    rf"|[\[（(](?=[^\]）)\n]{{0,30}}?更{_S}多)(?=[^\]）)\n]{{0,60}}?(?:{_ADVERT}))[^\]）)\n]{{1,80}}[\]）)]"
)
_INVISIBLE = r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]"
_DELETED = (
    compiled(r"##[A-Za-z_]{2,24}##"),  # ##paidbegin##
    compiled(
        rf"{_PICTOGRAPH}[\ufe0e\ufe0f]?(?:{_PICTOGRAPH}[\ufe0e\ufe0f]?)*[ \u3000]*(?=[\u4e00-\u9fff“‘「《【〔（(\d])"
    ),  # ❌问题： ✅整改：
    compiled(f"{_INVISIBLE}{_INVISIBLE}*"),
)
"""Each begins with one character of a set, not with a repeated one: such a pattern is found quickly."""
_PAGE_LINE = compiled(rf"\n{PAGE_NUMBER_LINE}\r?\n")
"""What `_PAGE_BREAK` has in it and few texts have: found in a quarter of the time."""
_PAGE_BREAK = compiled(
    rf"(?<=[^。；：！？!?…\s])[^\S\n]*\r?\n{PAGE_NUMBER_LINE}\r?\n(?:[^\S\n]*\r?\n)*[^\S\n]*"
)


@dataclass(frozen=True)  # without slots: its lines are asked for twice and kept
class CleanText:
    """Text without watermarks, and the way back to the source."""

    source: SourceText
    text: str
    starts: tuple[int, ...]
    """Clean offsets at which the kept stretches begin, ascending; the first is 0."""
    origins: tuple[int, ...]
    """Source offsets of the same places."""

    def in_words_of(self, source: SourceText) -> CleanText:
        """The same stretches of a source of the same length: its own words for what was judged in folded ones."""
        ends = [*self.starts[1:], len(self.text)]
        pieces = (
            source.text[origin : origin + end - start]
            for start, end, origin in zip(self.starts, ends, self.origins, strict=True)
        )
        return CleanText(source, "".join(pieces), self.starts, self.origins)

    def to_source(self, span: Span) -> Span:
        """Source span of the clean span `span` (deleted text inside it is included)."""
        start, end = span
        if end <= start:
            at = self._origin(start)
            return at, at
        return self._origin(start), self._origin(end - 1) + 1

    def from_source(self, offset: int) -> int:
        """Clean offset of the source offset `offset`, of a character that was kept."""
        index = bisect_right(self.origins, offset) - 1
        return self.starts[index] + offset - self.origins[index]

    def _origin(self, offset: int) -> int:
        index = bisect_right(self.starts, offset) - 1
        return self.origins[index] + offset - self.starts[index]

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Clean spans of the lines that are not blank, without white space at their edges.

        Tabs at the edges of a line with further tabs are kept: they are empty table cells. So are those
        before the only cell that a row among wider rows has.
        """
        return tuple(self._lines())

    def _lines(self) -> Iterator[Span]:
        in_table = False
        for match in LINE.finditer(self.text):
            line = match.group()
            stripped = line.strip()
            if not stripped:
                continue
            if "\t" not in line:
                in_table = in_table and GOES_ON.fullmatch(stripped) is not None
                start = match.start() + line.index(stripped[0])
                yield from _paragraphs(stripped, start)
                continue
            inside = stripped.count("\t")
            in_table = inside >= _WIDE_TABLE - 1 or (in_table and (inside > 0 or line[0] == "\t"))
            if inside or (in_table and line[0] == "\t"):
                stripped = line.strip(" \u3000\xa0")
            start = (
                match.start() + line.index(stripped[0])
                if "\t" not in stripped
                else match.start() + (len(line) - len(line.lstrip(" \u3000\xa0")))
            )
            yield start, start + len(stripped)


_INDENT = "\u3000\u3000"
"""Begins a paragraph; inside a line it tells where one began before the lines were joined."""
_FEWEST_JOINED = 3
_MEAN_JOINED = 15
"""Characters of such paragraphs; columns set off by white space have less."""


def _paragraphs(line: str, start: int) -> Iterator[Span]:
    """Spans of the paragraphs of a line: itself, in almost all texts."""
    if _INDENT in line:
        parts = [part for part in line.split(_INDENT) if part.strip()]
        if len(parts) >= _FEWEST_JOINED and len(line) >= _MEAN_JOINED * len(parts):
            at = 0
            for part in parts:
                stripped = part.strip()
                at = line.index(stripped, at)
                yield start + at, start + at + len(stripped)
                at += len(stripped)
            return
    yield start, start + len(line)


def clean(source: SourceText) -> CleanText:
    """Cut out of `source` watermarks, stray marks, invisible characters, page breaks inside sentences, and
    the numbers and marks that a program put before every line.
    """
    text = source.text
    before = [*line_numbers(text), *line_marks(text)]
    bare = masked(text, sorted(before)) if before else text
    heads = page_heads(bare)
    patterns = _DELETED if _ADVERTISED.search(text) is None else (_DELETED_ADVERT, *_DELETED)
    cuts = [*before, *heads, *(match.span() for pattern in patterns for match in pattern.finditer(text))]
    cuts += joints(bare, heads)
    own = masked(bare, heads)
    if _PAGE_LINE.search(own) is not None:
        cuts += _page_breaks(own)
    cuts += hard_wraps(own)
    cuts += quoted_over(own)
    cuts += broken_headings(own)
    cuts += gaps(own)
    cuts += not_ticked(own)
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


def _page_breaks(text: str) -> list[Span]:
    """Page ends inside sentences. Where first lines are indented, an indented line begins a paragraph."""
    marked = marks_paragraphs(text)
    cuts = []
    for match in _PAGE_BREAK.finditer(text):
        last = text.rindex("\n", 0, match.end()) + 1
        if marked and match.end() - last > 1:
            cuts.append((match.start(), last - 1))  # the page number alone
        elif not _between_rows(text, match.span()):
            cuts.append(match.span())
    return cuts


def _between_rows(text: str, gap: Span) -> bool:
    """Whether a page ends between two rows of a table, which stay two."""
    start, end = text.rfind("\n", 0, gap[0]) + 1, text.find("\n", gap[1])
    return "\t" in text[start : gap[0]] or "\t" in text[gap[1] : end if end >= 0 else len(text)]


_WIDE_TABLE = 3
"""Columns of a table in which a line that begins with a tab is a row, not an indented paragraph."""
