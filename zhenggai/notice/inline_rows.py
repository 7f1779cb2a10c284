"""Problems counted inside a paragraph, each with its own answer, become lines of their own.

（一）…方面。一是针对…的问题。… 二是针对…的问题。… / 一、聚焦…。（1）…。整改情况：…（2）…。整改情况：…

What the numbers count shows in what is said behind each: a label of an answer, or a wrapper that ends. The
points of one answer have neither. A paragraph with a single problem is told by the other paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from zhenggai.notice import wording
from zhenggai.notice.heading_cues import SHORTEST_ANSWER, closed
from zhenggai.notice.numbering import CLAUSE, Marker, match_marker
from zhenggai.notice.outline import Line
from zhenggai.notice.statement import find_facing, find_wrapped, is_generic
from zhenggai.patterns import compiled

_FEWEST = 3
"""Problems in the paragraphs of a notice together."""
_LONGEST_LEAD = 70
_LONGEST_PROBLEM = 160
_NUMBER = compiled(r"[一二三四五六七八九十第其（(①-⑳⑴-⒇\d]")
_BEFORE = compiled(rf"[。；：:，,！？”》）)\s](?={_NUMBER.pattern})")
_FIRST = compiled(r"[（(]?\s?[第其]?(?:\d{1,2}[-－—])?0{0,2}[1１一①⑴]")
_FIRST_INSIDE = compiled(r"[。；：:，,！？”》）)\s]" + _FIRST.pattern)
"""How any number of the value 1 begins: few paragraphs have one."""
_TOPIC_END = ("方面", "领域", "情况", "工作", "落实", "问题", "建设", "整改", "类")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A paragraph that problems were found in."""

    starts: tuple[int, ...]
    """Where the numbers stand in its text."""
    kind: str
    sure: int
    """How many of the problems have what tells one for sure."""


def with_inline_rows(lines: Sequence[Line]) -> list[Line]:
    """`lines`, in which such paragraphs are cut before each problem."""
    found = {i: cut for i in range(len(lines)) if (cut := _cut(lines, i)) is not None}
    rows = {kind for kind in _KINDS if _is_row([cut for cut in found.values() if cut.kind == kind])}
    result: list[Line] = []
    for index, line in enumerate(lines):
        cut = found.get(index)
        result += [line] if cut is None or cut.kind not in rows else _pieces(line, cut)
    return result


def _is_row(cuts: Sequence[_Cut]) -> bool:
    count = sum(len(cut.starts) for cut in cuts)
    return count >= _FEWEST and sum(cut.sure for cut in cuts) * 2 >= count


def _pieces(line: Line, cut: _Cut) -> list[Line]:
    bounds = [0, *(start for start in cut.starts if start > 0), len(line.text)]
    pieces = []
    for begin, end in zip(bounds, bounds[1:], strict=False):
        piece = line.text[begin:end]
        text = piece.strip()
        start = line.start + begin + piece.index(text[0]) if text else 0
        if text:
            heads = begin in cut.starts
            pieces.append(
                Line(start, start + len(text), text, _marker(text, cut.kind) if heads else line.marker)
            )
    return pieces


def _marker(text: str, kind: str) -> Marker | None:
    """The number of a problem; one that elsewhere counts points (一是, ①) gets a level of its own."""
    marker = match_marker(text)
    points = marker is not None and marker.style in (
        (CLAUSE, "circled") if kind == "labelled" else ("circled",)
    )
    return replace(marker, style="inline") if marker is not None and points else marker


def _cut(lines: Sequence[Line], index: int) -> _Cut | None:
    line = lines[index]
    if line.label is not None or line.is_table_row or line.has_outcome_label or len(line.text) < 30:
        return None
    if _FIRST.match(line.text) is None and _FIRST_INSIDE.search(line.text) is None:
        return None
    offset = line.body_start - line.start
    for kind, tells in _KINDS.items():
        starts, sure = _row(line.text, 0, tells)
        if not starts and offset:
            starts, sure = _row(line.text, offset, tells)
        if not starts or not _may_lead(line, starts[0]):
            continue
        if kind == "labelled" or starts[0] > 0 or _below_topic(lines, index):
            return _Cut(starts, kind, sure)
    return None


