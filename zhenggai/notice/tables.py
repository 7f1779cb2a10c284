"""Rows of a rectification table → items: 序号 | 问题 | 整改措施 | 整改时限 | 责任单位 | 整改情况."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai.notice.draft import Draft
from zhenggai.notice.model import CELL_BREAK, CELL_SEPARATOR, Span
from zhenggai.notice.numbering import marker_text, match_marker
from zhenggai.notice.outline import Line
from zhenggai.notice.statement import unwrap
from zhenggai.patterns import compiled

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", compiled(r"序号|编号|序|项目?号|No\.?", re.I)),
    ("deadline", compiled(r".{0,6}(?:时限|期限|完成时间|整改时间|计划时间).{0,4}")),
    (
        "responsible",
        compiled(
            r".{0,6}(?:责任|牵头|承办|主办|分管|包保|配合)(?:单位|部门|科室|处室|领导|人|主体|股室).{0,10}"
        ),
    ),
    ("path", compiled(r"(?:问题)?(?:类别|分类|类型|方面|领域|大类|板块)|一级问题|反馈方面|巡[视察]方面")),
    (
        "outcome",
        compiled(
            r".{0,8}(?:措施|举措|情况|成效|结果|进展|进度|状态|做法|是否完成|是否销号|整改落实|完成|效果)(?:及.{0,10})?.{0,6}"
        ),
    ),
    ("problem", compiled(r".{0,10}(?:问题|意见|表现|事项|不足|任务|内容).{0,8}")),
)
_PROBLEM_FIRST = compiled(r".{0,8}(?:问题|意见)(?:表现|描述|内容|清单|具体内容|情况)?")
_BREAKS = compiled(f"[{CELL_BREAK}]+")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


_MOST_BETWEEN = 2
"""Lines that may stand between two rows of one table: titles of groups."""


def split_tables(lines: list[Line]) -> tuple[list[list[Line]], list[Line]]:
    """Tables that begin with a header row, each with the titles between its rows, and all other lines."""
    tables: list[list[Line]] = []
    others: list[Line] = []
    index = 0
    while index < len(lines):
        if not is_row(lines[index]) or _header(_cells(lines[index])) is None:
            others.append(lines[index])
            index += 1
            continue
        end = last = index + 1
        while end < len(lines) and end - last <= _MOST_BETWEEN:
            last = end + 1 if is_row(lines[end]) else last
            end += 1
        heading = others[-1:] if others and others[-1].end < lines[index].start and _heads(others[-1]) else []
        tables.append([*heading, *lines[index:last]])
        index = last
    return tables, others


def _heads(line: Line) -> bool:
    """Whether the line above a table is a heading that groups its rows."""
    numbered = line.marker is not None and line.marker.style in ("chinese", "chinese_paren", "section")
    return (
        numbered
        and len(line.text) <= 60
        and line.text.rstrip("。：:").endswith(("方面", "问题", "领域", "情况"))
    )


def read_table(text: str, lines: list[Line]) -> Iterator[Draft]:
    """Items of a run of table rows; rows before the first header row are passed over.

    A row whose problem cell is empty continues the row above it (vertically merged cells).
    """
    columns: dict[int, str] | None = None
    current: dict[str, list[_Cell]] | None = None
    path: tuple[str, ...] = ()
    for line in lines:
        cells = _cells(line)
        if not is_row(line):  # a title between the rows
            if current is not None:
                yield _draft(current, path)
            current, path = None, (line.text,)
            continue
        header = _header(cells)
        if header is not None:
            if current is not None:
                yield _draft(current, path)
            columns, current = header, None
            continue
        if columns is None:
            continue
        row = _row(cells, columns)
        filled = [cell for cell in cells if cell.text]
        if len(filled) == 1 and len(cells) > 1 and not row.get("outcome"):
            if current is not None:
                yield _draft(current, path)
            current, path = None, (filled[0].text,)
            continue
        if row.get("path"):
            path = (_flat(row["path"][0].text),)
        if row.get("problem"):
            if current is not None:
                yield _draft(current, path)
            current = row
        elif current is not None:
            for name, more in row.items():
                current.setdefault(name, []).extend(more)
    if current is not None:
        yield _draft(current, path)


_SPACED = compiled(r"\S(?: {3,}|\u3000{2,})(?=\S)")
_TABS, _GAPS = compiled(CELL_SEPARATOR), compiled(r" {3,}|\u3000{2,}")
_FEWEST_SPACED = 2
"""Gaps that make a line without tabs a row whose cells are parted by spaces."""


def is_row(line: Line) -> bool:
    """Whether a line is a table row: cells parted by tabs, or by wide gaps."""
    wide = "   " in line.text or "\u3000\u3000" in line.text
    return line.is_table_row or (wide and len(_SPACED.findall(line.text)) >= _FEWEST_SPACED)


def _cells(line: Line) -> list[_Cell]:
    separator = _TABS if line.is_table_row else _GAPS
    cells = []
    at = 0
    for start, end in [*(m.span() for m in separator.finditer(line.text)), (len(line.text),) * 2]:
        raw = line.text[at:start]
        stripped = raw.strip()
        begin = line.start + at + (raw.index(stripped[0]) if stripped else 0)
        cells.append(_Cell(begin, begin + len(stripped), stripped))
        at = end
    return cells


def _header(cells: list[_Cell]) -> dict[int, str] | None:
    """Column index → what it holds, if the row is a header: it names a problem and something done."""
    if len(cells) < 2 or any(len(cell.text) > 24 for cell in cells):
        return None
    columns: dict[int, str] = {}
    for index, cell in enumerate(cells):
        name = _flat(cell.text).replace(" ", "")
        if (
            name
            and _PROBLEM_FIRST.fullmatch(name)
            and "整改" not in name
            and "problem" not in columns.values()
        ):
            columns[index] = "problem"
            continue
        kind = next((kind for kind, pattern in _COLUMNS if name and pattern.fullmatch(name)), None)
        if kind is not None:
            columns[index] = kind
    _refine(columns, cells)
    kinds = list(columns.values())
    return columns if "problem" in kinds and len(set(kinds)) >= 2 and len(columns) * 2 >= len(cells) else None


_FINER = compiled(r".{0,6}(?:具体|表现|描述|细化|子).{0,6}")


def _refine(columns: dict[int, str], cells: list[_Cell]) -> None:
    """Of two problem columns (反馈问题 | 具体表现) the finer one states the problem, the other groups."""
    problems = [index for index, kind in columns.items() if kind == "problem"]
    finer = [index for index in problems if _FINER.fullmatch(_flat(cells[index].text))]
    if len(problems) == 2 and len(finer) == 1:
        columns[next(index for index in problems if index not in finer)] = "path"


def _row(cells: list[_Cell], columns: dict[int, str]) -> dict[str, list[_Cell]]:
    row: dict[str, list[_Cell]] = {}
    for index, cell in enumerate(cells):
        if cell.text and index in columns:
            row.setdefault(columns[index], []).append(cell)
    return row


def _flat(text: str) -> str:
    return _BREAKS.sub("", text)


def _draft(row: dict[str, list[_Cell]], path: tuple[str, ...]) -> Draft:
    cell = row["problem"][0]
    marker = match_marker(cell.text)
    statement = unwrap(cell.text, marker.length if marker else 0)
    number = row["number"][0].text if row.get("number") else marker_text(cell.text)
    start, end = (statement.start, statement.end) if statement.end > statement.start else (0, len(cell.text))
    problem = (cell.start + start, cell.start + end)
    outcome = tuple(part for c in row.get("outcome", []) for part in _paragraphs(c))
    return Draft(
        number=number,
        path=path,
        problem=problem,
        outcome=outcome,
        deadline=_field(row, "deadline"),
        responsible=_field(row, "responsible"),
    )


def _field(row: dict[str, list[_Cell]], name: str) -> str | None:
    texts = [_BREAKS.sub("、", cell.text) for cell in row.get(name, [])]
    return "；".join(dict.fromkeys(texts)) or None


def _paragraphs(cell: _Cell) -> Iterator[Span]:
    """Spans of the lines inside a cell."""
    at = cell.start
    for part in cell.text.split(CELL_BREAK):
        stripped = part.strip()
        if stripped:
            start = at + part.index(stripped[0])
            yield start, start + len(stripped)
        at += len(part) + 1
