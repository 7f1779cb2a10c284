"""Labels that are in no list (改了什么：, 整改实绩：, 我院整改：): what recurs at each sibling is one.

The place tells what a label says: the first one below a statement opens the answer, those behind it go on
with it, and one that stands before statements, with an answer below each, is a problem's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from zhenggai.notice.language import page_wording, wording
from zhenggai.notice.language.fields import field_of
from zhenggai.notice.language.numbering import CLAUSE, Marker
from zhenggai.notice.lines.outline import OUTCOME, PROBLEM, Line
from zhenggai.patterns import compiled

_HEAD = compiled(
    r"(?:[—–\-·]{1,3}\s?)?[【\[（(]?\s?(?P<name>[\u4e00-\u9fff]{2,10})(?:[（(][^（）()]{1,14}[）)])?"
    r"(?:\s?[】\]）)]\s?[：:]?|\s?[：:])\s*"
)
_MARKS = frozenset("：:】])）")
_LONGEST_HEAD = 36
"""Characters up to the mark that ends such a label."""
_FEWEST = 3
_MOSTLY = 0.8
_LONGEST_STATEMENT = 160
_NAMES_PROBLEM = compiled(r"问题|不足|短板|表现|差距|毛病|症结|病灶")


def with_recurring_labels(text: str, lines: Sequence[Line]) -> list[Line]:
    """`lines`, those that begin with such a label marked as problem or outcome."""
    places = _places(lines)
    if not places:
        return list(lines)
    name_at = {index: name for name, at in places.items() for index in at}
    found = _Labels(lines, places, name_at, frozenset())
    if (
        not found.opening()
    ):  # else the statements carry no label, and 完成标志：无新增问题 goes on with an answer
        problems = (name for name, at in places.items() if _is_problem(name, at, lines, name_at))
        found = replace(found, problems=frozenset(problems))
    answers = found.answers()
    result: list[Line] = []
    for index, line in enumerate(lines):
        name = found.name_at.get(index)
        if name in answers:
            result.append(replace(line, label=OUTCOME))
        elif name in found.problems:
            result.append(_labelled_problem(line))
        elif line.marker is None and result and _is_alone(result[-1]):
            above = result[-1]
            joined = text[above.start : line.end]
            marker = replace(above.marker or _LABEL, length=line.start - above.start)
            result[-1] = replace(above, end=line.end, text=joined, marker=marker)
        else:
            result.append(line)
    return result


_LABEL = Marker("label", 0, 0)


def _is_alone(line: Line) -> bool:
    """Whether a problem label has its line for itself."""
    return line.label == PROBLEM and not line.body and line.marker is not None


def _labelled_problem(line: Line) -> Line:
    """The line with its label read as part of the number."""
    match = _HEAD.match(line.body)
    length = line.body_start - line.start + (match.end() if match is not None else 0)
    return replace(line, label=PROBLEM, marker=replace(line.marker or _LABEL, length=length))


def _name(line: Line) -> str | None:
    """The label in front of a line, if no list knows it."""
    if line.label is not None or line.is_table_row or line.is_heading:
        return None
    if line.marker is not None and line.marker.style == CLAUSE:
        return None
    match = None if _MARKS.isdisjoint(line.body[:_LONGEST_HEAD]) else _HEAD.match(line.body)
    if match is None or line.has_outcome_label or wording.FIELD_LABEL.match(line.body):
        return None
    if field_of(match["name"]) is not None or wording.problem_label(line.body):
        return None
    return None if page_wording.CONTACT.search(line.body[:20]) else match["name"]


def _places(lines: Sequence[Line]) -> dict[str, list[int]]:
    """Label → indices of its lines, for labels that recur."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if (name := _name(line)) is not None:
            places.setdefault(name, []).append(index)
    return {name: at for name, at in places.items() if len(at) >= _FEWEST}


def _rest(line: Line) -> str:
    match = _HEAD.match(line.body)
    return line.body if match is None else line.body[match.end() :]


def _states(text: str) -> bool:
    sentence = wording.first_sentence(text)
    return len(sentence) <= _LONGEST_STATEMENT and wording.looks_like_problem(sentence)


def _most(at: Sequence[int], holds: Callable[[int], bool]) -> bool:
    return sum(map(holds, at)) >= _MOSTLY * len(at)


def _is_problem(name: str, at: Sequence[int], lines: Sequence[Line], name_at: Mapping[int, str]) -> bool:
    """Whether a label stands before statements, with another label right below most of them."""

    def is_answered(index: int) -> bool:
        below = index + 1 if _rest(lines[index]) else index + 2
        other = name_at.get(below, name) != name
        return other or (below < len(lines) and lines[below].has_outcome_label)

    rests = [_rest(lines[i]) or (lines[i + 1].text if i + 1 < len(lines) else "") for i in at]
    stated = sum(_states(rest) for rest in rests)
    named = _NAMES_PROBLEM.search(name) is not None
    return _most(at, is_answered) and stated * (3 if named else 1.6) >= len(at)


@dataclass(frozen=True, slots=True)
class _Labels:
    lines: Sequence[Line]
    places: Mapping[str, list[int]]
    name_at: Mapping[int, str]
    """Index of a line → its label."""
    problems: frozenset[str]

    @property
    def _free(self) -> dict[str, list[int]]:
        return {name: at for name, at in self.places.items() if name not in self.problems}

    def opening(self) -> set[str]:
        """Labels that open answers."""
        return {name for name, at in self._free.items() if self._opens(at)}

    def answers(self) -> set[str]:
        """Labels that open answers, and those that recur behind them."""
        free, opening = self._free, self.opening()
        if free.keys() == opening:
            return opening
        begun = {index for name in opening for index in free[name]}
        begun |= {i for i, line in enumerate(self.lines) if line.has_outcome_label}
        begun_in_order = sorted(begun)
        stated = [i for i in range(len(self.lines)) if self._is_statement(i)]
        return opening | {
            name
            for name, at in free.items()
            if name not in opening and _most(at, lambda i: _goes_on(i, begun_in_order, stated))
        }

    def _opens(self, at: Sequence[int]) -> bool:
        """Whether a label stands right below a statement, most times."""
        stated = sum(_states(_rest(self.lines[i])) for i in at)
        return stated * 2 <= len(at) and _most(at, lambda i: i > 0 and self._is_statement(self._above(i)))

    def _above(self, index: int) -> int:
        """The line above, lines for who and by when left out."""
        above = index - 1
        while above > 0 and wording.FIELD_LABEL.match(self.lines[above].body.lstrip("—–-· ")):
            above -= 1
        return above

    def _is_statement(self, index: int) -> bool:
        line = self.lines[index]
        if line.label == PROBLEM or self.name_at.get(index) in self.problems:
            return True
        known = wording.problem_label(line.body)
        if line.has_outcome_label or line.is_table_row or (known is None and index in self.name_at):
            return False
        body = line.body[known.end() :] if known is not None else line.body
        is_one = len(body) <= _LONGEST_STATEMENT and "。" not in body[:-1]
        return bool(body) and is_one and (known is not None or wording.looks_like_problem(body))


def _goes_on(index: int, begun: Sequence[int], stated: Sequence[int]) -> bool:
    """Whether an answer was begun after the last statement above; both in order."""
    above = bisect_left(stated, index)
    if above == 0:
        return False
    next_begun = bisect_right(begun, stated[above - 1])
    return next_begun < len(begun) and begun[next_begun] < index
