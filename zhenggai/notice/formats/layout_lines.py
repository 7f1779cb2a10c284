"""Characters of a fixed page (PDF, OFD) → lines; page numbers, running heads and feet dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from zhenggai.notice.formats.ideographs import unified
from zhenggai.notice.formats.layout_gutter import gutter, parts
from zhenggai.notice.formats.layout_tables import Glyph, Table
from zhenggai.notice.formats.whitespace import BLANKS
from zhenggai.patterns import compiled

MARGIN = 0.14
"""Share of the page's height at top and bottom where running heads and page numbers stand."""

_NOTE = 0.75
"""Size of the number of a footnote beside that of its line, at most."""
_PAGE_NUMBER = compiled(
    r"[-—–－―·.\s]*(?:\d{1,4}|[ivx]{1,5})[-—–－―·.\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|"
    r"\d{1,4}\s*/\s*\d{1,4}|page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.I,
)
_DIGITS = compiled(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; lengths in points, `top` from the page's upper edge."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class PageLines:
    """Lines and tables of a page."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    width: float
    height: float
    gutter: float | None = None
    """Where the page's two columns part, if it has two."""


def page_lines(
    glyphs: Iterable[Glyph],
    tables: Sequence[Table],
    width: float,
    height: float,
    before: PageLines | None = None,
) -> PageLines:
    """Group characters into lines; those of tables, and what is printed twice, are left out.

    The page `before` tells where columns part if this one has too little text to tell.
    """
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for glyph in glyphs:
        place = (glyph.text, round(glyph.x0), round(glyph.top))
        if place not in seen and not any(table.contains(glyph) for table in tables):
            seen.add(place)  # bold is faked by printing twice in nearly the same place
            kept.append(glyph)
    rows = _rows(kept)
    between = None if tables else gutter(rows, width, before.gutter if before else None)
    lines = [line for row in rows for part in parts(row, between) if (line := _line(part)) is not None]
    return PageLines(tuple(lines), tuple(tables), width, height, between)


def is_level(across: float, up: float) -> bool:
    """Whether text runs level, by the first two numbers of its matrix; watermarks are rotated."""
    return abs(up) <= 0.1 * abs(across)


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters whose middles are at about the same height."""
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.middle, g.x0)):
        if rows and glyph.middle - middle < 0.4 * min(size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            middle, size = glyph.middle, glyph.size or 1.0
    return rows


def _line(glyphs: list[Glyph]) -> Line | None:
    ordered = sorted(glyphs, key=lambda g: g.x0)
    visible = [g for g in ordered if g.text.strip(BLANKS)]
    if not visible:
        return None
    sizes = Counter(round(g.size, 1) for g in visible)
    size = max(sizes.most_common(1)[0][0], 1.0)
    pieces = []
    end: float | None = None
    ordered = _without_notes(ordered, size)
    for glyph in ordered:
        if end is not None and glyph.x0 - end > (1.2 if glyph.text > "\u2e7f" else 0.3) * size:
            pieces.append(" ")
        pieces.append(glyph.text)
        end = glyph.x1
    return Line(
        unified("".join(pieces).strip(BLANKS)),
        visible[0].x0,
        visible[-1].x1,
        min(g.top for g in visible),
        max(g.bottom for g in visible),
        size,
    )


def _without_notes(glyphs: list[Glyph], size: float) -> list[Glyph]:
    """A line without the small numbers of footnotes behind its words; m² keeps its own."""
    if all(glyph.size > _NOTE * size for glyph in glyphs):
        return glyphs
    base = max((glyph.bottom for glyph in glyphs if glyph.size > _NOTE * size), default=0.0)
    kept: list[Glyph] = []
    for glyph in glyphs:
        raised = glyph.bottom < base - 0.15 * size
        small = raised and glyph.size <= _NOTE * size and glyph.text.isdigit()
        if not small or (kept and kept[-1].text < "\u2e7f"):
            kept.append(glyph)
    return kept


def without_margins(pages: Sequence[PageLines]) -> list[PageLines]:
    """Drop page numbers, and what stands in the same place of at least half of the pages."""
    heads: Counter[str] = Counter()
    for page in pages:
        heads.update({_key(page, line) for line in page.lines if _in_margin(page, line)})
    needed = max(2, (len(pages) + 1) // 2)
    result = []
    for page in pages:
        kept = [
            line
            for line in page.lines
            if not (
                _in_margin(page, line)
                and (_PAGE_NUMBER.fullmatch(line.text) or heads[_key(page, line)] >= needed)
            )
        ]
        result.append(replace(page, lines=tuple(kept)))
    return result


def _in_margin(page: PageLines, line: Line) -> bool:
    return line.bottom < MARGIN * page.height or line.top > (1 - MARGIN) * page.height


def _key(page: PageLines, line: Line) -> str:
    """The same for running lines of all pages: digits and spaces do not count, the height does."""
    text = _DIGITS.sub("#", "".join(line.text.split()))
    return f"{round(line.top / 3)} {text}"
