"""Problems that are listed first and answered in a later part: by their numbers, or stated once more.

一、反馈的主要问题 / （一）… / （二）… / 二、整改落实情况 / （一）针对问题一：… / （二）针对问题二：…
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhenggai.notice.draft import Draft
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.language.numbering import CLAUSE, parse_number
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.model import Span
from zhenggai.notice.summary.pair_index import PairIndex, pairs_of
from zhenggai.patterns import compiled

_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_POINTED = (
    r"(?:(?:针对|关于|对[于应照]?)\s?)?(?:巡[视察]组?)?(?:反馈|提出|指出)?的?"
    rf"(?:第(?P<nth>{_N})[个项条](?:问题|意见)?|问题\s?(?P<n>{_N}))"
)
_AFTER = r"(?:的|问题)?(?:的?整改)?(?:落实|完成|进展)?(?:情况|措施|结果)?(?:[：:，,。、\s]\s*|$)"
_POINTER = compiled(_POINTED + _AFTER)
"""针对问题一：, 第3个问题整改情况：, 问题5。"""
_NUMBER = compiled(_POINTED)
_REST = compiled(r"[”’」』）)]?的?" + _AFTER)
_OPENS = compiled(r"[：:，,]?\s?[“‘「『（(]?")
_FEWEST = 3
_SAME = 0.7
"""Share of the character pairs that two statements of one problem have in common."""

_INSIDE = 0.9
_TELLING = 5
"""Character pairs of a statement that is known again inside a listed line: 党的建设方面：学习不深入；…"""


@dataclass(frozen=True, slots=True)
class _Pointer:
    line: int
    value: int
    begins: int
    """Clean offset of the answer."""


def is_list(drafts: Sequence[Draft]) -> bool:
    """Whether a part only lists problems."""
    return len(drafts) >= _FEWEST and not any(draft.outcome for draft in drafts)


def states_its_own(text: str, own: Sequence[Draft], answered: Sequence[Draft]) -> bool:
    """Whether a part states what it answers, so that its numbers count topics: as many problems or more."""
    stated = [text[slice(*draft.problem)] for draft in own if draft.outcome]
    listed = {text[slice(*draft.problem)] for draft in answered}
    stated = [problem for problem in stated if _NUMBER.match(problem) is None and problem not in listed]
    sure = sum(map(wording.looks_like_problem, stated))
    return len(stated) >= sum(bool(draft.outcome) for draft in answered) and sure * 2 > len(stated)


def answered_by_number(
    text: str, listed: Sequence[Draft], title: Line | None, lines: Sequence[Line]
) -> list[Draft]:
    """The listed problems with the answers that `lines` give under their numbers; empty if they give none."""
    pointers = _pointers([text[slice(*draft.problem)] for draft in listed], lines) or _numbers(
        title, lines, len(listed)
    )
    values = [pointer.value for pointer in pointers]
    if not _FEWEST <= len(values) <= len(listed) or len(values) * 2 < len(listed):
        return []
    if sorted(set(values)) != sorted(values) or not 1 <= min(values) <= max(values) <= len(listed):
        return []
    answers: dict[int, tuple[Span, ...]] = {}
    ends = [*(pointer.line for pointer in pointers[1:]), len(lines)]
    for pointer, end in zip(pointers, ends, strict=True):
        first = lines[pointer.line]
        spans = [(pointer.begins, first.end)] if pointer.begins < first.end else []
        answers[pointer.value] = (*spans, *(line.span for line in lines[pointer.line + 1 : end]))
    return [replace(d, outcome=answers.get(i, ())) for i, d in enumerate(listed, 1)]


def _pointers(stated: Sequence[str], lines: Sequence[Line]) -> list[_Pointer]:
    """Where answers say which problem they are for."""
    found = []
    for index, line in enumerate(lines):
        if "问题" not in line.text[:24] and "第" not in line.text[:12]:
            continue
        for at in {0, line.body_start - line.start}:
            again = _with_its_problem(stated, line, at)
            if again is not None:
                found.append(replace(again, line=index))
                break
            match = _POINTER.match(line.text, at)
            if match is None or wording.looks_like_problem(line.text[match.end() :]):
                continue
            value = parse_number(match["nth"] or match["n"])
            found.append(_Pointer(index, value, line.start + match.end()))
            break
    return found


def _with_its_problem(stated: Sequence[str], line: Line, at: int) -> _Pointer | None:
    """第3个问题“…”，…: the number, and the problem that has it in the list once more."""
    match = _NUMBER.match(line.text, at)
    value = parse_number(match["nth"] or match["n"]) if match is not None else 0
    if match is None or not 1 <= value <= len(stated):
        return None
    opened = _OPENS.match(line.text, match.end())
    begin = opened.end() if opened is not None else match.end()
    problem = stated[value - 1].rstrip("。；")
    if not line.text.startswith(problem, begin):
        return None
    rest = _REST.match(line.text, begin + len(problem))
    return None if rest is None else _Pointer(0, value, line.start + rest.end())


def _numbers(title: Line | None, lines: Sequence[Line], count: int) -> list[_Pointer]:
    """Where answers carry nothing but the numbers of the `count` problems."""
    if title is None or "整改" not in title.body:
        return []
    if section_wording.NEXT_STEPS.search(title.body) or section_wording.ORGANISATION.search(title.body):
        return []
    first = lines[0].marker if lines else None
    if first is None or first.style == CLAUSE:
        return []
    found = [
        _Pointer(index, line.marker.value, line.body_start)
        for index, line in enumerate(lines)
        if line.marker is not None and line.marker.level == first.level
    ]
    in_turn = [pointer.value for pointer in found] == list(range(1, count + 1))
    stated = any(wording.looks_like_problem(lines[pointer.line].body) for pointer in found)
    return found if in_turn and not stated else []


def without_repeated(text: str, listed: Sequence[Draft], answered: Sequence[Draft]) -> list[Draft]:
    """The listed problems that `answered` does not state once more; all, where it states few of them."""
    if not any(draft.outcome for draft in answered):
        return list(listed)
    index = PairIndex([pairs_of(text[slice(*draft.problem)]) for draft in answered])
    left = []
    for draft in listed:
        pairs = pairs_of(text[slice(*draft.problem)])
        same = index.shares(pairs, _SAME, "larger")
        inside = any(index.sizes[i] >= _TELLING for i in index.shares(pairs, _INSIDE, "other"))
        if not same and not inside:
            left.append(draft)
    return left if len(left) * 2 <= len(listed) else list(listed)
