"""Clean text → lines with their numbers and labels, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhenggai.notice.language import page_wording, wording
from zhenggai.notice.language.fields import field_of
from zhenggai.notice.language.numbering import CLAUSE, Marker, match_marker
from zhenggai.notice.lines.kept import kept
from zhenggai.notice.model import CELL_SEPARATOR, Span
from zhenggai.notice.text.cleaning import CleanText
from zhenggai.notice.text.form_rows import asks_whether_done, pairs_of_cells
from zhenggai.notice.text.table_heads import heads_side_pairs
from zhenggai.patterns import compiled


@dataclass(frozen=True)  # without slots: what is asked again and again is kept
class Line:
    """A paragraph, or a piece of one where several headings stand in one paragraph."""

    start: int
    """Clean offset."""
    end: int
    text: str
    marker: Marker | None
    label: str | None = None
    """What a cell before the text says that it is: `problem`, `outcome`, `deadline`, `responsible`."""
    is_heading: bool = False
    """Whether the file itself marks the line as a heading."""
    in_table: bool = False
    """Whether the lines around it show that it is a row of a table, though only its number stands apart."""

    @property
    def span(self) -> Span:
        """Clean span."""
        return self.start, self.end

    @kept
    def body(self) -> str:
        """Text after the number."""
        return self.text if self.marker is None else self.text[self.marker.length :]

    @property
    def body_start(self) -> int:
        """Clean offset of `body`."""
        return self.start if self.marker is None else self.start + self.marker.length

    @kept
    def is_table_row(self) -> bool:
        """Whether the line is a row of a table."""
        return self.in_table or CELL_SEPARATOR in self.body

    @kept
    def has_outcome_label(self) -> bool:
        """Whether the line begins with 整改情况： or the like."""
        if self.label is not None:
            return self.label == OUTCOME
        return wording.begins_with_outcome_label(self.body)


def read_lines(text: CleanText) -> list[Line]:
    """All lines of `text` that are not page furniture."""
    lines = []
    headings = frozenset(text.source.headings)
    in_table = False
    for start, end in text.lines:
        content = text.text[start:end]
        if len(content) <= 100 and page_wording.FURNITURE.match(content):
            continue
        cells = content.count(CELL_SEPARATOR) + 1
        in_table = cells > _PAIR or (cells == _PAIR and (in_table or heads_side_pairs(content)))
        if cells > 1 and (in_table or not _is_indented_number(content)):
            parts = pairs_of_cells(content)
            in_table = in_table and len(parts) == 1
            lines += [_row(start + a, content[a:b], in_table) for a, b in parts]
            continue
        pieces = _pieces(content)
        is_heading = len(pieces) == 1 and bool(headings) and text.to_source((start, end))[0] in headings
        for piece_start, piece_end in pieces:
            piece = content[piece_start:piece_end]
            at, behind = start + piece_start, start + piece_end
            lines.append(Line(at, behind, piece, match_marker(piece), is_heading=is_heading))
    return _join_bare_numbers(text.text, lines)


_MOST_JOINED = 100
"""Characters of a number and labels that wait for a statement; a file of nothing but labels has none."""


def _join_bare_numbers(text: str, lines: list[Line]) -> list[Line]:
    """A number or a label (存在的问题) that stands on a line of its own belongs to the line below."""
    joined: list[Line] = []
    for line in lines:
        above = joined[-1] if joined else None
        near = above is not None and line.start - above.start <= _MOST_JOINED
        if above is not None and near and line.marker is None and _waits_for_statement(above):
            marker = replace(above.marker or _LABEL, length=line.start - above.start)
            joined[-1] = Line(above.start, line.end, text[above.start : line.end], marker)
        else:
            joined.append(line)
    return joined


_BARE_NUMBER = compiled(r"\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})?[.．、]?\s*")
_PAIR = 2
"""Cells of a row that may as well be a number and the text after it."""


def _is_indented_number(content: str) -> bool:
    """Whether the tab in a line only stands after its number, as in lists copied from Word."""
    marker = match_marker(content)
    return marker is not None and CELL_SEPARATOR not in content[marker.length :]


PROBLEM, OUTCOME = "problem", "outcome"
_LONGEST_LABEL = 12


def _row(start: int, content: str, in_table: bool) -> Line:
    """A table row; of a row with a label and its text (反馈问题 | …) the text."""
    cells = content.split(CELL_SEPARATOR)
    before = len(cells[0]) + 1 if len(cells) == _PAIR + 1 and _BARE_NUMBER.fullmatch(cells[0]) else 0
    cells = cells[1:] if before else cells  # the number of the problem, merged over its rows
    if len(cells) == _PAIR and len(cells[0].strip()) <= _LONGEST_LABEL and len(cells[1].strip()) > 1:
        name, text = cells[0].strip(), cells[1].strip()
        at = start + before + len(cells[0]) + 1 + cells[1].index(text[0])
        if wording.BARE_PROBLEM_LABEL.match(name) and not wording.BARE_OUTCOME_LABEL.match(text):
            return Line(at, at + len(text), text, match_marker(text), PROBLEM)
        if wording.BARE_OUTCOME_LABEL.match(name):
            return Line(at, at + len(text), text, None, OUTCOME)
        if asks_whether_done(name):
            return Line(start, start + len(content), content, None, OUTCOME)
        if field := field_of(name):
            return Line(at, at + len(text), text, None, field)
    return Line(start, start + len(content), content, match_marker(content), in_table=in_table)


_LABEL = Marker("label", 0, 0)


def _waits_for_statement(line: Line) -> bool:
    """Whether a line holds nothing but a number, a problem label, or both."""
    if not line.body:
        return line.marker is not None
    return len(line.body) <= 14 and wording.BARE_PROBLEM_LABEL.match(line.body) is not None


# Headings that stand in the middle of a paragraph: after a sentence end, a number of a heading style.
_INNER_HEADING = compiled(
    r"[况面题改。；：:！!？?”\s](?=[（(\d一二三四五六七八九十问反具巡])(?:(?<=[况面题改])(?=[（(]一[）)](?:关于|针对))|(?<![况面题改])(?="
    r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]{1,3}[^，。；一二三四五六七八九十]{1,12}[已均因正])[^，。；]{4,60}"
    r"|[（(][一二三四五六七八九十]{1,3}[）)][^，。；]{2}"
    r"|(?<!\d)\d{1,2}[.．、](?!\d)\s?(?:关于|针对|“)"
    r"|[（(]\d{1,2}[）)]\s?(?:关于|针对)"
    r"|(?<!\d)\d{1,2}[.．、](?!\d)[^。；\d]{4,60}[。：]\s?(?:整改|落实)[^，。；]{0,8}[：:]"
    r"|(?:反馈|具体|巡察|巡视){0,2}问题[一二三四五六七八九十\d]{1,3}[：:、]"
    r"))"
)
"""Ends where the heading begins. The character before it comes first: such a pattern is found quickly."""
_GLUED = compiled(
    r"\d{1,2}[.．、](?!\d)[^。；\d]{4,60}[。：]\s?(?:整改|落实)[^，。；]{0,8}[：:]|"
    r"[（(][一二三四五六七八九十]{1,3}[）)](?<=[况面题改][（(].[）)])[^，。；]{4}"
)
"""What stands right behind a heading that has no end: （二）资金管理不规范4.房屋被占用。整改情况：…"""
_UPPER_STYLES = frozenset({"chinese", "chinese_paren"})


_SEVERAL = 3


def _pieces(content: str) -> list[Span]:
    """Split a paragraph before headings that stand inside it; most paragraphs have none."""
    if len(content) < 40 or CELL_SEPARATOR in content:
        return [(0, len(content))]
    cuts = [m.end() for m in _INNER_HEADING.finditer(content)]
    if cuts and not _is_run_together(content, cuts):
        cuts = []
    if len(cuts) >= _SEVERAL:
        cuts = sorted({*cuts, *(m.start() for m in _GLUED.finditer(content))})
    pieces = []
    at = 0
    for cut in [*cuts, len(content)]:
        piece = content[at:cut]
        stripped = piece.strip()
        if stripped:
            start = at + piece.index(stripped[0])
            pieces.append((start, start + len(stripped)))
        at = cut
    return pieces


def _is_run_together(content: str, cuts: Iterable[int]) -> bool:
    """Whether a paragraph holds a whole outline: a section number and numbered headings after it."""
    styles = [m.style for cut in cuts if (m := match_marker(content, cut)) is not None]
    first = match_marker(content)
    upper = sum(style in _UPPER_STYLES for style in styles)
    numbered = [cut for cut, style in zip(cuts, styles, strict=False) if style == "decimal"]
    if len(numbered) >= 1 + (first is None or first.style != "decimal") and _states_problems(
        content, numbered
    ):
        return True
    if first is not None and first.style != CLAUSE:
        return upper >= 1 and len(styles) >= 2
    return upper >= 2


def _states_problems(content: str, cuts: list[int]) -> bool:
    """Whether the texts at `cuts` are problems with their answers, not the points of one answer."""
    return all(_states_problem(content[cut : cut + 160]) for cut in cuts)


def _states_problem(text: str) -> bool:
    sentence = wording.first_sentence(text)
    return wording.has_negative(sentence) or wording.begins_with_outcome_label(text[len(sentence) :].lstrip())
