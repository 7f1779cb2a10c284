"""问题清单, 任务清单, 责任清单 as tables of their own: the rows of all become the items of the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.notice.draft import Draft
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.tables.left_columns import LeftColumns
from zhenggai.notice.tables.side_joins import Joined, Targets, with_rows
from zhenggai.notice.tables.table_lists import TableList, lists_of, without_titles
from zhenggai.notice.tables.table_rows import read_table
from zhenggai.notice.text.table_heads import unspaced
from zhenggai.patterns import compiled

_MOST_PER_PROBLEM = 3
"""Rows of a list for each problem, on average; a longer one is no companion of these problems."""
_QUOTED = 20
_TASK = compiled(r"(?:整改|工作|落实|具体|主要)*任务(?:内容|名称)?")


@dataclass(frozen=True, slots=True)
class TableItems:
    """What the tables of a notice hold."""

    drafts: tuple[Draft, ...]
    """Items of the other lines, then those of the tables, both with what the lists say of them."""
    warnings: tuple[str, ...] = ()


def read_tables(
    text: str, tables: Sequence[Sequence[Line]], others: Sequence[Draft], left: LeftColumns
) -> TableItems:
    """Items of all tables beside `others`, those of the text around them; `left` takes what is in none."""
    lists = [lists_of(table) for table in tables]
    candidates = _candidates([one for row in lists for one in row])
    if not candidates:
        plain = (draft for table in tables for draft in read_table(without_titles(table), left))
        return TableItems((*others, *plain))
    sides = _sides(text, lists, candidates, others)
    drafts = _items_of(lists, {id(one) for one, _ in sides}, left)
    return TableItems(
        tuple(with_rows(text, [*others, *drafts], [joined for _, joined in sides])),
        tuple(_warning(one, joined) for one, joined in sides if joined.lost and not _lists_open(one)),
    )


def _lists_open(one: TableList) -> bool:
    """Whether a list names open matters (尚未完成整改事项): `open_list` finds the problems that they are."""
    return section_wording.STILL_OPEN.search("，".join(one.names.values())) is not None


def _candidates(lists: Sequence[TableList]) -> set[int]:
    """Identities of the lists that may stand beside that of the problems: by their titles or columns."""
    heads: list[frozenset[str]] = []
    found = set()
    for one in lists:
        if one.columns is not None and (
            one.title or not one.states_problems or (heads and one.words not in heads)
        ):
            found.add(id(one))
        heads.append(one.words)
    return found


def _items_of(
    lists: Sequence[Sequence[TableList]], sides: set[int], left: LeftColumns | None = None
) -> list[Draft]:
    """The items of the tables without the lists `sides`."""
    drafts: list[Draft] = []
    for row in lists:
        own = [line for one in row if id(one) not in sides for line in without_titles(one.lines)]
        drafts += read_table(own, left) if own else []
    return drafts


def _sides(
    text: str, lists: Sequence[Sequence[TableList]], candidates: set[int], others: Sequence[Draft]
) -> list[tuple[TableList, Joined]]:
    """The lists that stand beside that of the problems, joined to it.

    One that holds items of its own may be what the later ones stand beside.
    """
    targets = Targets()
    targets.add(text, _items_of(lists, candidates) or others)
    found = []
    ordered = [one for row in lists for one in row if id(one) in candidates]
    # The list of the problems may stand behind one that speaks of them.
    for one in sorted(ordered, key=lambda one: one.title is not None or not one.states_problems):
        says_more = _says_more(one, targets)
        joined = targets.join(one, by_number=says_more or one.states_problems)
        is_lost = says_more and not one.states_problems and _is_companion(joined, targets)
        if joined.is_sure or is_lost:
            targets.remember(joined)
            found.append((one, joined))
        else:
            targets.add(text, list(read_table(without_titles(one.lines))))
    return sorted(found, key=lambda pair: pair[0].lines[0].start)


def _says_more(one: TableList, targets: Targets) -> bool:
    """Whether title and head of a list let expect that it speaks of problems which stand elsewhere.

    A column 事项 without such a title may as well state problems: it does not beside answered ones. A column
    任务 does not, beside any problems, unless what it holds reads like them.
    """
    if one.title is not None:
        return True
    kinds = one.kinds
    if "problem" in kinds or "task" not in kinds:
        return "problem" not in kinds
    tasks = [cells[i].text for cells in one.rows for i in one.columns_of("task") if i < len(cells)]
    like = sum(map(wording.looks_like_problem, tasks))
    named = all(_TASK.fullmatch(unspaced(one.names[i])) for i in one.columns_of("task"))
    return (named or targets.unanswered * 2 > targets.count) and like * 2 <= len(tasks)


def _is_companion(joined: Joined, targets: Targets) -> bool:
    """Whether a list is short enough to stand beside the problems, though its rows find none."""
    return len(joined.rows) <= _MOST_PER_PROBLEM * targets.count


def _warning(one: TableList, joined: Joined) -> str:
    named = one.title.text.strip() if one.title is not None else "、".join(one.names.values())
    name = named if len(named) <= _QUOTED else named[:_QUOTED] + "…"
    return (
        f"“{name}”有{joined.lost}行找不到对应的问题（序号、问题表述都对不上），没有读成条目，"
        "请核对；可在该表中补上与问题清单一致的序号后重新读取。"
    )
