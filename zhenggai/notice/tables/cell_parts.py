"""A row whose problem cell counts several problems, and whose answer has the same numbers, is a row for each.

（1）…；（2）… | （1）…。（2）…。 Lines of running text with such numbers are told apart the same way. Where
the answer has other numbers or none, it serves all of them: one item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import Marker, match_marker
from zhenggai.notice.tables.columns import Cell, is_status
from zhenggai.patterns import compiled

_STYLES = frozenset(["decimal", "decimal_paren", "decimal_half", "chinese_paren", "circled"])
_BEGINS = compiled(r"(?:^|(?<=[。；;：:，,！\s]))(?=[\d⒈-⒛])|(?<![第件见条款项])(?=[（(﹙①-⑳⑴-⒇㈠-㈩])")
"""A number in brackets tells itself, also where the break before it was lost."""
_FEWEST = 2
_SHORTEST_PROBLEM = 4
_LONGEST_LEAD = 14
"""Characters before the first number of an answer: a label; more of them are said of all problems."""
_FIELDS = ("deadline", "responsible")
_TICKED = compiled(r"是否[^：]{2,10}：.")


@dataclass(frozen=True, slots=True)
class RowPart:
    """One of the problems in a row."""

    heading: str | None
    """What stands before the first number of the problem cell: 作风建设不实."""
    row: dict[str, list[Cell]]


def parts_of_row(row: Mapping[str, Sequence[Cell]]) -> list[RowPart]:
    """The problems of a row with what answers each; empty where the row is one item."""
    problem = row["problem"][:1]
    counted = _counted(problem)
    if counted is None or len(counted.parts) < _FEWEST or not all(map(_states, counted.parts)):
        return []
    answers = _answers(row.get("outcome", ()), counted)
    if answers is None:
        return []
    label = not counted.lead or wording.BARE_PROBLEM_LABEL.match(counted.lead)
    heading = None if label else counted.lead.rstrip("：:，,；;。")
    fields = {name: _shares(row.get(name, ()), counted) for name in _FIELDS}
    return [
        RowPart(
            heading,
            {
                "number": [counted.numbers[index]],
                "problem": part,
                "outcome": answers[index],
                **{name: shares[index] for name, shares in fields.items()},
            },
        )
        for index, part in enumerate(counted.parts)
    ]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Cells below each other, cut at the numbers 1, 2, …"""

    level: str
    lead: str
    numbers: list[Cell]
    parts: list[list[Cell]]
    """What stands behind each number; of more than one cell where it goes on in the next."""


def _counted(cells: Sequence[Cell]) -> _Counted | None:
    """The parts that numbers make of cells; None where there are none, or they do not run on."""
    marks = [(index, at, marker) for index, cell in enumerate(cells) for at, marker in _markers(cell.text)]
    marks = [mark for mark in marks if mark[2].level == marks[0][2].level]
    if not marks or [marker.value for *_, marker in marks] != [*range(1, len(marks) + 1)]:
        return None
    begins = [(index, at) for index, at, _ in marks]
    texts = [(index, at + marker.length) for index, at, marker in marks]
    ends = [*begins[1:], (len(cells) - 1, len(cells[-1].text))]
    parts = [_between(cells, begin, end) for begin, end in zip(texts, ends, strict=True)]
    if not all(parts):
        return None
    lead = "".join(piece.text for piece in _between(cells, (0, 0), begins[0]))
    numbers = [_between(cells, begin, end)[0] for begin, end in zip(begins, texts, strict=True)]
    return _Counted(marks[0][2].level, lead, numbers, parts)


def _between(cells: Sequence[Cell], begin: tuple[int, int], end: tuple[int, int]) -> list[Cell]:
    """What stands between two places (index of the cell, offset in its text), without empty pieces."""
    pieces = []
    for index in range(begin[0], end[0] + 1):
        start = begin[1] if index == begin[0] else 0
        stop = end[1] if index == end[0] else len(cells[index].text)
        piece = _piece(cells[index], start, stop)
        if piece.text:
            pieces.append(piece)
    return pieces


def _markers(text: str) -> Iterator[tuple[int, Marker]]:
    for begin in _BEGINS.finditer(text):
        marker = match_marker(text, begin.start())
        if marker is not None and marker.style in _STYLES:
            yield begin.start(), marker


def _piece(cell: Cell, start: int, end: int) -> Cell:
    """Part of a cell, without white space at its edges."""
    text = cell.text[start:end]
    begin = cell.start + start + len(text) - len(text.lstrip())
    return Cell(begin, begin + len(text.strip()), text.strip(), cell.column)


def _states(problem: Sequence[Cell]) -> bool:
    text = problem[0].text
    return len(text) >= _SHORTEST_PROBLEM and not wording.reports_done(text)


def _answers(cells: Sequence[Cell], problems: _Counted) -> list[list[Cell]] | None:
    """What answers each problem; a status is that of all. None where an answer is not counted like them."""
    answers: list[list[Cell]] = [[] for _ in problems.parts]
    is_counted = False
    for column in dict.fromkeys(cell.column for cell in cells):
        own = [cell for cell in cells if cell.column == column]
        counted = _counted_alike(own, problems)
        if counted is not None and len(counted.lead) <= _LONGEST_LEAD:
            is_counted, shares = True, counted.parts
        elif all(map(_is_of_all, own)):
            shares = [own] * len(answers)
        else:
            return None
        answers = [[*answer, *share] for answer, share in zip(answers, shares, strict=True)]
    return answers if is_counted else None


def _counted_alike(cells: Sequence[Cell], problems: _Counted) -> _Counted | None:
    """The parts of cells that carry the numbers of the problems, in the same form."""
    counted = _counted(cells) if cells else None
    alike = counted is not None and counted.level == problems.level
    return counted if alike and counted is not None and len(counted.parts) == len(problems.parts) else None


def _is_of_all(cell: Cell) -> bool:
    return is_status(cell) or _TICKED.fullmatch(cell.text) is not None


def _shares(cells: Sequence[Cell], problems: _Counted) -> list[list[Cell]]:
    """Who answers for each problem, or until when; where these are not counted, they count for all."""
    counted = _counted_alike(cells, problems)
    return counted.parts if counted is not None else [list(cells)] * len(problems.parts)
