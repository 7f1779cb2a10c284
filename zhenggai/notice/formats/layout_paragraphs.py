"""Lines of fixed pages (PDF, OFD) → whole paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from zhenggai.notice.formats.layout_lines import Line, PageLines
from zhenggai.notice.formats.layout_tables import Table, table_lines
from zhenggai.notice.formats.lists import has_own_number
from zhenggai.notice.language.numbering import CLAUSE, match_marker
from zhenggai.patterns import compiled

_RUNS_ON = tuple("，。；：、！？）》】”’%％")
"""A line never begins a paragraph with these."""
_ENDS = tuple("。！？；：”")
_DATE = compiled(r"[（(]?\s?(?:(?:19|20)\d\d\s?[年./-]|[二一][〇○零九]|(?:发布)?(?:日期|时间|来源)[:：])")
_LABEL = compiled(
    r"(?:整改|存在|反馈|落实|完成|责任|问题)(?:进展|落实|完成)?(?:问题|情况|措施|成效|结果|时限|单位|部门|领导)[:：]"
)
_HEADING_END = compiled(r"(?:问题|方面|情况|整改|到位|不够|不力|不足|差距|薄弱|不严)[。：:]?$")
_SENTENCE_MARK = compiled(r"[。；：:](?=.)")
_CLAUSE = compiled(r"[一二三四五六七八九十]是|针对|第[一二三四五]")
_WORD = compiled(
    r"[（(〔《“‘【〈\[]*(?:[A-Za-z0-9.,:%/+*○×-]+|.)[年月日]?[，。；：、！？）)〕》”’】〉\]％%]*[A-Za-z0-9.]*"
)
"""What is not broken at the end of a line: opening marks, a word or number, closing marks, a number."""
_LATIN_WORDS = compiled(r"[A-Za-z,.;]$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Margins, character size and distance of lines (points) of the body, and how it marks paragraphs."""

    left: float
    right: float
    size: float
    pitch: float
    indented: bool
    """By an indent of their first lines."""
    spaced: bool
    """By space above them."""

    @property
    def paragraph_gap(self) -> float:
        """Distance of lines from which on a new paragraph begins."""
        return (
            self.pitch + 0.35 * self.size
            if self.spaced
            else max(1.6 * self.pitch, self.pitch + 0.5 * self.size)
        )


def join(pages: Sequence[PageLines]) -> list[str]:
    """Paragraphs of all pages, and table rows in their place."""
    lines = [line for page in pages for line in page.lines if not _runs_across(line, page)]
    lines = lines or [line for page in pages for line in page.lines]
    layout = _layout(lines) if lines else Layout(0, 0, 1, 1, False, False)
    paragraphs: list[str] = []
    table: list[Table] = []
    previous: Line | None = None
    last: dict[str, int] = {}
    for page in pages:
        new_page = True
        for part in _in_order(page):
            if isinstance(part, Table):
                table.append(part)
                previous = None
            else:
                _flush(table, paragraphs)
                if previous is not None and (
                    _goes_on(previous, part, layout, new_page)
                    and (layout.indented or not _is_answered(paragraphs[-1], part.text))
                    and not (previous.text.endswith(_ENDS) and _counts_on(part.text, last))
                ):
                    paragraphs[-1] = _glue(paragraphs[-1], part.text)
                else:
                    paragraphs.append(part.text)
                    if (marker := match_marker(part.text)) is not None:
                        last[marker.level] = marker.value
                previous = part
            new_page = False
    _flush(table, paragraphs)
    return paragraphs


def _runs_across(line: Line, page: PageLines) -> bool:
    """Whether a line runs over both columns of a page, so that it says nothing of their width."""
    return page.gutter is not None and line.x0 < page.gutter < line.x1


def _counts_on(text: str, last: Mapping[str, int]) -> bool:
    """Whether the number of a line is the next one of a row that paragraphs begin with."""
    marker = match_marker(text)
    return marker is not None and marker.style != CLAUSE and last.get(marker.level) == marker.value - 1


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
    pitch = median(gaps) if gaps else 1.5 * size
    spaces = sum(pitch + 0.35 * size < gap < 3 * pitch for gap in gaps)
    needed = max(2, 0.08 * len(body))
    return Layout(left, right, size, pitch, starts >= needed, spaces >= needed)


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
    if abs(previous.size - line.size) > 0.15 * size or _LABEL.match(line.text):
        return False
    distance = (line.top - previous.top) / max(1.0, line.size / size)
    if not new_page and distance > layout.paragraph_gap:
        return False
    if _is_centred(line, layout):  # the rest of a title; its first line may fill the measure
        first = _is_centred(previous, layout) or _is_full(previous, line, layout)
        apart = has_own_number(line.text) or any(_DATE.match(part.text) for part in (previous, line))
        return first and not apart and not previous.text.endswith(_ENDS)
    if _is_centred(previous, layout) and previous.size > 1.1 * size:
        return False
    if line.x0 > layout.left + 1.2 * size or not _is_full(previous, line, layout):
        return False
    if layout.indented or (layout.spaced and not new_page):
        return True
    if previous.x0 > layout.left + 0.8 * size:  # set in the middle, unlike this line
        return False
    return not (has_own_number(line.text) and previous.text.endswith(_ENDS))


def _is_answered(paragraph: str, line: str) -> bool:
    """A numbered heading is over where a numbered sentence follows it, even if it fills its line."""
    if not has_own_number(paragraph) or _SENTENCE_MARK.search(paragraph):
        return False
    return has_own_number(line) or bool(_HEADING_END.search(paragraph) and _CLAUSE.match(line))


def _is_full(previous: Line, line: Line, layout: Layout) -> bool:
    """Whether the first word of a line had no room at the end of the line before it."""
    match = _WORD.match(line.text)
    word = sum(1.0 if char > "\x7f" else 0.55 for char in (match.group() if match else "")) + 1
    room = (layout.right - previous.x1) / line.size
    return room < max(word, 4.0 if layout.indented else 0.0)


def _is_centred(line: Line, layout: Layout) -> bool:
    """In the middle of the measure, further from its left edge than a first line's indent."""
    middle = (layout.left + layout.right) / 2
    return abs((line.x0 + line.x1) / 2 - middle) < layout.size and line.x0 > layout.left + 3.2 * layout.size


def _glue(text: str, following: str) -> str:
    """No space between Chinese characters or within a number; one between Latin words."""
    latin = _LATIN_WORDS.search(text) and re.match(r"[A-Za-z]", following)
    return f"{text} {following}" if latin else text + following