def _places(text: str, begin: int) -> Iterator[int]:
    """Where numbers may stand in `text[begin:]`."""
    places = (match.end() for match in _BEFORE.finditer(text, max(0, begin - 1)))
    return places if begin or _NUMBER.match(text) is None else chain((0,), places)


def _row(text: str, begin: int, tells: Callable[[str], bool | None]) -> tuple[tuple[int, ...], int]:
    """Where the numbers 1, 2, … of one kind stand in `text[begin:]`, if problems and answers follow."""
    level: str | None = None
    starts: list[int] = []
    sure = 0
    for at in _places(text, begin):
        if not starts and _FIRST.match(text, at) is None:
            continue
        marker = match_marker(text, at)
        if marker is None or not _is_next(marker, level, len(starts)):
            continue
        told = tells(text[at + marker.length : at + marker.length + 2 * _LONGEST_PROBLEM])
        if told is None:
            if not starts:
                return (), 0
            continue
        level = marker.level
        sure += told
        starts.append(at)
    doubtful = len(starts) > 1 and sure * 2 < len(starts)
    return ((), 0) if doubtful else (tuple(starts), sure)


def _is_next(marker: Marker, level: str | None, found: int) -> bool:
    if marker.style in ("bullet", "chinese", "chinese_paren", "section") or marker.depth:
        return False
    return marker.value == found + 1 and level in (None, marker.level)


def _has_label(piece: str) -> bool | None:
    """…不彻底。整改情况：… before the next number; None where it has none."""
    for match in wording.outcome_labels(piece[:_LONGEST_PROBLEM]):
        before = piece[: match.start()].rstrip()
        if len(before) >= 4 and before[-1] in "。；;.）)”：:" and closed(before):
            answered = len(piece) - match.end() >= SHORTEST_ANSWER
            return True if answered and match_marker(before) is None else None
    return None


def _has_wrapper(piece: str) -> bool | None:
    """针对…的问题。… or 对…的问题，…: whether a shortcoming is named; None without such a wrapper."""
    statement = find_facing(piece) or find_wrapped(piece)
    if statement is None:
        return None
    stated = piece[statement.start : statement.end]
    ends = (
        piece[statement.whole_end - 1] in "。：:，," and len(piece) - statement.whole_end >= SHORTEST_ANSWER
    )
    return None if not ends or is_generic(stated) else wording.has_negative(stated)


_KINDS: dict[str, Callable[[str], bool | None]] = {"labelled": _has_label, "wrapped": _has_wrapper}


def _may_lead(line: Line, length: int) -> bool:
    """Whether what stands before the first number is nothing, or a heading."""
    lead = line.text[:length].rstrip()
    if not lead:
        return True
    body = lead[line.marker.length :] if line.marker is not None else lead
    one = "。" not in body[:-1] and "；" not in body and len(body) <= _LONGEST_LEAD and body[-1:] in "。：:"
    return one and not wording.reports_done(body) and (line.marker is not None or _is_topic(body))


def _is_topic(text: str) -> bool:
    return text.rstrip("。：:，, ").endswith(_TOPIC_END)


def _below_topic(lines: Sequence[Line], index: int) -> bool:
    """Whether a heading that names a topic stands right above: its problems, not one answer, follow."""
    above = lines[index - 1] if index else None
    if above is None or above.label is not None or above.is_table_row or above.has_outcome_label:
        return False
    short = len(above.body) <= _LONGEST_LEAD and "。" not in above.body[:-1]
    numbered = above.marker is not None and above.marker.style != CLAUSE
    stated = wording.looks_like_problem(above.body) and not _is_topic(above.body)
    return short and (numbered or _is_topic(above.body)) and not stated and find_wrapped(above.body) is None
