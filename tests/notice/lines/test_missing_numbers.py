"""A problem that lost its number between two others is read as theirs."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

HEAD = "某局党组关于巡察整改情况的通报\n一、组织情况\n召开会议5次。\n"
HEAD += "二、巡察反馈问题整改情况\n（一）关于发展方面\n"
STATED = ["农村公路养护缺位", "砂石场越界开采", "理论学习不深入", "公文流转慢"]


@pytest.mark.parametrize("lost", [1, 2, 3])
@pytest.mark.parametrize("stop", ["。", ""])
@pytest.mark.parametrize("label", ["", "整改情况："])
@pytest.mark.parametrize("form", ["{}.", "{}、", "（{}）"])
def test_one_lost_number(form: str, label: str, stop: str, lost: int) -> None:
    body = "".join(
        f"{'' if count == lost else form.format(count)}{stated}{stop}\n{label}召开会议{count}次。\n"
        for count, stated in enumerate(STATED, 1)
    )
    found = parse(SourceText("n.txt", HEAD + body)).items
    assert [item.problem for item in found] == STATED
    assert {item.path for item in found} == {("（一）关于发展方面",)}
    assert [item.number for item in found].index(None) == lost - 1


def test_an_answer_of_two_paragraphs_beside_a_wrong_number() -> None:
    body = (
        "1.理论学习不深入。\n制定学习计划。\n召开会议3次。\n已完成整改。\n3.公文流转慢。\n上线办公系统1套。\n"
    )
    found = parse(SourceText("n.txt", HEAD + body)).items
    assert [item.problem for item in found] == ["理论学习不深入", "公文流转慢"]
