"""A text whose characters stand apart, as scans have it, is read like the text without the spaces."""

from __future__ import annotations

import re

import pytest

from zhenggai.notice import SourceText, parse

NOTICE = """中共梅岭县卫生健康局党委关于巡察整改进展情况的通报
一、反馈问题：医共体建设推进不平衡
整改成效：组建2个县域医共体，下派专家63名；药品统一采购在18家卫生院中的14家落地。
二、反馈问题：计划生育奖扶资金发放有误
整改成效：核查奖扶对象4127人，追回错发资金2.16万元，补发漏发资金3.48万元。
三、反馈问题：“三重一大”事项以局务会代替党委会研究
整改成效：重新修订《局党委议事规则》，6月以来召开党委会9次。"""


def items(text: str) -> list[tuple[str | None, str, str]]:
    found = parse(SourceText("n.txt", text)).items
    return [(item.number, item.problem, item.outcome) for item in found]


@pytest.mark.parametrize("gap", [" ", "\u3000"])
@pytest.mark.parametrize(
    "pattern", [r"(?<=\S)(?=\S)", r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", r"(?<=[^\d\s])(?=[^\d\s])"]
)
def test_spaces_between_all_characters(pattern: str, gap: str) -> None:
    assert items(re.sub(pattern, gap, NOTICE)) == items(NOTICE)


def test_some_lines_only() -> None:
    lines = NOTICE.split("\n")
    lines[2] = " ".join(lines[2])
    assert items("\n".join(lines)) == items(NOTICE)


@pytest.mark.parametrize(
    ("problem", "outcome"), [("反 馈问题 ：", "整 改成 效："), ("反馈 问 题：", "整改 成效 ：")]
)
def test_spaces_inside_labels_behind_numbers(problem: str, outcome: str) -> None:
    text = NOTICE.replace("反馈问题：", problem).replace("整改成效：", outcome)
    assert items(text) == items(NOTICE)


def test_spaces_between_names_stay() -> None:
    text = NOTICE + "\n整改成效：约谈张三 李四 王五，并通报全系统。"
    assert "张三 李四 王五" in items(text)[-1][2]
