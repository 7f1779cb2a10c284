"""The rows of a list beside that of the problems: by what each is known, and what it says of a problem."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai.notice.language.numbering import parse_number
from zhenggai.notice.language.statement import unwrap
from zhenggai.notice.model import Span
from zhenggai.notice.tables.columns import Cell
from zhenggai.notice.tables.side_heads import numbers_problems
from zhenggai.notice.tables.table_lists import TableList
from zhenggai.notice.tables.table_rows import Row, answer_of, field_of_row, row_of
from zhenggai.notice.text.table_heads import is_running_number
from zhenggai.patterns import compiled


@dataclass(frozen=True, slots=True)
class SideRow:
    """What a list says of one problem."""

    number: str | None
    problem: str | None
    """As `statement_key` writes it."""
    tasks: tuple[str, ...]
    outcome: tuple[Span, ...]
    deadline: str | None
    responsible: str | None


def side_rows(table: TableList) -> Iterator[SideRow]:
    """The rows of a list; one without number and problem goes on with the row above."""
    columns = dict(table.columns or {})
    numbers = [index for index, kind in columns.items() if kind == "number"]
    for own in numbers:  # of 序号 and 问题序号 the one that points elsewhere
        if len(numbers) > 1 and not numbers_problems(table.names[own]):
            del columns[own]
    kinds = columns.values()
    opening = next(kind for kind in ("number", "problem", "task") if kind in kinds or kind == "task")
    row: Row | None = None
    for cells in table.rows:
        found = row_of(list(cells), columns)
        if row is None or opening in found or "problem" in found:
            if row is not None:
                yield _side_row(row)
            row = found
        else:
            for name, more in found.items():
                row.setdefault(name, []).extend(more)
    if row is not None:
        yield _side_row(row)


def _side_row(row: Row) -> SideRow:
    problems, numbers = row.get("problem", []), row.get("number", [])
    if problems and is_running_number(problems[0].text):  # 对应问题: 3
        numbers, problems = problems, []
    tasks = row.get("task", [])
    said: list[Cell] = sorted([*tasks, *row.get("outcome", [])], key=lambda cell: cell.start)
    return SideRow(
        number=number_key(numbers[0].text) if numbers else None,
        problem=statement_key(problems[0].text) if problems else None,
        tasks=tuple(statement_key(task.text) for task in tasks),
        outcome=answer_of({"outcome": said}),
        deadline=field_of_row(row, "deadline"),
        responsible=field_of_row(row, "responsible"),
    )


_AROUND = compiled(
    r"(?:问题|第)+(?=[\d一二三四五六七八九十])|[\s（）()【】\[\]〔〕.、:：个号]+$|^[\s（(【\[〔]+"
)
_MARKS = compiled(r"[\W_]+")
_TAIL = compiled(r"(?<=.{4})(?:的?问题|等问题)$")
"""学习不深入的问题 is 学习不深入."""


def number_key(number: str | None) -> str | None:
    """A number as others may write it: （3）, 三、, 问题3 → 3; 1-2 and 1.2 stay what they are."""
    plain = _AROUND.sub("", unicodedata.normalize("NFKC", number or ""))
    if not plain:
        return None
    try:
        return str(parse_number(plain))
    except ValueError:
        return plain.replace("—", "-").replace(".", "-")


def statement_key(text: str) -> str:
    """A statement without its wrapper, marks and white space, by which it is known again."""
    plain = unicodedata.normalize("NFKC", text)
    start = 0
    if (marker := _NUMBERED.match(plain)) is not None:
        start = marker.end()
    found = unwrap(plain, start)
    return _TAIL.sub("", _MARKS.sub("", plain[found.start : found.end] or plain))


_NUMBERED = compiled(r"(?:\(?\d{1,3}[).、](?!\d)|\(?[一二三四五六七八九十]{1,3}[)、])\s*")
