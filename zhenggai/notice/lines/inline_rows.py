"""Problems counted inside a paragraph, each with its own answer, become lines of their own.

（一）…方面。一是针对…的问题。… 二是针对…的问题。… / 一、聚焦…。（1）…。整改情况：…（2）…。整改情况：…

What the numbers count shows in what is said behind each: a label of an answer, or a wrapper that ends. The
points of one answer have neither. A paragraph with a single problem is told by the other paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE, INLINE, Marker, match_marker
from zhenggai.notice.language.statement import find_wrapped
from zhenggai.notice.lines.inline_kinds import KINDS, LONGEST_PROBLEM
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_FEWEST = 3
"""Problems in the paragraphs of a notice together."""
_FEWEST_STATED = 2
"""Of those that plain words tell, which stand side by side in one paragraph."""
_AHEAD = 8
"""Lines within which the next number is looked for."""
_SHORTEST = 20
"""Characters of a number, a problem and an answer."""
_LONGEST_LEAD = 70
_NUMBER = compiled(r"[一二三四五六七八九十第其（(①-⑳⑴-⒇\d]")
_BEFORE = compiled(rf"[。；：:，,！？”》）)\s](?={_NUMBER.pattern})")
_FIRST = compiled(r"[（(]?\s?[第其]?(?:\d{1,2}[-－—])?0{0,2}[1１一①⑴]")
_FIRST_INSIDE = compiled(r"[。；：:，,！？”》）)\s]" + _FIRST.pattern)
"""How any number of the value 1 begins: few paragraphs have one."""
_UPPER = ("chinese", "chinese_paren", "section")
_TOPIC_END = ("方面", "领域", "情况", "工作", "落实", "问题", "建设", "整改", "类")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A paragraph that problems were found in."""

    starts: tuple[int, ...]
    """Where the numbers stand in its text."""
    kind: str
    sure: int
    """How many of the problems have what tells one for sure."""
    level: str
    value: int
    """Of the last number."""


def with_inline_rows(lines: Sequence[Line]) -> list[Line]:
    """`lines`, in which such paragraphs are cut before each problem."""
    found = _cuts(lines)
    rows = {kind for kind in KINDS if _is_row([cut for cut in found.values() if cut.kind == kind])}
    result: list[Line] = []
    for index, line in enumerate(lines):
        cut = found.get(index)
        result += [line] if cut is None or cut.kind not in rows else _pieces(line, cut)
    return result


_Kinds = frozenset[tuple[str, str]]


def _cuts(lines: Sequence[Line]) -> dict[int, _Cut]:
    """The paragraphs that problems are counted in; a row may go on in the next ones, each with its number."""
    possible = {i: cuts for i in range(len(lines)) if (cuts := _possible(lines, i))}
    if not possible:
        return {}
    found = _cuts_with(lines, possible, frozenset())
    known = frozenset((cut.kind, cut.level) for cut in found.values() if cut.value > 1)
    return _cuts_with(lines, possible, known) if known else found


def _cuts_with(
    lines: Sequence[Line], possible: Mapping[int, Sequence[_Cut]], known: _Kinds
) -> dict[int, _Cut]:
    """The same, where rows of the `known` kinds and levels stand elsewhere in the notice."""
    found: dict[int, _Cut] = {}
    last: _Cut | None = None
    for index, line in enumerate(lines):
        cut = _cut(lines, index, possible.get(index, ()), known)
        cut = cut or (None if last is None else _continued(line, last))
        if cut is not None:
            found[index] = last = cut
        elif line.marker is not None and line.marker.style in _UPPER:
            last = None
    return found


def _several(lines: Sequence[Line], index: int, cut: _Cut) -> bool:
    """Whether a paragraph, with the next one that has a number of its row, counts several for sure."""
    for line in lines[index + 1 : index + _AHEAD] if cut.value == 1 else ():
        if line.marker is not None and line.marker.style in _UPPER:
            break
        if (following := _continued(line, cut)) is not None:
            return (cut.sure + following.sure) * 2 >= cut.value + len(following.starts)
    return cut.value > 1 and cut.sure * 2 >= cut.value


def _continued(line: Line, last: _Cut) -> _Cut | None:
    """The next problems of a row: ①关于…的问题。… / ②关于…的问题。…"""
    marker = line.marker
    if marker is None or (marker.level, marker.value) != (last.level, last.value + 1):
        return None
    if line.label is not None or line.is_table_row or line.has_outcome_label:
        return None
    offset = 0 if match_marker(line.text) == marker else line.body_start - line.start
    starts, sure = _row(line.text, offset, KINDS[last.kind], last.level, last.value)
    return _Cut(starts, last.kind, sure, last.level, last.value + len(starts)) if starts else None


def _is_row(cuts: Sequence[_Cut]) -> bool:
    count = sum(len(cut.starts) for cut in cuts)
    enough = _FEWEST_STATED if cuts and cuts[0].kind == "stated" else _FEWEST
    return count >= enough and sum(cut.sure for cut in cuts) * 2 >= count


