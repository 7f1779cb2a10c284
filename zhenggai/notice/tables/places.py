"""Where the tables of a notice are: 序号 | 问题 | 整改措施 | 整改时限 | 责任单位 | 整改情况, and rows below."""

from __future__ import annotations

from zhenggai.notice.language import section_wording
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.tables.columns import cells_of, is_figures, is_head, is_row
from zhenggai.notice.tables.headless import columns_by_content, rows_without_head
from zhenggai.notice.tables.side_heads import begins_side_list, is_annex, is_side_title
from zhenggai.notice.tables.sideways import sideways_rows
from zhenggai.patterns import compiled

_MOST_BETWEEN = 2
"""Lines that may stand between two rows of one table: titles of groups."""


def split_tables(lines: list[Line]) -> tuple[list[list[Line]], list[Line]]:
    """Tables that begin with a header row, each with the titles between its rows, and all other lines."""
    tables: list[list[Line]] = []
    others: list[Line] = []
    index = 0
    while index < len(lines):
        if sideways := sideways_rows(lines, index):
            tables.append(lines[index : index + sideways])
            index += sideways
            continue
        if headless := _headless(lines, index):
            tables.append(lines[index : index + headless])
            index += headless
            continue
        if not is_row(lines[index]) or not _begins(lines, index):
            others += [] if is_figures(lines[index]) else [lines[index]]
            index += 1
            continue
        if others and others[-1].end < lines[index].start and _points_below(others[-1]):
            others.pop()
        end = last = index + 1
        while end < len(lines) and end - last <= _MOST_BETWEEN:
            last = end + 1 if is_row(lines[end]) else last
            end += 1
        above = others[-1] if others and others[-1].end < lines[index].start else None
        heads = above is not None and (_heads(above) or _goes_on(above, lines[index:last]))
        heading = [above] if above is not None and heads else []
        title = [] if heading else _side_titles(others, lines[index])
        tables.append([*heading, *title, *lines[index:last]])
        if heading and _ends_there(heading[0], lines[last : last + 1]):
            others.pop()
        index = last
    return tables, others


def _begins(lines: list[Line], index: int) -> bool:
    """Whether a row is the head of a table."""
    return is_head(cells_of(lines[index])) or begins_side_list(lines, index)


def _side_titles(others: list[Line], head: Line) -> list[Line]:
    """The title of a list beside that of the problems, taken out of the lines above its head."""
    if not others or others[-1].end >= head.start or not is_side_title(others[-1]):
        return []
    title = others.pop()
    if others and is_annex(others[-1]):
        others.pop()
    return [title]


def _headless(lines: list[Line], index: int) -> int:
    """Rows of a table without a head that begins at `index`; or 0."""
    if not lines[index].is_table_row or (index and lines[index - 1].is_table_row):
        return 0
    count = rows_without_head(lines, index)
    rows = lines[index : index + count]
    if any(is_head(cells_of(row)) for row in rows):
        return 0
    return count if columns_by_content(rows) else 0


def _ends_there(heading: Line, following: list[Line]) -> bool:
    """Whether the table is all that a heading has below it."""
    if not following:
        return True
    markers = heading.marker, following[0].marker
    return markers[0] is not None and markers[1] is not None and markers[0].style == markers[1].style


_POINTER = compiled(r"(?:见|如)下表(?:所示)?[：:。]?$")
_LONGEST_POINTER = 40


def _points_below(line: Line) -> bool:
    """Whether a line only leads over to the table (具体情况见下表：): it is part of no answer."""
    plain = line.marker is None and not line.is_table_row and len(line.text) <= _LONGEST_POINTER
    return plain and _POINTER.search(line.text) is not None


_LONGEST_TITLE = 90


def _heads(line: Line) -> bool:
    """Whether the line above a table is a heading that groups its rows."""
    numbered = line.marker is not None and line.marker.style in ("chinese", "chinese_paren", "section")
    return (
        numbered
        and not section_wording.MAIN_TITLE.fullmatch(line.body.rstrip("。：: "))
        and len(line.text) <= _LONGEST_TITLE
        and line.text.rstrip("。：:").endswith(("方面", "问题", "领域", "情况"))
    )


def _goes_on(line: Line, table: list[Line]) -> bool:
    """Whether the numbers of a heading above a table go on in the titles between its rows: （一）… （二）…"""
    if line.marker is None or len(line.text) > _LONGEST_TITLE or line.is_table_row:
        return False
    following = (line.marker.level, line.marker.value + 1)
    titles = (row.marker for row in table if not row.is_table_row)
    return any(marker is not None and (marker.level, marker.value) == following for marker in titles)
