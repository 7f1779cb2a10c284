"""The title of the one main part is a heading of its problems only where it says something of them."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse


def paths(title: str) -> set[tuple[str, ...]]:
    text = f"某局关于巡察整改情况的通报\n一、强化组织领导\n召开会议3次。\n二、{title}\n（一）党的建设方面\n"
    text += "1.学习不经常。\n组织学习9次。\n2.账目不公开。\n公开账目12期。\n三、下一步打算\n持续用力。\n"
    return {item.path for item in parse(SourceText("a.txt", text)).items}


@pytest.mark.parametrize(
    "title",
    [
        "突出问题导向，全力抓好问题整改",
        "坚持问题导向，不折不扣抓好整改落实",
        "紧盯突出问题，动真碰硬抓整改",
        "直面问题不回避，真改实改抓落实",
        "坚持标本兼治，着力破解突出问题",
        "强化问题整改，确保件件有着落、事事有回音",
        "立足职责职能，推动整改落地见效",
    ],
)
def test_a_call_to_rectify_heads_no_problem(title: str) -> None:
    assert paths(title) == {("（一）党的建设方面",)}


@pytest.mark.parametrize(
    "title",
    [
        "落实整改主体责任不够到位",
        "巡视整改落实不力",
        "在落实巡视整改方面存在差距",
        "聚焦“两个维护”，政治建设有待加强问题",
        "政治责任方面",
        "正在推进整改的问题",
        "已经完成整改的问题",
    ],
)
def test_what_is_wrong_and_how_far_it_is_stay_in_the_path(title: str) -> None:
    assert paths(title) == {(f"二、{title}", "（一）党的建设方面")}
