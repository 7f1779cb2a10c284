"""Pages of two columns are read down the left one, then down the right one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from zhenggai.notice.formats.layout import table_warnings, text_of
from zhenggai.notice.formats.layout_lines import PageLines, page_lines
from zhenggai.notice.formats.layout_tables import Glyph


def row(text: str, x: float, top: float, size: float = 10) -> list[Glyph]:
    return [
        Glyph(char, x + i * size, x + (i + 1) * size, top, top + size, size) for i, char in enumerate(text)
    ]


def text(rows: Iterable[list[Glyph]]) -> str:
    return text_of([page_lines([glyph for part in rows for glyph in part], [], 600, 800)])


def numbered(first: int, x: float) -> list[list[Glyph]]:
    """Twelve lines that fill a column of 22 characters, each a paragraph."""
    return [row(f"{first + i}." + "甲乙丙丁戊己庚辛壬癸" * 2, x, 150 + 20 * i) for i in range(12)]


def test_two_columns() -> None:
    title = row("关于巡察整改情况的通报（横贯两栏的标题）", 180, 120, 12)
    lines = text([title, *numbered(10, 50), *numbered(30, 310)]).split("\n")
    assert lines[0] == "关于巡察整改情况的通报（横贯两栏的标题）"
    assert [line[:2] for line in lines[1:]] == [str(n) for n in (*range(10, 22), *range(30, 42))]


def test_columns_whose_lines_stand_at_different_heights() -> None:
    title = row("关于巡察整改情况的通报", 50, 120, 14)
    right = [
        [replace(glyph, top=glyph.top - 8, bottom=glyph.bottom - 8) for glyph in line]
        for line in numbered(30, 310)
    ]
    lines = text([title, *numbered(10, 50), *right]).split("\n")
    assert lines[0] == "关于巡察整改情况的通报"
    assert [line[:2] for line in lines[1:]] == [str(n) for n in (*range(10, 22), *range(30, 42))]


def test_the_last_page_parts_where_the_page_before_does() -> None:
    def page(rows: Iterable[list[Glyph]], before: PageLines | None) -> PageLines:
        return page_lines([glyph for part in rows for glyph in part], [], 600, 800, before)

    first = page([*numbered(10, 50), *numbered(30, 310)], None)
    ends = [row("62.学习不够深入", 310, 150), row("63.检查不够严格", 310, 170)]
    lines = text_of([first, page([*numbered(50, 50), *ends], first)]).split("\n")
    assert [line[:2] for line in lines[24:36]] == [str(n) for n in range(50, 62)]
    assert lines[36:] == ["62.学习不够深入", "63.检查不够严格"]


def test_a_page_of_one_column_after_one_of_two() -> None:
    first = page_lines(
        [glyph for part in (*numbered(10, 50), *numbered(30, 310)) for glyph in part], [], 600, 800
    )
    across = [row("甲乙丙丁戊己庚辛壬癸" * 5, 50, 150 + 20 * i) for i in range(12)]
    second = page_lines([glyph for line in across for glyph in line], [], 600, 800, first)
    assert second.gutter is None


def test_wrapped_cells_beside_numbers_are_no_columns() -> None:
    rows = [
        (row(f"{i:02}", 40, 150 + 20 * i) if i % 3 == 0 else [])
        + row("甲乙丙丁戊己庚辛壬癸" * 2, 80, 150 + 20 * i)
        + row("已开展学习九次完成", 330, 150 + 20 * i)
        for i in range(12)
    ]
    assert page_lines([glyph for line in rows for glyph in line], [], 600, 800).gutter is None


def test_cells_of_three_columns_stay_in_their_rows() -> None:
    rows = [
        row(f"{i:02}", 50, 150 + 20 * i)
        + row("学习不够深入扎实", 120, 150 + 20 * i)
        + row("已开展学习九次完成", 330, 150 + 20 * i)
        for i in range(12)
    ]
    assert all(line.startswith(f"{i:02} 学习") for i, line in enumerate(text(rows).split("\n")))


@pytest.mark.parametrize(
    "text",
    [
        "某局整改台账\n序号\n1\n2\n3\n4",
        "序号 反馈问题 整改措施 责任单位\n1 学习不深入 已学习 办公室",
        "编号　存在问题　整改情况",
    ],
)
def test_a_table_without_lines_is_told(text: str) -> None:
    assert "没有框线的表格" in "".join(table_warnings(text))


@pytest.mark.parametrize("text", ["序号\t问题\t整改情况\n1\t学习不深入\t已学习", "一、总体情况\n1\n2023\n2"])
def test_other_text_has_no_such_warning(text: str) -> None:
    assert table_warnings(text) == []
