"""Lists beside that of the problems (任务清单, 措施清单, 责任清单): the words of their titles and heads."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.notice.lines.outline import Line
from zhenggai.notice.tables.columns import Cell, cells_of, is_head, is_row, is_value, kind_of_column
from zhenggai.notice.tables.remarks import names_remarks
from zhenggai.notice.text.table_heads import (
    is_column_name,
    is_running_number,
    names_number,
    unspaced,
    words_of,
)
from zhenggai.patterns import compiled

_TITLE = compiled(
    r".*(?:任务|措施|举措|责任|目标|时限|分工|分解)(?:落实|分工|分解|明细|安排)?(?:清单|台账|一览表|明细表|分工表|分解表|落实表|安排表|表)"
    r"(?:[（(][^（）()]*[）)])?[：:]?"
)
_ALL_IN_ONE = compiled(r"问题[”’]?(?:清单)?[、，和及与]|[两三四]个?(?:张|份)?清单")
"""“问题、任务、责任”清单 is the title of a single list."""
_LONGEST_TITLE = 60
_ANNEX = compiled(r"附[件表录]?\s*[\d一二三四五六七八九十]{0,3}\s?[：:.．、]?")
_STATES = compiled(r"问题|意见|表现|不足")
_OF_PROBLEM = compiled(
    r"(?:对应|所属|所对应)?(?:的|反馈|巡[视察])*(?:问题|意见)(?:清单)?(?:中?的)?(?:序号|编号|号)"
)
_LONGEST_NAME = 24
_FEWEST_KINDS = 2
_ONE_OF = 4
"""Of so many names one may be unknown."""


def is_side_title(line: Line) -> bool:
    """Whether a line is the title of a list that states no problems: 巡察整改责任清单."""
    text = line.text.strip()
    if is_row(line) or len(text) > _LONGEST_TITLE or _ALL_IN_ONE.search(text):
        return False
    return _TITLE.fullmatch(text) is not None


def is_annex(line: Line) -> bool:
    """Whether a line is 附件2 alone, above the title of a list."""
    return _ANNEX.fullmatch(line.text.strip()) is not None


def numbers_problems(name: str) -> bool:
    """Whether a column holds the numbers of problems, not those of its own rows: 问题序号."""
    return _OF_PROBLEM.fullmatch(unspaced(name)) is not None


def side_columns(cells: Sequence[Cell]) -> dict[int, str] | None:
    """Column index → what it holds, as `header_of` tells it, of a head that need not name a problem.

    What is to be done (任务, 事项) is a `task`; None where the row is no head.
    """
    names = [unspaced(cell.text) for cell in cells]
    filled = [name for name in names if name]
    if len(filled) < 2 or any(len(name) > _LONGEST_NAME for name in filled) or any(map(is_value, cells)):
        return None
    columns = {index: kind for index, name in enumerate(names) if (kind := _kind(name)) is not None}
    unknown = sum(_kind(name) is None and not is_column_name(name) for name in filled)
    kinds = set(columns.values()) - {"remark", "path"}
    if (
        unknown * _ONE_OF > len(filled)
        or len(kinds) < _FEWEST_KINDS
        or not kinds & {"number", "problem", "task"}
    ):
        return None
    return columns


def _kind(name: str) -> str | None:
    if not name:
        return None
    if names_number(name) or numbers_problems(name):
        return "number"
    if names_remarks(name):
        return "remark"
    kind = kind_of_column(name)
    return "task" if kind == "problem" and not _STATES.search(name) else kind


def begins_side_list(lines: Sequence[Line], index: int) -> bool:
    """Whether the head of a list that names no problem is line `index`, with its title right above it."""
    if not lines[index].is_table_row or not index or not is_side_title(lines[index - 1]):
        return False
    return side_columns(cells_of(lines[index])) is not None


def is_new_head(cells: list[Cell], words: frozenset[str]) -> bool:
    """Whether a row below a table with the head `words` is the head of another list, in words of its own."""
    if any(len(cell.text) > _LONGEST_NAME or is_running_number(cell.text) for cell in cells):
        return False  # as in most rows
    own = words_of([cell.text for cell in cells])
    if own <= words:
        return False
    numbered = any(names_number(name) or numbers_problems(name) for name in own)
    columns = side_columns(cells) if numbered or is_head(cells) else None
    return columns is not None and (numbered or not {"problem", "task"}.isdisjoint(columns.values()))
