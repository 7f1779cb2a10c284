"""Parts whose titles are fields or problems, told by what stands in them and by the parts beside them."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

HEAD = (
    "中共南浦县委宣传部关于巡察整改进展情况的通报\n2023年5月，县委巡察组进行了巡察。现将整改情况通报如下。\n"
)


def items(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(i.problem, i.path, i.outcome) for i in parse(SourceText("", HEAD + text)).items]


@pytest.mark.parametrize("mark", ["第一，|第二，", "1.|2.", "（一）|（二）", "一是|二是"])
def test_fields_as_titles_above_problems_with_any_number(mark: str) -> None:
    first, second = mark.split("|")
    text = (
        f"一、政治建设方面\n{first}理论学习不系统，与工作结合不紧。\n制定《方案》，开展专题学习12次。\n"
        f"{second}阵地审核把关不严。\n出台审核办法，撤换信息213份。\n"
        f"二、审判执行方面\n{first}长期未结案件多。\n实行领导包案，37件全部办结。\n"
        f"{second}案款发放不及时。\n清理463笔，发放448笔。\n"
        "三、下一步打算\n第一，加强领导。\n开好专题会议2次。\n"
    )
    assert items(text) == [
        ("理论学习不系统，与工作结合不紧", ("一、政治建设方面",), "制定《方案》，开展专题学习12次。"),
        ("阵地审核把关不严", ("一、政治建设方面",), "出台审核办法，撤换信息213份。"),
        ("长期未结案件多", ("二、审判执行方面",), "实行领导包案，37件全部办结。"),
        ("案款发放不及时", ("二、审判执行方面",), "清理463笔，发放448笔。"),
    ]


def test_a_title_that_goes_on_a_row_of_problems_is_one() -> None:
    text = (
        "一、履行主责主业不够聚焦\n举办活动12场。\n二、经费支出进度慢\n支出13.6万元。\n"
        "三、长期借用乡镇工作人员\n目前1名借用人员已返回原单位，另1名暂未返回。\n"
    )
    assert [problem for problem, _, _ in items(text)] == [
        "履行主责主业不够聚焦",
        "经费支出进度慢",
        "长期借用乡镇工作人员",
    ]


@pytest.mark.parametrize(
    "title", ["三、下一步工作打算", "三、组织领导情况", "三、加强制度建设", "三、线索处置情况"]
)
def test_a_title_of_another_part_is_none(title: str) -> None:
    text = (
        "一、履行主责主业不够聚焦\n举办活动12场。\n二、经费支出进度慢\n支出13.6万元。\n"
        f"{title}\n召开会议4次，制定制度3项。\n"
    )
    assert [problem for problem, _, _ in items(text)] == ["履行主责主业不够聚焦", "经费支出进度慢"]


ROW = (
    "二、巡察反馈问题整改情况\n（一）党的建设方面\n"
    "1.学习不深入。\n开展培训3次。\n2.党费收缴不规范。\n补缴党费2万元。\n"
)


def test_the_only_line_below_a_field_that_states_a_shortcoming_is_a_problem() -> None:
    text = f"{ROW}（二）巡视监督发现问题整改方面\n违规担保问题未整改到位。\n解除担保5笔、3.9亿元。\n"
    assert items(text)[-1] == (
        "违规担保问题未整改到位",
        ("（二）巡视监督发现问题整改方面",),
        "解除担保5笔、3.9亿元。",
    )


def test_a_line_that_denies_shortcomings_is_none() -> None:
    text = f"{ROW}（二）选人用人方面\n未发现新的问题。\n修订制度5项，培训12人。\n"
    assert "未发现新的问题" not in [problem for problem, _, _ in items(text)]


def test_points_of_an_answer_in_one_line_are_no_problem() -> None:
    text = (
        "二、巡察反馈问题整改情况\n1、针对治超队伍纪律松弛等问题\n"
        "①开展专项整治，逐一复核，发现降格处罚问题19起。②对2名协管员予以解聘。③建成检测点4处。\n"
        "2、针对违规发放补助问题\n①追缴3.1万元。②通报批评2人。\n"
    )
    assert [problem for problem, _, _ in items(text)] == ["治超队伍纪律松弛", "违规发放补助"]
