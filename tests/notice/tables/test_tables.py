"""Tables: the order of an answer's cells, heads over several rows."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

HEAD = "序号\t反馈问题\t整改落实\t\t完成情况\n\t\t整改措施\t整改成效\n"


def outcomes(rows: str) -> list[list[str]]:
    return [item.outcome.split("\n") for item in parse(SourceText("t.txt", HEAD + rows)).items]


def test_an_effect_merged_beside_several_measures_comes_after_them() -> None:
    rows = (
        "1\t资产闲置\t清查资产\t收益增加\t已完成\n\t\t公开招租\n2\t接待不规范\t清退费用\t费用下降\t持续推进"
    )
    assert outcomes(rows) == [
        ["清查资产", "公开招租", "收益增加", "已完成"],
        ["清退费用", "费用下降", "持续推进"],
    ]


def test_measures_with_their_effects_row_by_row_stay_in_rows() -> None:
    rows = "1\t资产闲置\t清查资产\t盘盈3件\n\t\t公开招租\t增收2万元\n2\t接待不规范\t清退费用\t费用下降"
    assert outcomes(rows)[0] == ["清查资产", "盘盈3件", "公开招租", "增收2万元"]


HEAD_ROWS = "问题\t\t落实\n序号\t巡视反馈问题\t整改落实情况\n"


def test_a_head_of_two_rows_may_come_again() -> None:
    rows = [f"{n}\t问题表述第{n}个不到位\t已清理往来款{n}笔。\n" for n in range(1, 5)]
    text = "某局巡视反馈问题整改台账\n" + HEAD_ROWS + "".join(rows[:2]) + HEAD_ROWS + "".join(rows[2:])
    items = parse(SourceText("", text)).items
    assert [item.outcome for item in items] == [f"已清理往来款{n}笔。" for n in range(1, 5)]


@pytest.mark.parametrize("total", ["合计", "总 计", "小计：", "累计"])
def test_a_row_of_totals_is_no_problem(total: str) -> None:
    text = f"类别\t编号\t存在问题\t整改成效\n党建\t1\t学习不深入\t学习9次。\n{total}\t\t共6个问题，完成4个\n"
    assert [item.problem for item in parse(SourceText("", text)).items] == ["学习不深入"]


def test_a_title_above_a_head_that_comes_again_is_no_upper_row_of_it() -> None:
    head = "序号\t反馈问题\t整改措施及成效"
    text = (
        f"关于巡察整改情况的公示\n一、行业作风方面\n{head}\n1\t检查考核过多\t检查由27项减到10项。\n"
        f"二、干部人事方面\n{head}\n1\t长期借调医务人员\t清退借调人员11人。"
    )
    paths = [item.path for item in parse(SourceText("a.txt", text)).items]
    assert paths == [("一、行业作风方面",), ("二、干部人事方面",)]


@pytest.mark.parametrize("name", ["备注", "备 注", "说明"])
def test_remarks_that_state_a_status_belong_to_the_answer(name: str) -> None:
    text = (
        f"序号\t反馈问题\t整改措施\t{name}\n1\t鱼塘低价发包\t重新签订合同。\t已完成\n2\t党员不发挥作用\t设岗定责。\t基本完成\n"
        "3\t账目不清\t清理往来款。\t持续推进\n4\t管网老化\t正在做预算。\t列入民生实事项目\n5\t接待不规范\t清退费用。\t\n"
    )
    found = [item.outcome.split("\n") for item in parse(SourceText("a.txt", text)).items]
    assert found == [
        ["重新签订合同。", "已完成"],
        ["设岗定责。", "基本完成"],
        ["清理往来款。", "持续推进"],
        ["正在做预算。"],
        ["清退费用。"],
    ]


_BODIES = {
    "序号\t反馈问题\t整改进展情况\t整改结果": "{number}\t{problem}\t{outcome}\t{status}",
    "反馈问题\t整改情况\t完成情况": "{problem}\t{outcome}\t{status}",
    "反馈意见\t整改落实情况": "{problem}\t{outcome}",
}


@pytest.mark.parametrize("head", list(_BODIES))
@pytest.mark.parametrize(
    "problem", ["公款吃喝问题", "学风建设不足", "问题整改不力", "整改措施不实", "责任落实问题"]
)
@pytest.mark.parametrize("status", ["已完成", "未完成", "完成", "完成整改", "持续推进"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_row_of_short_cells_is_no_head(head: str, problem: str, status: str, place: int) -> None:
    body = _BODIES[head]
    rows = [
        body.format(number=1, problem="食堂卫生差", outcome="更换供应商两家，清洗管道。", status="已完成"),
        body.format(number=3, problem="落地少", outcome="逐一诊断，其中9个已开工。", status="已完成"),
    ]
    rows.insert(place, body.format(number=2, problem=problem, outcome="通报批评2人。", status=status))
    items = parse(SourceText("t.txt", "\n".join([head, *rows]))).items
    assert [item.outcome.split("\n")[0] for item in items] == [
        row.split("\t")[1 + head.startswith("序")] for row in rows
    ]
    assert items[place].problem.removesuffix("问题") == problem.removesuffix("问题")


@pytest.mark.parametrize(
    "head",
    [
        *_BODIES,
        "序号\t反馈问题\t整改落实\t\t状态\n\t\t整改措施\t整改成效\t",
        "巡察反馈问题\t我局整改情况\t佐证",
    ],
)
def test_a_head_that_comes_again_is_no_row(head: str) -> None:
    width = head.split("\n")[0].count("\t") + 1
    numbered = head.startswith("序")
    rows = [[str(n)] * numbered + [f"第{n}项制度执行不到位", f"修订制度{n}项。"] for n in range(1, 5)]
    body = ["\t".join([*row, *["已完成"] * (width - len(row))]) for row in rows]
    items = parse(SourceText("t.txt", "\n".join([head, *body[:2], head, *body[2:]]))).items
    assert [item.problem for item in items] == [row[-2] for row in rows]
    assert all("整改" not in item.outcome for item in items)


def test_a_short_row_without_number_right_above_the_next_page_is_kept() -> None:
    head = "反馈问题\t整改情况\t备注"
    text = f"{head}\n学习不够\t集中学习\t\n{head}\n资产闲置\t公开招租2处。\t"
    assert [item.problem for item in parse(SourceText("", text)).items] == ["学习不够", "资产闲置"]


def test_the_title_above_the_head_heads_rows_as_those_between_them_do() -> None:
    """Whatever its words: （一）耕地保护政治责任 above the head, （二）行政审批和执法 between the rows."""
    rows = "（一）耕地保护政治责任\n序号\t反馈问题\t整改情况\n1\t补充耕地以次充好\t核减指标870亩。\n"
    rows += "2\t卷宗归档不规范\t补正卷宗147卷。\n（二）行政审批和执法\n3\t办件超时限\t增设窗口4个。\n"
    items = parse(SourceText("n.txt", f"某局整改情况的通报\n一、整改情况\n{rows}")).items
    assert [item.path for item in items] == [
        ("（一）耕地保护政治责任",),
        ("（一）耕地保护政治责任",),
        ("（二）行政审批和执法",),
    ]


def test_a_problem_that_stands_again_in_each_row_of_its_measures_is_one_item() -> None:
    rows = "序号\t反馈问题\t整改措施\t完成情况\n"
    rows += "1\t垃圾分类推进缓慢\t添置分类桶300个。\t已完成\n1\t垃圾分类推进缓慢\t培训督导员45人。\t已完成\n"
    rows += "2\t卷宗归档不规范\t补正卷宗147卷。\t已完成\n3\t卷宗归档不规范\t统一封面目录。\t已完成\n"
    items = parse(SourceText("t.txt", rows)).items
    assert [(item.number, item.outcome.split("\n")) for item in items] == [
        ("1", ["添置分类桶300个。", "培训督导员45人。", "已完成"]),
        ("2", ["补正卷宗147卷。", "已完成"]),
        ("3", ["统一封面目录。", "已完成"]),
    ]


def test_the_title_of_the_main_part_above_a_table_is_no_heading() -> None:
    text = "某局关于巡察整改情况的通报\n二、巡察反馈问题整改情况\n"
    text += "序号\t反馈问题\t整改情况\n1\t台账不全\t已补齐台账12本。\n"
    assert [item.path for item in parse(SourceText("n.txt", text)).items] == [()]


def test_rows_of_one_length_are_no_wrapped_lines() -> None:
    head = "序号\t问题\t整改措施\t整改情况\n"
    rows = [f"{n}\t第{n}项制度执行不到位\t修订制度{n}项\t已修订制度{n}项，印发办法" for n in range(10, 40)]
    text = "某局党组关于巡察整改进展情况的通报\n" + head + "\n".join(rows)
    assert [item.number for item in parse(SourceText("", text)).items] == [str(n) for n in range(10, 40)]
