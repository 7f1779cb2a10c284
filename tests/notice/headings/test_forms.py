"""Forms: labels and values side by side, boxes to tick; what stands beside and below the rows of a table."""

from __future__ import annotations

import pytest

from zhenggai.notice import Item, SourceText, parse
from zhenggai.notice.text.cleaning import clean


def form(number: int, ticked: str) -> str:
    return (
        f"表{number}\n巡察反馈问题\t第{number}项会议记录不规范\n整改措施\t召开会议{number}次。\n"
        f"整改结果\t补齐记录{number}份。\n责任人\t张三\t完成时限\t2022年6月30日\n是否销号\t{ticked}\n"
    )


def items(text: str) -> tuple[Item, ...]:
    return parse(SourceText("x.txt", text)).items


def test_who_and_by_when_in_one_row_are_fields() -> None:
    found = items("某村党支部巡察整改销号表\n" + form(1, "☑是 ☐否") + form(2, "☐是 ☑否") + form(3, "是□ 否☑"))
    assert [(i.deadline, i.responsible) for i in found] == [("2022年6月30日", "张三")] * 3
    assert [i.outcome.split("\n")[-1] for i in found] == ["是否销号\t是", "是否销号\t否", "是否销号\t否"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("☑是 ☐否", "是 "),
        ("□是  √否", "否"),
        ("☐已完成 ☑基本完成 ☐未完成", "基本完成 "),
        ("是☑ 否☐", "是"),
        ("☑已公开 ☑已归档", "☑已公开 ☑已归档"),
        ("□学习不深入", "□学习不深入"),
    ],
)
def test_of_boxes_the_ticked_one_is_read(text: str, read: str) -> None:
    assert clean(SourceText("x.txt", text)).text == read


def test_numbers_of_measures_and_the_foot_of_a_table_are_no_outcome() -> None:
    rows = (
        "序号\t反馈问题\t责任人\t措施序号\t整改举措及落实\n1\t资产闲置\t张三\t1.1\t清查资产\n\t\t\t1.2\t公开招租\n"
        "2\t接待不规范\t李四\t2.1\t清退费用\n填表部门：办公室\t\t\t\t填表日期：2024年7月1日\n"
    )
    assert [item.outcome for item in items(rows)] == ["清查资产\n公开招租", "清退费用"]
