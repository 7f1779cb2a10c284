"""Heads of tables: names spread over their cells, sub-columns, columns that hold no answer."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.model import Item


def items(text: str) -> list[Item]:
    return list(parse(SourceText("", f"某局党组关于巡察整改进展情况的通报\n{text}")).items)


@pytest.mark.parametrize("space", ["\u3000", "\u3000\u3000", " ", "\xa0", "\u2028"])
def test_white_space_inside_the_names_of_columns_is_nothing(space: str) -> None:
    head = "\t".join(space.join(name) for name in ("序号", "问题", "整改措施", "备注"))
    found = items(
        f"{head}\n1\t撂荒地复耕进展慢\t已复耕790亩。\t已完成\n2\t食堂账目不清\t按月公示6期。\t推进中\n"
    )
    assert [(item.problem, item.outcome) for item in found] == [
        ("撂荒地复耕进展慢", "已复耕790亩。\n已完成"),
        ("食堂账目不清", "按月公示6期。\n推进中"),
    ]


@pytest.mark.parametrize("parent", ["整改落实情况", "整改工作", "整改"])
@pytest.mark.parametrize("figures", [0, 1, 2])
def test_a_column_of_figures_below_a_head_replaces_none_of_its_neighbours(parent: str, figures: int) -> None:
    names, cells = ["整改措施", "整改成效"], ["重新招标", "8月完成招标"]
    names.insert(figures, "完成率")
    cells.insert(figures, "100%")
    found = items(
        f"序号\t存在问题\t{parent}\t\t\t责任人\n\t\t" + "\t".join(names) + "\n"
        "一、群众身边不正之风方面\n1\t食堂承包未招标\t" + "\t".join(cells) + "\t张某\n"
        "二、基层党建方面\n2\t党费收缴不及时\t" + "\t".join(cells) + "\t李某\n"
    )
    assert [(item.problem, item.outcome) for item in found] == [
        ("食堂承包未招标", "重新招标\n8月完成招标"),
        ("党费收缴不及时", "重新招标\n8月完成招标"),
    ]


def test_tasks_beside_a_problem_are_measures_and_go_on_below_it() -> None:
    found = items(
        "序号\t问题\t整改任务\t完成情况\t责任人\n1\t庄稼医院长期关门\t恢复庄稼医院\t恢复营业5所\t黄某\n"
        "\t\t举办农技培训\t举办培训9期\t黄某\n2\t化肥储备不足\t补足储备\t补足4000吨\t黄某\n"
    )
    assert [(item.problem, item.outcome) for item in found] == [
        ("庄稼医院长期关门", "恢复庄稼医院\n恢复营业5所\n举办农技培训\n举办培训9期"),
        ("化肥储备不足", "补足储备\n补足4000吨"),
    ]


def test_signatures_in_several_cells_below_a_table_are_no_answer() -> None:
    found = items(
        "序号\t问题\t整改措施\t整改成效\n1\t撂荒地复耕慢\t引入公司\t已复耕790亩\n"
        "2\t食堂账目不清\t统一核算\t公示6期\n制表人：冯某\t\t\t审核：党委办公室\n"
    )
    assert [item.outcome for item in found] == ["引入公司\n已复耕790亩", "统一核算\n公示6期"]


@pytest.mark.parametrize("between", ["续表", "续表2", "（接上页）", "接上表"])
def test_a_table_that_goes_on_continues_the_row_above(between: str) -> None:
    found = items(
        "序号\t问题\t整改措施\t进展\n1\t白条入账\t补齐票据\t补正55张，\n"
        f"{between}\n\t\t\t6张已退赔。\n2\t福利超标\t清退\t全部退回。\n"
    )
    assert [(item.path, item.outcome) for item in found] == [
        ((), "补齐票据\n补正55张，\n6张已退赔。"),
        ((), "清退\n全部退回。"),
    ]
