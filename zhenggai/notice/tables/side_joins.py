"""What lists beside that of the problems (任务清单, 责任清单) say → the problems that they speak of."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zhenggai.notice.draft import Draft
from zhenggai.notice.model import Span
from zhenggai.notice.tables.side_heads import numbers_problems
from zhenggai.notice.tables.side_rows import SideRow, number_key, side_rows, statement_key
from zhenggai.notice.tables.table_lists import TableList

_MOST = 0.8
"""Share of the rows of a list that must find their problems, where nothing else says what it is."""
_FEWEST = 2
_ONE_OF = 3
"""Of so many statements one must be known before the numbers beside them count."""
_SHORTEST_BEGINNING = 6
"""Characters by which a shortened statement is known."""
_SHORTEST_REPEATED = 6


@dataclass(frozen=True, slots=True)
class Joined:
    """The problem that each row of a list speaks of; None where that cannot be told."""

    rows: tuple[SideRow, ...]
    problems: tuple[Span | None, ...]
    stated: int = 0
    """Rows that repeat the statement of a problem."""

    @property
    def lost(self) -> int:
        """Rows that find no problem."""
        return self.problems.count(None)

    @property
    def is_sure(self) -> bool:
        """Whether nearly all rows find their problems, or most by what they repeat of them."""
        found = len(self.rows) - self.lost
        by_words = self.stated * 2 > len(self.rows)
        return found >= _FEWEST and (by_words or found >= _MOST * len(self.rows))


class _Keys:
    """What leads to a problem; what leads to two of them leads to none."""

    def __init__(self) -> None:
        self._problems: dict[str, Span | None] = {}
        self._sorted: list[str] = []

    def add(self, key: str | None, problem: Span) -> None:
        if not key:
            return
        if key not in self._problems:
            insort(self._sorted, key)
        self._problems[key] = problem if self._problems.get(key, problem) == problem else None

    def get(self, key: str) -> Span | None:
        return self._problems.get(key)

    def all(self) -> set[str]:
        return set(self._problems)

    def alike(self, key: str) -> Span | None:
        """The only problem whose key begins like this one, or with which this one begins."""
        if len(key) < _SHORTEST_BEGINNING:
            return None
        at = bisect_left(self._sorted, key)
        longer = [one for one in self._sorted[at : at + 2] if one.startswith(key)]
        shorter = [key[:n] for n in range(_SHORTEST_BEGINNING, len(key)) if key[:n] in self._problems]
        return self._problems[[*longer, *shorter][0]] if len(longer) + len(shorter) == 1 else None


class Targets:
    """The problems of a notice, by number and by statement; tasks that were joined lead to them as well."""

    def __init__(self) -> None:
        """Begin without problems."""
        self.count = self.unanswered = 0
        self._numbers, self._statements, self._tasks = _Keys(), _Keys(), _Keys()

    def add(self, text: str, drafts: Sequence[Draft]) -> None:
        """Know the problems of `drafts`."""
        for draft in drafts:
            self.count += 1
            self.unanswered += not draft.outcome
            self._numbers.add(number_key(draft.number), draft.problem)
            self._statements.add(statement_key(text[slice(*draft.problem)]), draft.problem)

    def join(self, table: TableList, by_number: bool = True) -> Joined:
        """Find the problem of each row: by its statement, else by its number if `by_number`."""
        rows = tuple(side_rows(table))
        stated = [(row, self._stated(row.problem)) for row in rows if row.problem]
        alike = [(row, problem) for row, problem in stated if problem is not None]
        agree = all(not row.number or self._by_number(row.number) == problem for row, problem in alike)
        told = agree and len(alike) * _ONE_OF >= len(stated)
        shared = by_number and told and self._share_numbers(table, rows)
        return Joined(rows, tuple(self._find(row, shared) for row in rows), len(alike))

    def remember(self, joined: Joined) -> None:
        """Know the tasks of a joined list, which a list of who is responsible may repeat."""
        for row, problem in zip(joined.rows, joined.problems, strict=True):
            for task in row.tasks if problem is not None else ():
                assert problem is not None
                self._tasks.add(task, problem)

    def _find(self, row: SideRow, by_number: bool) -> Span | None:
        found = self._stated(row.problem) if row.problem else None
        if found is None and by_number and row.number:
            found = self._by_number(row.number)
        return found or next((found for task in row.tasks if (found := self._tasks.get(task))), None)

    def _stated(self, problem: str) -> Span | None:
        return self._statements.get(problem) or self._statements.alike(problem)

    def _by_number(self, number: str) -> Span | None:
        """3-1 is the first task of problem 3."""
        return self._numbers.get(number) or self._numbers.get(number.partition("-")[0])

    def _share_numbers(self, table: TableList, rows: Sequence[SideRow]) -> bool:
        """Whether the rows carry the numbers of the problems, and do not only count themselves.

        Numbers that run on from 1 and end before those of the problems may be numbers of their own.
        """
        numbers = [row.number for row in rows if row.number]
        known = sum(self._by_number(number) is not None for number in numbers)
        if not numbers or known < _MOST * len(numbers):
            return False
        if any(numbers_problems(name) for name in table.names.values()):
            return True
        plain = {number.partition("-")[0] for number in numbers}
        counts_itself = plain == {str(i) for i in range(1, len(plain) + 1)}
        return known == len(numbers) and (plain >= self._numbers.all() or not counts_itself)


def with_rows(text: str, drafts: Sequence[Draft], lists: Iterable[Joined]) -> list[Draft]:
    """The drafts, with what the rows of the lists say of them behind what they have."""
    told = {draft.problem: draft for draft in drafts}
    for joined in lists:
        for row, problem in zip(joined.rows, joined.problems, strict=True):
            if problem in told:
                told[problem] = _with_row(text, told[problem], row)
    return [told[draft.problem] for draft in drafts]


def _with_row(text: str, draft: Draft, row: SideRow) -> Draft:
    said = {text[slice(*span)] for span in draft.outcome}
    return replace(
        draft,
        outcome=(*draft.outcome, *_unsaid(text, row.outcome, said)),
        deadline=_both(draft.deadline, row.deadline),
        responsible=_both(draft.responsible, row.responsible),
    )


def _unsaid(text: str, spans: Iterable[Span], said: set[str]) -> Iterator[Span]:
    """The paragraphs of a list that no other list has said before: 整改措施 stands in several.

    A status may well be said again, of something else.
    """
    for span in spans:
        if span[1] - span[0] < _SHORTEST_REPEATED or text[slice(*span)] not in said:
            yield span


def _both(first: str | None, second: str | None) -> str | None:
    parts = [part for value in (first, second) if value for part in value.split("；")]
    return "；".join(dict.fromkeys(parts)) or None
