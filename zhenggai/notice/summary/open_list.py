"""What a notice names as still open, in its closing list or in a sentence, and which items that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from zhenggai.notice.draft import Draft
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.language.numbering import CLAUSE, match_marker
from zhenggai.notice.language.statement import find_wrapped, unwrap
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.summary.open_sentences import says_done
from zhenggai.notice.summary.pair_index import Outcomes, PairIndex, pairs_of
from zhenggai.notice.text.table_heads import is_column_name, is_running_number
from zhenggai.patterns import compiled

_QUOTED = compiled(r"“([^”]{4,80})”")
_QUOTED_OPEN = compiled(r"“([^”]{4,60})”(?:的?问题)?[^。“]{0,6}(?:正在|尚未|未完成|仍在)")


_LONGEST_LISTED = 80
_LONGEST_TOPIC = 24


def listed_statements(lines: Iterable[Line]) -> list[str]:
    """The problems that a closing list names, one text each."""
    stated: list[str] = []
    for line in chain.from_iterable(map(_entries, lines)):
        if line.is_table_row:
            stated += _in_row(line)
            continue
        if line.has_outcome_label or wording.FIELD_LABEL.match(line.body):
            continue
        head = line.text[:120]
        wrapped = find_wrapped(line.text, line.body_start - line.start)
        if wrapped is not None:
            stated.append(line.text[wrapped.start : wrapped.end])
        else:
            sentence = _before_colon(wording.first_sentence(line.body))
            if line.marker is None and says_done(_PLANNED.sub("", sentence)):
                continue
            counted = line.marker is not None and line.marker.style != CLAUSE
            stated += _called_problems(line.body) if line.marker is None else ()
            if len(sentence) <= (_LONGEST_LISTED if counted else _LONGEST_TOPIC):
                inner = unwrap(sentence)
                topic = sentence[inner.start : inner.end].removesuffix("问题").removesuffix("的")
                stated.append(topic)
        if wrapped is None and line.marker is not None and line.marker.style == CLAUSE:
            stated += _in_clauses(line.body)
        elif wrapped is None:
            stated += [quote for quote in _QUOTED.findall(head) if wording.has_negative(quote)]
    return list(dict.fromkeys(stated))


def _in_row(line: Line) -> Iterator[str]:
    """What the row of a table names: its first cell that is no number (1 | 矿山生态修复 | 加快施工进度)."""
    cells = [cell.strip() for cell in line.text.split("\t")]
    name = next((cell for cell in cells if cell and not is_running_number(cell)), "")
    if len(cells) > 1 and not is_column_name(name) and len(name) <= _LONGEST_LISTED:
        yield name.removesuffix("整治").removesuffix("问题")


def stated_in_tables(tables: Sequence[Sequence[Line]], drafts: Sequence[Draft]) -> list[str]:
    """What tables name that are headed as open (尚未完成整改事项) and hold no items themselves."""
    stated: list[str] = []
    for table in tables:
        own = any(table[0].start <= draft.problem[0] < table[-1].end for draft in drafts)
        if not own and section_wording.STILL_OPEN.search(table[0].text):
            stated += listed_statements(table[1:])
    return stated


_PLANNED = compiled(r"(?:确保|力争|争取|尽快|[将拟])[^，。；]*")
_CALLED_PROBLEM = compiled(r"(?:以及|[和及])?([^，。；：]{4,40}?)的?问题(?=[，。；]|以及)")
_FEWEST_CALLED = 2


def _called_problems(text: str) -> list[str]:
    """Matters that a sentence names one after the other: 污水处理不足问题，以及违规担保问题，将一抓到底。"""
    found: list[str] = _CALLED_PROBLEM.findall(text)
    return found if len(found) >= _FEWEST_CALLED else []


_NEXT_NUMBER = compiled(r"[；;。，、]\s*(?=[\d（(①-⑳])")


def _entries(line: Line) -> Iterator[Line]:
    """A line, or each of the entries that it counts: 1.A；2.B。"""
    marker = line.marker
    if marker is None or marker.style == CLAUSE or line.is_table_row:
        yield line
        return
    start, value = 0, marker.value
    for mark in _NEXT_NUMBER.finditer(line.text, marker.length):
        following = match_marker(line.text, mark.end())
        if following is not None and (following.level, following.value) == (marker.level, value + 1):
            yield _piece(line, start, mark.start())
            start, value = mark.end(), following.value
    yield _piece(line, start, len(line.text)) if start else line


def _piece(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    return Line(line.start + start, line.start + end, text, match_marker(text))


def _before_colon(sentence: str) -> str:
    """线路不优：下一步将…: what is named, without what is said of it."""
    name, colon, _ = sentence.partition("：")
    return name if colon and len(name) <= _LONGEST_TOPIC else sentence


_NEXT_CLAUSE = compiled(r"[；;。](?=[一二三四五六七八九十]{1,2}是)")


def _in_clauses(body: str) -> Iterator[str]:
    """一是…问题，将于年底前完成；二是…: the faults that are named first in each."""
    for clause in _NEXT_CLAUSE.split(body):
        marker = match_marker(clause)
        name = wording.first_clause(clause[marker.length if marker else 0 :])
        topic = name.removesuffix("问题").removesuffix("的")
        if _FEWEST_NAMED <= len(topic) <= _LONGEST_TOPIC and (topic != name or wording.has_negative(name)):
            yield topic


_FEWEST_NAMED = 4


def open_quotes(text: str) -> list[str]:
    """Problems that a progress sentence quotes as still open: 第6个问题“…”正在整改中."""
    return _QUOTED_OPEN.findall(text)


_SAME = 0.75
_NEAR = 0.55
_OUTCOME_SAYS = 0.5
_MARGIN = 0.15
_SHORTEST_NAME, _TELLING_NAME = 6, 8
"""Characters of a name that is looked for in the outcomes, and of one of which the half may be enough."""


def link_open(stated: list[str], drafts: Sequence[Draft], text: str) -> set[int]:
    """Indices of the drafts that the statements of the closing list name."""
    return set().union(*linked_by_each(stated, drafts, text))


def linked_by_each(stated: list[str], drafts: Sequence[Draft], text: str) -> Iterator[set[int]]:
    """For each of the statements of a closing list that has a character pair, the drafts that it names.

    A statement names every item whose problem has (nearly) its words, and every item below a heading
    that has them; else the one item whose problem or outcome comes nearest, if near enough.
    """
    if not any(map(pairs_of, stated)):
        return
    asked = frozenset().union(*map(pairs_of, stated))
    problems = PairIndex([pairs_of(text[slice(*d.problem)]) for d in drafts], asked)
    paths = list({d.path[-1]: None for d in drafts if d.path})
    headings = PairIndex([pairs_of(_stated(path)) for path in paths], asked)
    outcomes = Outcomes(text, drafts, asked)
    below: dict[str, list[int]] = {}
    for index, draft in enumerate(drafts):
        if draft.path:
            below.setdefault(draft.path[-1], []).append(index)
    for statement in filter(pairs_of, stated):
        own = pairs_of(statement)
        scores = {
            i: score
            for i, score in problems.shares(own, _NEAR, "smaller").items()
            if problems.sizes[i] >= _FEWEST_PAIRS
        }
        same = {i for i, score in scores.items() if score >= _SAME}
        for heading in headings.shares(own, _SAME, "larger"):
            same.update(below[paths[heading]])
        yield same or _nearest(statement, scores, outcomes)


_FEWEST_PAIRS = 3


def _stated(heading: str) -> str:
    """The statement of a heading."""
    marker = match_marker(heading)
    sentence = unwrap(heading, marker.length if marker else 0)
    return heading[sentence.start : sentence.end]


def _nearest(statement: str, scores: dict[int, float], outcomes: Outcomes) -> set[int]:
    """The item that comes nearest: `scores` has the problems that are near enough."""
    best = min(scores, key=lambda i: (-scores[i], i), default=None)
    if best is not None:
        return {best}
    if len(statement) < _SHORTEST_NAME:
        return set()
    says = _OUTCOME_SAYS if len(statement) >= _TELLING_NAME else 1.0  # a few words in their whole
    reported = outcomes.shares(pairs_of(statement), says - _MARGIN)
    best = min(reported, key=lambda i: (-reported[i], i), default=None)
    if best is None or reported[best] < says:
        return set()
    second = max((share for i, share in reported.items() if i != best), default=0.0)
    return {best} if reported[best] - second >= _MARGIN else set()
