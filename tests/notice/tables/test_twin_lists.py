"""Two lists side by side in one table: a row holds an item of each."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.model import Item

TITLE = "某局党组关于巡察整改进展情况的通报\n"
HALF = "序号\t问题\t整改情况"


def items(text: str) -> list[Item]:
    return list(parse(SourceText("", TITLE + text)).items)


def told(found: list[Item]) -> list[tuple[str | None, str, str]]:
    return [(item.number, item.problem, item.outcome) for item in found]


@pytest.mark.parametrize("between", ["\t", "\t\t", "\t\t\t"])
def test_each_row_holds_an_item_of_both_lists(between: str) -> None:
    found = items(
        f"{HALF}{between}{HALF}\n"
        f"1\t撂荒地复耕慢\t复耕790亩。{between}2\t食堂账目不清\t公示6期。\n"
        f"3\t学习不深入\t学习9次。{between}4\t资产闲置\t公开招租2处。\n5\t接待不规范\t退赔2万元。\n"
    )
    assert told(found) == [
        ("1", "撂荒地复耕慢", "复耕790亩。"),
        ("2", "食堂账目不清", "公示6期。"),
        ("3", "学习不深入", "学习9次。"),
        ("4", "资产闲置", "公开招租2处。"),
        ("5", "接待不规范", "退赔2万元。"),
    ]


def test_an_answer_goes_on_in_its_own_list() -> None:
    found = items(
        f"{HALF}\t{HALF}\n1\t撂荒地复耕慢\t复耕790亩。\t2\t食堂账目不清\t公示6期。\n\t\t引入公司3家。\t\t\t更换供应商。\n"
        "\t\t\t\t\t统一核算。\n3\t学习不深入\t学习9次。\t\t\t\n"
    )
    assert told(found) == [
        ("1", "撂荒地复耕慢", "复耕790亩。\n引入公司3家。"),
        ("2", "食堂账目不清", "公示6期。\n更换供应商。\n统一核算。"),
        ("3", "学习不深入", "学习9次。"),
    ]


def test_a_title_between_the_rows_and_the_head_of_the_next_page_count_for_both() -> None:
    rows = (
        "1\t撂荒地复耕慢\t复耕790亩。\t2\t食堂账目不清\t公示6期。\n",
        "3\t学习不深入\t学习9次。\t4\t资产闲置\t招租2处。\n",
    )
    head = f"{HALF}\t{HALF}\n"
    found = items(f"{head}一、作风方面\n{rows[0]}{head}二、党建方面\t\t\t\t\t\n{rows[1]}")
    assert [(item.number, item.path) for item in found] == [
        ("1", ("一、作风方面",)),
        ("2", ("一、作风方面",)),
        ("3", ("二、党建方面",)),
        ("4", ("二、党建方面",)),
    ]


def test_three_lists_without_numbers() -> None:
    found = items(
        "存在问题\t整改成效\t存在问题\t整改成效\t存在问题\t整改成效\n撂荒地复耕慢\t复耕790亩\t账目不清\t公示6期\t学习不深入\t学习9次\n"
    )
    assert [(item.problem, item.outcome) for item in found] == [
        ("撂荒地复耕慢", "复耕790亩"),
        ("账目不清", "公示6期"),
        ("学习不深入", "学习9次"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "序号\t问题\t序号\t整改情况\n1\t撂荒地复耕慢\t1\t复耕790亩。\n",
        "问题\t整改情况\t问题数\t完成情况\n撂荒地复耕慢\t复耕790亩。\t3\t已完成\n",
    ],
)
def test_names_that_only_partly_come_again_make_no_second_list(table: str) -> None:
    assert [item.problem for item in items(table)] == ["撂荒地复耕慢"]
