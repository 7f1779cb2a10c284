"""Paragraphs without numbers that state a problem and answer it."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

HEAD = """中共某县水务局党组关于巡察整改情况的通报
县委第二巡察组对局党组进行了巡察。针对巡察反馈的问题，局党组照单全收。现将整改情况通报如下。
"""
ANSWERS = ["制定学习计划，集中学习12次", "已拨付经费36万元", "更换水泵4台，其余2台正在采购"]
PROBLEMS = ["学习不够经常", "河道保洁经费拨付慢", "泵站设备年久失修"]
FAULTS = ["学习不够经常", "河道保洁经费拨付慢", "泵站设备管理不善"]


def found(body: str) -> list[tuple[str, str]]:
    return [(item.problem, item.outcome) for item in parse(SourceText("n.txt", HEAD + body)).items]


@pytest.mark.parametrize(
    "form",
    [
        "针对{}的问题，{}。",
        "关于{}的问题，我们{}。",
        "针对“{}”的问题，{}。",
        "针对“{}”，{}。",
        "针对“{}”问题：{}。",
        "巡察反馈指出，{}。对此，{}。",
        "县委第二巡察组指出，{}。为此，{}。",
        "反馈指出：{}。对此，{}。",
        "{}。{}。",
        "巡察反馈的“{}”问题，{}。",
        "反馈意见指出的“{}”的问题，{}。",
        "县委第二巡察组提出的“{}”问题。{}。",
        "对“{}”的问题，{}。",
        "对{}问题，{}。",
    ],
)
@pytest.mark.parametrize(
    "heading",
    ["", "在水务管理方面。\n", "一、整改落实情况\n", "一、在水务管理方面\n", "（一）水务管理方面\n"],
)
def test_one_item_a_paragraph(form: str, heading: str) -> None:
    lines = [form.format(p, a) for p, a in zip(PROBLEMS, ANSWERS, strict=True)]
    items = found(heading + "\n".join(lines))
    assert [problem for problem, _ in items] == PROBLEMS
    for (_, outcome), answer in zip(items, ANSWERS, strict=True):
        assert outcome.removeprefix("我们") == answer + "。"


def test_only_the_first_has_a_number() -> None:
    lines = [f"针对{p}的问题，{a}。" for p, a in zip(PROBLEMS, ANSWERS, strict=True)]
    assert [problem for problem, _ in found("一、" + "\n".join(lines))] == PROBLEMS


def test_a_repetition_in_an_answer_is_no_item() -> None:
    body = (
        "1.学习不够经常。\n针对学习不够经常的问题，制定学习计划。\n2.河道保洁经费拨付慢。\n已拨付经费36万元。"
    )
    assert [problem for problem, _ in found("一、整改情况\n" + body)] == PROBLEMS[:2]


@pytest.mark.parametrize("lead", ["反馈指出：", "巡察组反馈指出，", "巡察发现："])
def test_the_words_of_the_feedback_are_no_part_of_the_problem(lead: str) -> None:
    body = f"{lead}一是学习不够经常；二是笔记不实。\n整改情况：一是集中学习12次。二是抽查笔记。"
    assert [problem for problem, _ in found("一、整改情况\n（一）理论武装方面\n" + body)] == [
        "一是学习不够经常；二是笔记不实"
    ]


def test_problems_listed_by_topic_are_answered_in_a_later_part() -> None:
    topics = ["（一）理论学习方面", "（二）水务管理方面", "（三）设备管理方面"]
    listed = "".join(f"{t}：{p}。" for t, p in zip(topics, FAULTS, strict=True))
    answered = [f"{t}\n{p}。{a}。" for t, p, a in zip(topics, FAULTS, ANSWERS, strict=True)]
    body = ["一、反馈的主要问题", listed, "二、反馈问题整改情况", *answered]
    assert [problem for problem, _ in found("\n".join(body))] == FAULTS


SECTIONS = (
    ("落实上级部署有差距方面", ("造林数据虚报造假", "巡河记录弄虚作假，补填轨迹")),
    ("党建责任落实有短板方面", ("党费收缴不及时", "支部两年未按期换届")),
)
SHAPES = ("“{}”问题。", "{}。整改情况：", "{}。\n整改：", "1.{}整改情况：", "一是{}。\n整改：")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("number", ["（{}）", "{}、"])
def test_problems_below_headings_that_state_what_is_wrong_are_items(shape: str, number: str) -> None:
    lines = ["某局党组关于巡察整改进展情况的通报", "一、反馈问题整改落实情况"]
    for at, (section, problems) in enumerate(SECTIONS):
        lines.append(number.format("一二三"[at + (number == "{}、")]) + section)
        for place, problem in enumerate(problems):
            lead = shape.replace("一是", f"{'一二'[place]}是").replace("1.", f"{place + 1}.")
            lines.append(
                lead.format(problem) + f"召开会议{place + 2}次，补齐台账{at + 3}本，通报{place + 1}人。"
            )
    items = parse(SourceText("n.txt", "\n".join(lines))).items
    assert [item.problem for item in items] == [problem for _, problems in SECTIONS for problem in problems]
    assert all("召开会议" in item.outcome and len(item.path) == 1 for item in items)


@pytest.mark.parametrize("dash", ["——", "—", "－－", "－"])
@pytest.mark.parametrize("topic", ["推进党风廉政建设和反腐败斗争方面", "纠治“四风”方面", "全面从严治党方面"])
def test_dashes_before_problems_are_bullets(dash: str, topic: str) -> None:
    text = f"某省委关于巡视整改进展情况的通报\n一、整改落实情况\n（一）{topic}\n"
    text += f"{dash}关于“以案谋私”问题多发的问题。查处干警12人，移送9人。\n"
    text += f"{dash}关于基层负担过重的问题。清理应用程序36个。\n"
    items = parse(SourceText("n.txt", text)).items
    assert [item.problem for item in items] == ["“以案谋私”问题多发", "基层负担过重"]
    assert all(item.path == (f"（一）{topic}",) for item in items)
