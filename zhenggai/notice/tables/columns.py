"""The cells of a table row, and what the columns of a table hold by the names in its head."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from zhenggai.notice.lines.outline import Line
from zhenggai.notice.model import CELL_BREAK, CELL_SEPARATOR
from zhenggai.notice.tables.remarks import names_remarks
from zhenggai.notice.text.table_heads import is_column_name, is_running_number, names_columns, unspaced
from zhenggai.patterns import compiled

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", compiled(r".{0,4}(?:序号|编号)|序|项目?号|No\.?", re.I)),
    ("deadline", compiled(r".{0,6}(?:时限|期限|完成时间|整改时间|计划时间).{0,4}")),
    (
        "outcome",
        compiled(
            r".{0,10}(?:认定|验收|审核|复核|审定|核验|确认)(?:情况|结果|状态)|(?:整改|办理|完成|落实)说明"
        ),
    ),
    (
        "responsible",
        compiled(
            r"(?!.*(?:情况|进展|成效|措施|举措|结果|状态)$).{0,6}(?:责任|牵头|承办|主办|分管|包保|配合)(?:单位|部门|科室|处室|领导|人|主体|股室).{0,10}"
        ),
    ),
    ("path", compiled(r"(?:问题)?(?:类别|分类|类型|方面|领域|大类|板块)|一级问题|反馈方面|巡[视察]方面")),
    (
        "outcome",
        compiled(
            r".{0,8}(?:措施|举措|情况|成效|成果|结果|进展|进度|状态|做法|是否(?:已|按期|全部)?(?:完成|销号|整改|到位|办结)|整改落实|完成|效果)(?:及.{0,10})?.{0,6}"
        ),
    ),
    ("problem", compiled(r".{0,10}(?:问题|意见|表现|事项|不足|任务|内容).{0,8}")),
)
_PROBLEM_FIRST = compiled(r".{0,8}(?:问题|意见)(?:表现|描述|内容|清单|具体内容|情况)?")
_BREAKS = compiled(f"[{CELL_BREAK}]+")
_FIGURES = compiled(r".*(?:数|数量|总数|个数|件数|率|占比|合计)")
_BRACKETS = compiled(r"(?<=.)[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text without white space at its edges, and where it stands."""

    start: int
    end: int
    text: str
    column: int = 0


_SPACED = compiled(r"\S(?: {3,}|\u3000{2,})(?=\S)")
_TABS, _GAPS = compiled(CELL_SEPARATOR), compiled(r" {3,}|\u3000{2,}")
_FEWEST_SPACED = 2
"""Gaps that make a line without tabs a row whose cells are parted by spaces."""


def is_row(line: Line) -> bool:
    """Whether a line is a table row: cells parted by tabs, or by wide gaps."""
    wide = "   " in line.text or "\u3000\u3000" in line.text
    return line.is_table_row or (wide and len(_SPACED.findall(line.text)) >= _FEWEST_SPACED)


_NUMBER = compiled(r"[\d.,，．%％\s/—-]*")


_FORM_FOOT = compiled(
    r"(?:填表|制表|填报|报送|审核|复核|经办|联系|公示|监督)[^：:]{0,6}(?:部门|单位|人|日期|时间|期|电话)\s?[：:]"
)

_SIGNED = compiled(r"(?:填表|制表|填报|报送|审核|审定|审批|复核|校对|签发|批准|经办|联系)[^：:]{0,6}\s?[：:]")
"""Further cells beside the first one of a foot: 制表人：… | 审核：…"""

_TOTAL = compiled(r"[合总小共]\s*计[：:]?|累\s*计[：:]?")


def is_foot(cells: list[Cell]) -> bool:
    """Whether a row below a table says who filled it in and when, or what the rows come to."""
    filled = [cell.text for cell in cells if cell.text]
    if not filled:
        return False
    if _TOTAL.fullmatch(filled[0]) is not None:
        return True
    first = _FORM_FOOT.match(filled[0]) is not None
    return first and all(_FORM_FOOT.match(text) or _SIGNED.match(text) for text in filled[1:])


_LONGEST_UPPER_NAME = 8
_SENTENCE = compiled(r"[\d，。；：]")


def is_upper_head(cells: list[Cell]) -> bool:
    """Whether a row can be the upper row of a head: a few short names over several columns."""
    names = [cell.text for cell in cells if cell.text]
    return 0 < len(names) < max(2, len(cells)) and all(
        len(name) <= _LONGEST_UPPER_NAME and not _SENTENCE.search(name) and is_column_name(name)
        for name in names
    )


def is_figures(line: Line) -> bool:
    """Whether a line is a row of figures: it has three cells or more, and numbers in all but the first."""
    if line.text.count(CELL_SEPARATOR) < 2:
        return False
    return _NUMBER.fullmatch(line.text[line.text.index(CELL_SEPARATOR) :]) is not None


def cells_of(line: Line) -> list[Cell]:
    """The cells of a row, empty ones as well."""
    separator = _TABS if line.is_table_row else _GAPS
    cells = []
    at = 0
    for column, (start, end) in enumerate(
        [*(m.span() for m in separator.finditer(line.text)), (len(line.text),) * 2]
    ):
        raw = line.text[at:start]
        stripped = raw.strip()
        begin = line.start + at + (raw.index(stripped[0]) if stripped else 0)
        cells.append(Cell(begin, begin + len(stripped), stripped, column))
        at = end
    return cells


def flat(text: str) -> str:
    """The text of a cell in one line."""
    return _BREAKS.sub("", text)


