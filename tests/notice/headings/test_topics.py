"""A topic, a wrapper or a label around a problem is no part of it; a part of such problems is read."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

HEAD = "中共某县水利局党组关于巡察整改进展情况的通报\n现将整改情况通报如下。\n"


@pytest.mark.parametrize(
    "line",
    [
        "1.理论学习方面。反馈指出研讨交流少，发言材料雷同。整改情况：",
        "1.理论学习方面：巡察反馈指出，研讨交流少，发言材料雷同。整改情况：",
        "1.理论学习方面。存在研讨交流少，发言材料雷同。整改措施：",
        "1.理论学习。巡察组指出，研讨交流少，发言材料雷同。整改情况：",
    ],
)
def test_topic_and_sender_before_a_problem(line: str) -> None:
    text = f"{HEAD}一、整改情况\n{line}退回重写4份，开展集中研讨2次。\n"
    (item,) = parse(SourceText("n.txt", text)).items
    assert item.problem == "研讨交流少，发言材料雷同"
    assert item.outcome.endswith("退回重写4份，开展集中研讨2次。")


@pytest.mark.parametrize("title", ["三、基层组织情况", "三、组织领导情况", "三、党的建设方面"])
def test_part_of_problems_with_answers_behind_labels(title: str) -> None:
    text = f"""{HEAD}一、“两个维护”落实情况
1.理论学习方面。反馈指出研讨交流少。整改情况：开展集中研讨2次。
2.违建整治方面。反馈指出违建“拆小不拆大”。整改情况：已拆除3处。
二、干部群众反映强烈问题情况
3.经费使用方面。反馈指出报销附件不全。整改情况：补齐附件32份。
{title}
4.班子建设方面。反馈指出领导班子合力不强。整改情况：召开专题民主生活会1次。
5.支部建设方面。反馈指出党支部长期不过组织生活。整改情况：调整支部书记。
"""
    found = parse(SourceText("n.txt", text)).items
    assert [item.number for item in found] == ["1.", "2.", "3.", "4.", "5."]
    assert found[3].problem == "领导班子合力不强"


@pytest.mark.parametrize(
    "heading",
    [
        "（一）对“统筹谋划不足、推进不力”问题的整改",
        "（一）对“统筹谋划不足、推进不力”的问题的整改情况",
        "（一）对统筹谋划不足、推进不力问题的整改落实情况",
        "（一）对于“统筹谋划不足、推进不力”这一问题的整改。",
    ],
)
def test_wrapper_that_says_what_is_cured(heading: str) -> None:
    text = f"{HEAD}一、整改情况\n{heading}\n1.编制实施纲要，以省政府名义印发。\n2.召开第一次全体会议。\n"
    (item,) = parse(SourceText("n.txt", text)).items
    assert item.problem == "统筹谋划不足、推进不力"


def test_label_run_into_a_heading() -> None:
    text = f"""{HEAD}一、整改情况
1、罚没物资管理不规范
整改情况:登记造册1893件。
2、公务用车管理不严整改情况:全部11台车辆安装北斗定位，实行派车单制度。
"""
    found = parse(SourceText("n.txt", text)).items
    assert [item.problem for item in found] == ["罚没物资管理不规范", "公务用车管理不严"]
    assert found[1].outcome.startswith("整改情况:全部11台")
