"""Line breaks that a fixed line width put inside paragraphs; they are joined again."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from zhenggai.notice.language.numbering import CLAUSE, match_marker
from zhenggai.notice.language.wording import WRAPPED_TAIL, begins_with_outcome_label
from zhenggai.notice.model import CELL_SEPARATOR, Span
from zhenggai.patterns import compiled

LINE = compiled(r"[^\n\r\x0b\x0c\x85\u2029]+")
PAGE_NUMBER_LINE = (
    r"[^\S\n]*(?:[-—–－]{1,3}\s?\d{1,4}\s?[-—–－]{1,3}"
    r"|第\s?\d{1,4}\s?页(?:\s?[，,/]?\s?共\s?\d{1,4}\s?页)?)[^\S\n]*"
)
_PAGE_NUMBER = compiled(PAGE_NUMBER_LINE)
_MOSTLY = 0.8
_FEWEST_WRAPPED = 12
"""Lines of full width that a wrapped text has at least."""
_FEWEST_IN_SHORT = 4
"""The same of a short text, where nearly all of them must go on in the next line."""
_NEARLY_ALL = 0.75
_SHARE_IN_SHORT = 0.1
_WIDTHS = range(36, 201)
"""Columns (a Chinese character takes two) that a text may have been wrapped at."""
_SLACK = 5
"""Columns by which a full line may fall short: punctuation may not begin a line."""
_SAMPLE = 200_000
_FEWEST_SEPARATORS = 2
_ENDS = ("。", "！", "？", "!", "?")
_WIDE = compiled(
    r"[\u1100-\u115f\u2010-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)


def marks_paragraphs(text: str) -> bool:
    """Whether some lines, but not most, are indented: the first ones of paragraphs."""
    lines = LINE.findall(text[:_SAMPLE])
    return 0 < sum(line[0].isspace() for line in lines) < _MOSTLY * len(lines)


def _columns(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))


def hard_wraps(text: str) -> list[Span]:
    """Line breaks that a fixed line width put inside paragraphs.

    Taken to be so when no line is wider than some width, many have just that width, and most of those
    do not end in a full stop.
    """
    sample = LINE.findall(text[:_SAMPLE])
    if len(sample) < _FEWEST_WRAPPED or max(map(len, sample)) > _WIDTHS.stop:
        return []
    best: tuple[int, Callable[[str], int], int] | None = None
    for measure in (_columns, _doubled):  # the one by which more lines are full
        width = max(map(measure, sample))
        full = _full_lines(sample, measure, width) if width in _WIDTHS else 0
        if full and (best is None or full > best[0]):
            best = full, measure, width
    return [] if best is None else _joints(text, *best[1:])


def _doubled(line: str) -> int:
    """Columns where every character takes two: text wrapped by the number of characters."""
    return 2 * len(line)


def _full_lines(lines: list[str], measure: Callable[[str], int], width: int) -> int:
    """How many lines are full, if so many are that the text was wrapped at `width`; else 0."""
    at = [index for index, line in enumerate(lines) if measure(line) >= width - _SLACK]
    inside = [index for index in at if lines[index].rstrip()[-1:] not in "。；：！？!?"]
    if len(at) >= max(_FEWEST_WRAPPED, 0.2 * len(lines)) and len(inside) >= 0.6 * len(at):
        return len(at)
    if len(at) < max(_FEWEST_IN_SHORT, _SHARE_IN_SHORT * len(lines)) or len(inside) < _NEARLY_ALL * len(at):
        return 0
    on = sum(_may_go_on(lines[index + 1]) for index in inside if index + 1 < len(lines))
    headings = sum(match_marker(lines[index].lstrip()) is not None for index in inside)
    going_on = on >= max(_FEWEST_IN_SHORT, _NEARLY_ALL * len(inside)) and 2 * headings <= len(inside)
    return len(at) if going_on and _ends_sentences(lines, inside) else 0


def _ends_sentences(lines: list[str], full: list[int]) -> bool:
    """Whether most short lines below full ones end sentences, as the last lines of paragraphs do."""
    below = {index + 1 for index in full}.difference(full)
    ended = sum(lines[index].rstrip()[-1:] in _ENDS for index in below if index < len(lines))
    return 2 * ended > len(below)


_ANY_LABEL = compiled(r"[【\[（(]?[\u4e00-\u9fff]{2,10}[】\]）)]?\s?[：:]")


def _may_go_on(line: str) -> bool:
    """Whether a line may be the rest of the one above: it has no indent, number or label."""
    return not line[0].isspace() and match_marker(line) is None and _ANY_LABEL.match(line) is None


def _joints(text: str, measure: Callable[[str], int], width: int) -> list[Span]:
    """The line breaks after full lines, except before a line that begins a paragraph, or a blank one."""
    cuts = []
    marked = marks_paragraphs(text)
    last: dict[str, int] = {}
    joined = False
    for line, following in pairwise(LINE.finditer(text)):
        if not joined:
            _note(last, line.group())
        gap = text[line.end() : following.start()]
        joined = (
            measure(line.group()) >= width - _SLACK
            and gap.count("\n") <= 1
            and not following.group()[:1].isspace()
            and not _are_rows(line.group(), following.group())
            and not _begins_paragraph(line.group(), following.group(), marked, last)
        )
        if joined:
            cuts.append((line.end(), following.start()))
    return cuts


def _are_rows(line: str, following: str) -> bool:
    """Whether two lines are rows of one table: short cells make them equally long."""
    cells = line.count(CELL_SEPARATOR)
    return cells >= _FEWEST_SEPARATORS and following.count(CELL_SEPARATOR) == cells


def _note(last: dict[str, int], line: str) -> None:
    """Keep the number that a paragraph begins with."""
    marker = match_marker(line.lstrip())
    if marker is not None and marker.style != CLAUSE:
        last[marker.level] = marker.value


def _begins_paragraph(line: str, following: str, marked: bool, last: dict[str, int]) -> bool:
    """Whether the line after a full one begins a paragraph though it is not indented.

    It is a page number, or has the next number of a row behind a full stop. Where no paragraph is marked by
    an indent, it may as well be a label, 3.关于…, or any number that goes on or stands behind a full stop.
    """
    if _PAGE_NUMBER.fullmatch(following.strip()):
        return True
    marker = match_marker(following)
    counts = marker is not None and marker.style != CLAUSE
    goes_on = counts and marker is not None and last.get(marker.level, 0) == marker.value - 1
    ended = line.rstrip()[-1:] in _ENDS
    if marked or begins_with_outcome_label(following):
        return (goes_on and ended) or not marked
    if marker is None or not counts:
        return False
    return ended or goes_on or following.startswith(("关于", "针对"), marker.length)


_OPEN_QUOTE = compiled(r"“[^”\n]{1,80}\n[^“”\n]{1,80}”")
"""A quote that goes on in the next line."""
_OPEN_TAIL = compiled(
    r"”[的问题方面整改落实情]{0,8}\r?\n[^\S\n]*[的问题方面整改落实进展情况]{1,14}[。：:]?[^\S\n\r]*(?=\r?\n|$)"
)
"""The words behind a quote, over two lines: 2.关于“租金收入体外循环”的 / 问题."""


def quoted_over(text: str) -> list[Span]:
    """The break in a heading whose quote, or what follows it, goes over two lines.

    1.关于“结题后 / 长期不结账”的问题。
    """
    cuts = []
    for match in _OPEN_QUOTE.finditer(text):
        cut = text.index("\n", match.start())
        if "。" not in text[match.start() : match.end()] and _heads(text, cut, text[cut + 1 : match.end()]):
            cuts.append(joint(text, cut))
    for match in _OPEN_TAIL.finditer(text):
        cut = text.index("\n", match.start())
        above, below = text[match.start() + 1 : cut].strip(), text[cut + 1 : match.end()].strip()
        whole = "问题" in above + below and WRAPPED_TAIL.fullmatch(above + below) is not None
        if whole and not begins_with_outcome_label(below) and _heads(text, cut, below):
            cuts.append(joint(text, cut))
    return cuts


def _heads(text: str, cut: int, following: str) -> bool:
    """Whether the line before the break at `cut` begins like a heading and the next one does not."""
    line = text[text.rfind("\n", 0, cut) + 1 : cut]
    begins = len(line) - len(line.lstrip())
    heads = match_marker(line, begins) is not None or line.startswith(("关于“", "针对“"), begins)
    return heads and "。" not in line and match_marker(following.lstrip()) is None


def joint(text: str, cut: int) -> Span:
    """The break at `cut` with the white space around it."""
    start, end = cut, cut + 1
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace() and text[end] != "\n":
        end += 1
    return start, end
