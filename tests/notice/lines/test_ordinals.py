"""Ordinals side by side at the beginning of an answer are no number of a heading."""

from __future__ import annotations

import pytest

from zhenggai.notice import Item, SourceText, parse

PROBLEMS = ["学习不深入", "电气线路老化", "会议记录不规范", "资产闲置"]
ANSWERS = ["召开专题会议，修订制度3项。", "开展培训2次，参训120人。", "清查资产2处。", "组织学习6次。"]
ORDINALS = [
    "一、二、五监区线路已更换，合计6800米。三、四监区因腾挪押犯，排期在2023年4月。基本完成整改。",
    "一、二号泵站已更换水泵4台。",
    "三、四季度开展专项检查2次，整改问题12个。",
    "五、六年级大班额已全部化解",
    "七、八、九年级按规定开设劳动课，每周1节。",
    "十一、十二月份集中排查隐患46处，全部整改。",
    "一、二车间除尘设备已安装到位。三、四车间已停产。五、六车间已拆除，腾退土地30亩。",
]
NUMBERS = {"decimal": "1234", "chinese": "一二三四"}


def items(answers: list[str], numbers: str, head: str = "") -> list[Item]:
    mark = "." if numbers[0] == "1" else "、"
    body = [
        f"{n}{mark}{problem}问题\n{answer}"
        for n, problem, answer in zip(numbers, PROBLEMS, answers, strict=True)
    ]
    return list(parse(SourceText("", "\n".join(["某局关于巡察整改进展情况的通报", head, *body]))).items)


@pytest.mark.parametrize("ordinals", ORDINALS)
@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("style", list(NUMBERS))
def test_an_answer_may_begin_with_ordinals(ordinals: str, place: int, style: str) -> None:
    answers = [*ANSWERS[:place], ordinals, *ANSWERS[place + 1 :]]
    head = "一、党的建设方面" if style == "decimal" else ""
    found = items(answers, NUMBERS[style], head)
    assert [item.outcome for item in found] == answers
    assert {item.path for item in found} == {(head,) if head else ()}


@pytest.mark.parametrize(
    "problems",
    [
        ["学习不深入", "四风问题突出", "四个意识不强"],
        ["十九大精神学习不深入", "三重一大制度执行不严。", "四类人员管理不到位"],
        ["一岗双责落实不到位", "三公经费超支", "八项规定精神落实不严"],
    ],
)
def test_a_heading_may_begin_with_a_number_of_its_own(problems: list[str]) -> None:
    text = "\n".join(
        f"{n}、{problem}\n整改情况：{answer}"
        for n, problem, answer in zip("一二三", problems, ANSWERS, strict=False)
    )
    found = parse(SourceText("", text)).items
    assert [item.problem for item in found] == [problem.rstrip("。") for problem in problems]