def _pieces(line: Line, cut: _Cut) -> list[Line]:
    bounds = [0, *(start for start in cut.starts if start > 0), len(line.text)]
    pieces = []
    for begin, end in zip(bounds, bounds[1:], strict=False):
        piece = line.text[begin:end]
        text = piece.strip()
        start = line.start + begin + piece.index(text[0]) if text else 0
        if text:
            heads = begin in cut.starts
            pieces.append(Line(start, start + len(text), text, _marker(text) if heads else line.marker))
    return pieces


def _marker(text: str) -> Marker | None:
    """The number of a problem; one that elsewhere counts points (一是, ①) gets a level of its own."""
    marker = match_marker(text)
    points = marker is not None and marker.style in (CLAUSE, "circled")
    return replace(marker, style=INLINE) if marker is not None and points else marker


def _possible(lines: Sequence[Line], index: int) -> tuple[_Cut, ...]:
    """What a paragraph may be cut into, kind by kind, by its place and its own words.

    The place is asked first: most paragraphs with a number 1 are answers, and words cost more.
    """
    line = lines[index]
    if line.label is not None or line.is_table_row or line.has_outcome_label or len(line.text) < _SHORTEST:
        return ()
    if _FIRST.match(line.text) is None and _FIRST_INSIDE.search(line.text) is None:
        return ()
    firsts = _firsts(line)
    if not firsts:
        return ()
    below = 0 not in firsts or _may_be_below_topic(lines, index)
    cuts = []
    for kind, tells in KINDS.items():
        if kind == "named" and "问题" not in line.text:
            continue
        if kind == "labelled" and next(wording.outcome_labels(line.text), None) is None:
            continue
        for at in firsts if below or kind == "labelled" else filter(None, firsts):
            starts, sure = _row(line.text, at, tells)
            if starts:
                cuts.append(_Cut(starts, kind, sure, firsts[at], len(starts)))
                break
    # A single 对…问题。 among others is of their kind.
    return tuple(sorted(cuts, key=lambda cut: -len(cut.starts)))


def _firsts(line: Line) -> dict[int, str]:
    """Where a first number stands behind nothing or a heading, and its level.

    The first number of the text, and of what its own number counts.
    """
    firsts: dict[int, str] = {}
    for begin in (0, line.marker.length) if line.marker is not None else (0,):
        found = next(_ones(line.text, begin), None)
        if found is not None and found[0] not in firsts and _may_lead(line, found[0]):
            firsts[found[0]] = found[1].level
    return firsts


def _ones(text: str, begin: int) -> Iterator[tuple[int, Marker]]:
    """Where numbers of the value 1 stand in `text[begin:]`."""
    for at in _places(text, begin):
        marker = match_marker(text, at) if _FIRST.match(text, at) is not None else None
        if marker is not None and _is_next(marker, None, 0):
            yield at, marker


def _cut(lines: Sequence[Line], index: int, possible: Sequence[_Cut], known: _Kinds) -> _Cut | None:
    """The first of `possible` that the lines around bear out."""
    for cut in possible:
        if cut.kind == "labelled" or cut.starts[0] > 0:
            return cut
        if _below_topic(lines, index, (cut.kind, cut.level) in known or _several(lines, index, cut)):
            return cut
    return None


def _places(text: str, begin: int) -> Iterator[int]:
    """Where numbers may stand in `text[begin:]`."""
    places = (match.end() for match in _BEFORE.finditer(text, max(0, begin - 1)))
    return places if begin or _NUMBER.match(text) is None else chain((0,), places)


def _row(
    text: str, begin: int, tells: Callable[[str], bool | None], level: str | None = None, before: int = 0
) -> tuple[tuple[int, ...], int]:
    """Where the numbers 1, 2, … of one kind stand in `text[begin:]`, if problems and answers follow.

    Of a row that goes on `level` is known, and so many numbers came `before`.
    """
    starts: list[int] = []
    sure = 0
    for at in _places(text, begin):
        marker = match_marker(text, at)
        if marker is None or not _is_next(marker, level, before + len(starts)):
            continue
        told = tells(text[at + marker.length : at + marker.length + 2 * LONGEST_PROBLEM])
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
    if marker.style in ("bullet", *_UPPER) or marker.depth:
        return False
    return marker.value == found + 1 and level in (None, marker.level)


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


def _may_be_below_topic(lines: Sequence[Line], index: int) -> bool:
    """Whether a heading stands right above that may name a topic."""
    above = lines[index - 1] if index else None
    if above is None or above.label is not None or above.is_table_row or above.has_outcome_label:
        return False
    if len(above.body) > _LONGEST_LEAD or "。" in above.body[:-1]:
        return False
    numbered = above.marker is not None and above.marker.style != CLAUSE
    return (numbered or _is_topic(above.body)) and find_wrapped(above.body) is None


def _below_topic(lines: Sequence[Line], index: int, several: bool) -> bool:
    """Whether a heading that names a topic stands right above: its problems, not one answer, follow.

    Above `several` problems it may name what is wrong itself: （二）社有资产监管失序.
    """
    above = lines[index - 1].body
    return several or _is_topic(above) or not wording.looks_like_problem(above)
