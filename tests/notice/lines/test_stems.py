"""甲、乙、丙 as numbers: of items, of groups, of parts; in front of names they are none."""

from __future__ import annotations

import pytest

from zhenggai.notice import Item, SourceText, parse

TITLE = "中共某县水务局党组关于巡察整改情况的通报\n"
PROBLEMS = ["理论学习不够深入", "党费收缴不规范", "工程监管不到位", "制度执行不严格"]
TWO = "1.理论学习不够深入。\n整改情况：集中学习12次。\n2.党费收缴不规范。\n整改情况：已补缴党费2300元。\n"


def items(body: str) -> tuple[Item, ...]:
    return parse(SourceText("n.txt", TITLE + body)).items


@pytest.mark.parametrize("form", ["{}、", "{}．", "（{}）", "({})", "【{}】", "[{}] "])
@pytest.mark.parametrize("label", ["整改情况：", ""])
def test_items(form: str, label: str) -> None:
    rows = [
        f"{form.format(stem)}{problem}。\n{label}开展专项检查{count}次，建立制度2项。\n"
        for count, (stem, problem) in enumerate(zip("甲乙丙丁", PROBLEMS, strict=True), 3)
    ]
    found = items("一、整改情况\n" + "".join(rows))
    assert [item.problem for item in found] == PROBLEMS
    assert [item.number for item in found] == [form.format(stem).strip("【】[] ") for stem in "甲乙丙丁"]
    assert found[0].outcome == f"{label}开展专项检查3次，建立制度2项。"


def test_groups() -> None:
    found = items(f"一、整改情况\n（甲）党的领导方面\n{TWO}（乙）党的建设方面\n{TWO}")
    assert [item.path for item in found] == [("（甲）党的领导方面",)] * 2 + [("（乙）党的建设方面",)] * 2


@pytest.mark.parametrize("inner", ["", "一、党的领导方面\n"])
def test_parts(inner: str) -> None:
    found = items(
        "甲、整改工作组织情况\n1.加强领导。成立领导小组。\n2.压实责任。召开会议3次。\n"
        f"乙、巡察反馈问题整改情况\n{inner}{TWO}"
        "丙、下一步工作打算\n1.持续抓好学习。坚持学习不断线。\n2.巩固整改成果。防止反弹。\n"
    )
    assert [item.problem for item in found] == PROBLEMS[:2]
    assert found[1].outcome == "整改情况：已补缴党费2300元。"


@pytest.mark.parametrize(
    "answer",
    [
        "甲方、乙方已重签合同。\n乙方已补交履约金。\n甲、乙两家公司已退款。",
        "甲、某村组长已退款。\n乙类库房已腾退。",
        "（乙）方已补交履约金。\n（甲）方已付款。",
        "【甲】级单位2家已整改。",
        "（甲）清理合同12份。\n（乙）约谈责任人3人。",
    ],
)
def test_names_and_points_stay_in_the_answer(answer: str) -> None:
    found = items(f"一、整改情况\n1.合同管理不规范。\n整改情况：\n{answer}\n2.制度执行不严格。\n已修订。\n")
    assert [item.problem for item in found] == ["合同管理不规范", "制度执行不严格"]
    assert found[0].outcome == f"整改情况：\n{answer}"
