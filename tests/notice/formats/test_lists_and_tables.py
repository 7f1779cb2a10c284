"""Numbers as text; table rows as lines."""

from __future__ import annotations

import pytest

from zhenggai.notice.formats.lists import WORD_FORMATS, chinese, circled, has_own_number, ordered_marker
from zhenggai.notice.formats.table import Cell, is_page_frame, row_lines


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (105, "一百零五"),
     (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十"), (0, "0"), (10_000, "10000"), (-3, "-3")],
)  # fmt: skip
def test_chinese_numbers(value: int, text: str) -> None:
    assert chinese(value) == text


def test_every_word_format_takes_any_number() -> None:
    for name, render in WORD_FORMATS.items():
        for value in (-1, 0, 1, 9, 10, 20, 21, 35, 36, 50, 51, 99, 1000, 99_999, 10**9):
            assert isinstance(render(value), str), name


def test_circled_numbers_reach_fifty() -> None:
    assert [circled(n) for n in (1, 20, 21, 35, 36, 50, 51)] == ["①", "⑳", "㉑", "㉟", "㊱", "㊿", "51"]


def test_markers_of_ordered_lists() -> None:
    assert [ordered_marker(4, kind) for kind in ("1", "a", "A", "i", "I", "?")] == [
        "4.",
        "d.",
        "D.",
        "iv.",
        "IV.",
        "4.",
    ]


@pytest.mark.parametrize(
    "text", ["1.学", "1、学", "（1）学", "(一)学", "一、学", "①学", "第一，学", "12．学"]
)
def test_own_numbers(text: str) -> None:
    assert has_own_number(text)


@pytest.mark.parametrize("text", ["学习", "2021年学习", "一是学习", "3名干部", "第一书记"])
def test_no_own_numbers(text: str) -> None:
    assert not has_own_number(text)


def test_rows_keep_columns_in_place() -> None:
    rows = [
        [Cell(["甲"], rows=3), Cell(["乙"], columns=2), Cell(["丙"])],
        [Cell(["丁"]), Cell([]), Cell(["己\t庚", "辛"])],
        [Cell([]), Cell(["壬"]), Cell([])],
        [Cell(["癸"])],
        [],
    ]
    assert row_lines(rows) == ["甲\t乙\t\t丙", "\t丁\t\t己 庚\u2028辛", "\t\t壬", "癸"]


_PAGE = [
    "整改通报",
    "一、组织方面",
    "1．学习不深入。",
    "已学习。",
    "2．会议少。",
    "已开会。",
    "二、作风方面",
    "3．检查少。",
]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[["栏目导航", "校务公开", "党建园地"], _PAGE]], True),
        ([[["校徽"]], [["栏目导航", "校务公开", "党建园地"], _PAGE], [["版权所有"]]], True),
        ([[["1"], ["学习不深入"], _PAGE]], False),
        ([[["问题"], ["整改情况"]], [["学习不深入", "会议少", "检查少"], _PAGE]], False),
        ([[["学习不深入。", "会议少。", "检查少。"], _PAGE]], False),
    ],
)
def test_a_table_that_sets_a_page_beside_a_column(rows: list[list[list[str]]], expected: bool) -> None:
    assert is_page_frame([[Cell(cell) for cell in row] for row in rows]) is expected
