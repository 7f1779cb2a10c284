"""Lines of PDF pages → whole paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from zhenggai.notice.formats.lists import has_own_number
from zhenggai.notice.formats.pdf_lines import Line, PageLines
from zhenggai.notice.formats.pdf_tables import Table, table_lines

_RUNS_ON = tuple("，。；：、！？）》】”’%％")
"""A line never begins a paragraph with these."""
_ENDS = tuple("。！？；：”")
_DATE = re.compile(r"[（(]?\s?(?:(?:19|20)\d\d\s?[年./-]|[二一][〇○零九]|(?:发布)?(?:日期|时间|来源)[:：])")
_LATIN_WORDS = re.compile(r"[A-Za-z,.;]$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Margins, character size, distance of lines (points) of the body; whether first lines are indented."""

    left: float
    right: float
    size: float
    pitch: float
    indented: bool


def join(pages: Sequence[PageLines]) -> list[str]:
    """Paragraphs of all pages, and table rows in their place."""
    lines = [line for page in pages for line in page.lines]
    layout = _layout(lines) if lines else Layout(0, 0, 1, 1, False)
    paragraphs: list[str] = []
    table: list[Table] = []
    previous: Line | None = None
    for page in pages:
        new_page = True
        for part in _in_order(page):
            if isinstance(part, Table):
                table.append(part)
                previous = None
            else:
                _flush(table, paragraphs)
                if previous is not None and _goes_on(previous, part, layout, new_page):
                    paragraphs[-1] = _glue(paragraphs[-1], part.text)
                else:
                    paragraphs.append(part.text)
                previous = part
            new_page = False
    _flush(table, paragraphs)
    return paragraphs


def _flush(table: list[Table], paragraphs: list[str]) -> None:
    if table:
        paragraphs += table_lines(table)
        table.clear()


def _in_order(page: PageLines) -> list[Line | Table]:
    parts: list[Line | Table] = [*page.lines, *page.tables]
    return sorted(parts, key=lambda part: (part.top, part.x0))


def _layout(lines: Sequence[Line]) -> Layout:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) < 0.15 * size]
    widest = max(line.x1 - line.x0 for line in body)
    full = [line for line in body if line.x1 - line.x0 > 0.85 * widest]
    left, right = _edge([line.x0 for line in full], size, min), _edge([line.x1 for line in full], size, max)
    gaps = [b.top - a.top for a, b in zip(lines, lines[1:], strict=False) if 0 < b.top - a.top < 4 * size]
    starts = sum(1.2 * size < line.x0 - left < 3.2 * size for line in body)
    return Layout(left, right, size, median(gaps) if gaps else 1.5 * size, starts >= max(2, 0.08 * len(body)))


def _edge(values: list[float], size: float, outermost: Callable[[list[float]], float]) -> float:
    """The outermost place where at least a tenth of the full lines begin or end."""
    places = Counter(round(value / (0.5 * size)) for value in values)
    common = [place for place, count in places.items() if count >= 0.1 * len(values)]
    return outermost([float(p) for p in common]) * 0.5 * size


def _goes_on(previous: Line, line: Line, layout: Layout, new_page: bool) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    size = layout.size
    if line.text.startswith(_RUNS_ON) and line.x0 < layout.left + size:
        return True
    if abs(previous.size - line.size) > 0.15 * size:
        return False
    if not new_page and line.top - previous.top > max(1.6 * layout.pitch, layout.pitch + 0.5 * size):
        return False
    if _is_centred(line, layout):  # the rest of a title; its first line may fill the measure
        first = _is_centred(previous, layout) or previous.x1 > layout.right - 2 * size
        apart = has_own_number(line.text) or any(_DATE.match(part.text) for part in (previous, line))
        return first and not apart and not previous.text.endswith(_ENDS)
    if _is_centred(previous, layout) and previous.size > 1.1 * size:
        return False
    if line.x0 > layout.left + 1.2 * size:
        return False
    if previous.x1 < layout.right - (4 if layout.indented else 2) * size:
        return False
    return layout.indented or not (has_own_number(line.text) and previous.text.endswith(_ENDS))


def _is_centred(line: Line, layout: Layout) -> bool:
    """In the middle of the measure, further from its left edge than a first line's indent."""
    middle = (layout.left + layout.right) / 2
    return abs((line.x0 + line.x1) / 2 - middle) < layout.size and line.x0 > layout.left + 3.2 * layout.size


def _glue(text: str, following: str) -> str:
    """No space between Chinese characters or within a number; one between Latin words."""
    latin = _LATIN_WORDS.search(text) and re.match(r"[A-Za-z]", following)
    return f"{text} {following}" if latin else text + following
