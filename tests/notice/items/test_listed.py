"""Problems that one part lists and another answers."""

from __future__ import annotations

import pytest

from zhenggai.notice import Item, SourceText, parse

PROBLEMS = ["理论学习不深入", "公务接待不规范", "资产长期闲置", "档案审核不严"]
ANSWERS = ["制定学习计划，开展学习9次。", "清退费用1.83万元。", "公开招租，年增收21万元。", "补充材料89份。"]


def items(answers: list[str], title: str = "三、整改落实情况") -> tuple[Item, ...]:
    lines = ["关于巡察整改情况的通报", "一、巡察反馈的主要问题"]
    lines += [f"（{number}）{problem}。" for number, problem in zip("一二三四", PROBLEMS, strict=True)]
    lines += [
        "二、整改组织推进情况",
        "（一）提高政治站位。召开会议2次。",
        "（二）加强组织领导。成立领导小组。",
    ]
    lines += [title, *answers, "四、下一步工作", "持续抓好整改。"]
    return parse(SourceText("t.txt", "\n".join(lines))).items


@pytest.mark.parametrize(
    "form",
    [
        "（{cn}）针对问题{cn}：{answer}",
        "{n}.关于第{n}个问题。{answer}",
        "问题{n}整改情况：{answer}",
        "（{cn}）{answer}",
        "（{cn}）问题{n}整改情况\n{answer}",
        "（{cn}）关于{problem}的问题。{answer}",
        "（{cn}）针对第{n}个问题“{problem}”，{answer}",
        "{n}.关于第{cn}个问题“{problem}”的整改情况。{answer}",
        "针对问题{n}“{problem}”，{answer}",
        "（{cn}）第{n}个问题“{problem}”\n{answer}",
        "{n}.针对反馈的第{n}个问题：{problem}。{answer}",
        "（{cn}）针对第{n}条问题（{problem}），{answer}",
    ],
)
def test_answers_find_their_problems(form: str) -> None:
    rows = zip("一二三四", PROBLEMS, ANSWERS, strict=True)
    answers = [
        form.format(n=n, cn=cn, problem=problem, answer=answer)
        for n, (cn, problem, answer) in enumerate(rows, 1)
    ]
    found = [(item.problem, item.outcome) for item in items(answers)]
    assert found == list(zip(PROBLEMS, ANSWERS, strict=True))


@pytest.mark.parametrize("title", ["三、整改落实情况", "三、整改措施和成效", "三、存在问题及整改成果"])
def test_an_answer_that_goes_on_about_a_matter_is_one(title: str) -> None:
    """关于…问题，… behind the quoted problem is no problem of its own; titles of main parts are no path."""
    rows = zip("一二三四", PROBLEMS, strict=True)
    answers = [
        f"（{cn}）针对第{n}个问题“{p}”，关于食堂产权登记问题，因故仍在办理。"
        for n, (cn, p) in enumerate(rows, 1)
    ]
    found = items(answers, title)
    assert [item.problem for item in found] == PROBLEMS
    assert {item.outcome for item in found} == {"关于食堂产权登记问题，因故仍在办理。"}
    assert {item.path for item in found} == {()}


def test_what_is_asked_for_answers_nothing() -> None:
    asked = [f"（{number}）进一步加强学习，压实责任。" for number in "一二三四"]
    found = items(asked, title="三、下一步整改工作建议")
    assert [item.problem for item in found] == PROBLEMS
    assert not any(item.outcome for item in found)


LISTS = """关于巡察整改情况的通报
一、整改落实情况
（一）党的建设方面
存在问题：
1.理论学习不深入。
2.公务接待不规范。
整改情况：
1.制定学习计划，开展学习9次。
2.清退费用1.83万元。{more}
（二）内部管理方面
存在问题：
1.资产长期闲置。
整改情况：公开招租，年增收21万元。
"""


def in_category(more: str) -> list[tuple[str, str]]:
    return [
        (item.problem, item.outcome) for item in parse(SourceText("t.txt", LISTS.format(more=more))).items
    ]


def test_lists_of_one_category_are_paired_by_their_numbers() -> None:
    assert in_category("")[:2] == [
        ("理论学习不深入", "制定学习计划，开展学习9次。"),
        ("公务接待不规范", "清退费用1.83万元。"),
    ]


def test_measures_that_number_more_than_the_problems_answer_them_together() -> None:
    found = in_category("\n3.组织培训2次。")
    assert len(found) == 2
    assert found[0][0] == "理论学习不深入。\n2.公务接待不规范"
    assert "组织培训2次" in found[0][1]
