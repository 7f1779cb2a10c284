"""Breaks inside the numbered headings of pasted text."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

HEAD = "某局党组关于巡察整改情况的通报\n一、组织情况\n召开会议3次。\n二、巡察反馈问题整改情况\n"


def read(body: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.problem, item.path) for item in parse(SourceText("n.txt", HEAD + body)).items]


@pytest.mark.parametrize("label", ["", "整改情况："])
@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("关于农村公路养护\n缺位的问题。", "农村公路养护缺位"),
        ("针对支部换届不及时，\n班子不健全的问题", "支部换届不及时，班子不健全"),
        ("文山会海反弹，\n发文数量偏多。", "文山会海反弹，发文数量偏多"),
        ("理论学习\n不深入", "理论学习不深入"),
        ("理论学习不深入问\n题", "理论学习不深入"),
    ],
)
def test_a_problem_on_two_lines(broken: str, whole: str, label: str) -> None:
    body = (
        f"（一）关于作风建设方\n面\n1.{broken}\n{label}召开会议3次。\n2.公文流转慢。\n{label}开发系统1套。\n"
    )
    head = "（一）关于作风建设方面"
    assert [(p.removesuffix("问题"), path) for p, path in read(body)] == [
        (whole, (head,)),
        ("公文流转慢", (head,)),
    ]


def test_the_answer_below_a_problem_is_no_part_of_it() -> None:
    body = "1.关于公文流转慢\n开展流程再造，解决突出问题。\n2.理论学习不深入\n不断完善制度，召开会议3次。\n"
    assert [problem for problem, _ in read(body)] == ["公文流转慢", "理论学习不深入"]
