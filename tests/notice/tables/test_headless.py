"""Tables without a head: their columns are told by what stands in them."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

_TITLE = "中共某县民政局党组关于巡察整改情况的通报\n根据县委统一部署，现将整改情况通报如下。\n"
_PROBLEMS = ("理论学习不深入，中心组学习走过场。", "公务接待超标准。", "低保审核把关不严。")
_ANSWERS = (
    "制定学习计划，全年开展集中学习12次。",
    "退缴超标准费用3200元，修订公务接待管理办法。",
    "清退不符合条件对象15户，追回资金4.2万元。",
)


def _items(rows: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    notice = parse(SourceText("", _TITLE + "\n".join(map("\t".join, rows)) + "\n"))
    return [(item.problem, item.outcome) for item in notice.items]


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("status", [False, True])
def test_rows_of_problems_and_answers_are_items(numbered: bool, status: bool) -> None:
    rows = []
    for number, pair in enumerate(zip(_PROBLEMS, _ANSWERS, strict=True), 1):
        rows.append((*([str(number)] if numbered else []), *pair, *(["已完成"] if status else [])))
    expected = [
        (problem.rstrip("。"), f"{answer}\n已完成" if status else answer)
        for problem, answer in zip(_PROBLEMS, _ANSWERS, strict=True)
    ]
    assert _items(rows) == expected


def test_two_columns_of_answers_come_in_order() -> None:
    rows = [
        (problem, "局党组专题研究，制定整改措施2条。", answer)
        for problem, answer in zip(_PROBLEMS, _ANSWERS, strict=True)
    ]
    assert [outcome.split("\n") for _, outcome in _items(rows)] == [
        ["局党组专题研究，制定整改措施2条。", answer] for answer in _ANSWERS
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("姓名", "张三"), ("性别", "男"), ("职务", "局长")],
        [("2023年", "12", "3"), ("2024年", "15", "4"), ("2025年", "20", "1")],
    ],
)
def test_other_tables_give_no_items(rows: list[tuple[str, ...]]) -> None:
    assert _items(rows) == []


def test_rows_of_unequal_length_in_a_list_beside_others_are_read() -> None:
    """Three lists, of which one lost a cell: no exception, and the problems stay items."""
    rows = "序号\t问题\n1\t台账不全。\n2\t账目不清。\n3\t记录不严。\n"
    rows += "序号\t整改措施\n1\t补齐台账12本。\t办公室\n2\t清理账目9笔。\n3\t核对记录30份。\t纪委\n"
    items = parse(SourceText("", _TITLE + rows)).items
    assert [item.problem for item in items][:3] == ["台账不全", "账目不清", "记录不严"]