def kind_of_column(name: str) -> str | None:
    """`number`, `path`, `problem`, `outcome`, `deadline` or `responsible`, by a column's name; else None."""
    plain = _BRACKETS.sub("", unspaced(name))
    if not plain or _FIGURES.fullmatch(plain) or names_remarks(plain):
        return None
    return next((kind for kind, pattern in _COLUMNS if pattern.fullmatch(plain)), None)


def header_of(cells: list[Cell]) -> dict[int, str] | None:
    """Column index → what it holds, if the row is a header: it names a problem and something done."""
    if len(cells) < 2 or any(len(cell.text) > 24 for cell in cells) or any(map(is_value, cells)):
        return None
    columns: dict[int, str] = {}
    for index, cell in enumerate(cells):
        name = unspaced(cell.text)
        first = _PROBLEM_FIRST.fullmatch(name) is not None and "整改" not in name
        if first and "problem" not in columns.values():
            columns[index] = "problem"
        elif (kind := kind_of_column(name)) is not None:
            columns[index] = kind
    _refine(columns, cells)
    kinds = list(columns.values())
    if "problem" not in kinds or len(set(kinds)) < 2 or len(columns) * 2 < len(cells):
        return None
    remarks = (i for i, cell in enumerate(cells) if i not in columns and names_remarks(unspaced(cell.text)))
    return columns | dict.fromkeys(remarks, "remark")


def is_head(cells: list[Cell]) -> bool:
    """Whether a row can be the first head of a table."""
    return header_of(cells) is not None and names_columns([cell.text for cell in cells])


_NAMES_TOO = frozenset(["完成", "办结", "销号", "整改到位"])
"""What a column may be called, and what may stand in it."""


def is_value(cell: Cell) -> bool:
    """Whether a cell has a running number or a status in it, as no head does."""
    if is_running_number(cell.text):
        return True
    return is_status(cell) and flat(cell.text) not in _NAMES_TOO


_STATUS = compiled(
    r"(?:(?:已|均已|已经|全部|基本|部分|阶段性|正在|持续|长期|尚?未|没有|立行立改|按[期时]|如期)(?:已|基本|持续|全部|抓紧)?"
    r"(?:完成|整改|推进|办结|销号|到位|坚持|解决)?(?:整改|完成|到位|完毕|销号|推进|中)?|完成(?:整改)?|办结|销号|整改(?:到位|完[成毕]|中)|推进中)"
    r"(?:[，,、并]{0,2}(?:长期坚持|持续推进|持续巩固))?[。；]?"
    r"|(?:同意|准予|予以|[不未]予|[尚暂]?未|已)?(?:通过)?(?:对账)?(?:销号|验收)(?:通过|合格)?[。；]?"
)


def is_status(cell: Cell) -> bool:
    """Whether a cell of remarks states how far the problem is rectified, and nothing else."""
    return _STATUS.fullmatch(flat(cell.text)) is not None


_LONGEST_NAME = 12
_ONE_OF = 3
"""Of so many names in the lower row of a head one may be unknown."""


def second_header(cells: list[Cell], columns: dict[int, str]) -> dict[int, str] | None:
    """Columns as a second row of the head tells them (整改落实 over 整改措施 and 整改成效), or None."""
    if any(map(is_value, cells)):
        return None
    finer = dict(columns)
    unknown = 0
    for index, cell in enumerate(cells):
        name = unspaced(cell.text)
        if names_remarks(name):
            finer[index] = "remark"
            continue
        kind = kind_of_column(name)
        if kind is None and _FIGURES.fullmatch(name):  # 完成率 below 整改情况 is none of its answers
            finer.pop(index, None)
            continue
        if name and (kind == "number" or len(name) > _LONGEST_NAME or _SENTENCE.search(name)):
            return None
        unknown += bool(name) and kind is None
        if kind is not None:
            finer[index] = kind
    if unknown * _ONE_OF > sum(bool(cell.text) for cell in cells):
        return None
    names_problem = any(cells[i].text for i, kind in columns.items() if kind == "problem" and i < len(cells))
    kept = "problem" in finer.values() and any(finer.get(cell.column) for cell in cells if cell.text)
    return finer if kept and not names_problem else None


_TASK = compiled(r"(?:整改|工作|落实|具体)?任务")
"""Beside the problem it names what is to be done about it."""
_FINER = compiled(r".{0,6}(?:具体|表现|描述|细化|子).{0,6}")


def _refine(columns: dict[int, str], cells: list[Cell]) -> None:
    """Of two problem columns (反馈问题 | 具体表现) the finer one states the problem, the other groups."""
    problems = [index for index, kind in columns.items() if kind == "problem"]
    finer = [index for index in problems if _FINER.fullmatch(unspaced(cells[index].text))]
    if len(problems) == 2 and len(finer) == 1:
        columns[next(index for index in problems if index not in finer)] = "path"
    elif len(problems) == 2:
        first, second = (unspaced(cells[index].text) for index in problems)
        if "问题" in first and _TASK.fullmatch(second):
            columns[problems[1]] = "outcome"


def in_reading_order(cells: list[Cell]) -> list[Cell]:
    """The cells of an answer over several rows: one merged beside several (成效 beside 措施) comes after these."""
    counts = Counter(cell.column for cell in cells)
    merged = [column for column, count in counts.items() if count == 1]
    if any(counts[left] > 1 for column in merged for left in counts if left < column):
        return sorted(cells, key=lambda cell: cell.column)
    return cells
