"""Problems in quotes with words of the genre around them, and labels that point to the feedback."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.language.statement import find_wrapped, unwrap

PROBLEM = "学科建设同质化，优势特色学科不突出"
FRAMES = [
    "对“{}”的整改情况",
    "对“{}”的整改",
    "针对“{}”的整改",
    "针对“{}”反馈意见",
    "“{}”的整改",
    "关于对“{}”问题的整改情况",
    "对应反馈意见：“{}”",
    "对应反馈“{}”：",
    "对反馈意见“{}”的整改",
    "关于反馈意见指出的“{}”问题",
    "针对反馈意见中“{}”的问题",
    "针对市委第三巡察组反馈意见中指出的“{}”的问题",
    "市委巡察反馈“{}”的问题",
    "反馈意见中关于“{}”的问题",
    "对应反馈意见第3条：“{}”",
]
LABELS = [
    "对应巡察反馈问题：{}。",
    "对应问题：{}。",
    "对照反馈问题：{}。",
    "对应巡察反馈第3条：{}。",
    "原问题：{}。",
    "反馈原文：{}",
]
BARE = ["关于反馈意见指出的{}问题", "针对市委第三巡察组反馈的{}的问题", "针对巡察反馈指出{}的问题"]


def stated(text: str) -> str:
    found = unwrap(text)
    return text[found.start : found.end]


@pytest.mark.parametrize("frame", [*FRAMES, *LABELS, *BARE])
def test_the_frame_is_no_part_of_the_problem(frame: str) -> None:
    assert stated(frame.format(PROBLEM)) == PROBLEM


@pytest.mark.parametrize(
    "text",
    [
        "落实“一岗双责”情况不好",
        "对“一把手”监督不力",
        "“三重一大”决策不规范",
        "关于反馈意见整改不彻底",
        "原则性不强",
        "对照检查不深刻",
        "对应急管理重视不够",
    ],
)
def test_quotes_and_words_of_a_statement_stay(text: str) -> None:
    assert stated(text) == text.removeprefix("关于")


@pytest.mark.parametrize("frame", ["对应反馈意见：“{}”。", "针对巡察反馈的“{}”，", "对“{}”的整改情况："])
def test_the_answer_may_follow_in_the_paragraph(frame: str) -> None:
    text = frame.format(PROBLEM) + "我校召开专题会议。"
    found = find_wrapped(text)
    assert found is not None
    assert text[found.start : found.end] == PROBLEM
    assert text[found.whole_end :] == "我校召开专题会议。"


@pytest.mark.parametrize("frame", [*FRAMES, *LABELS])
@pytest.mark.parametrize("label", ["", "整改情况："])
def test_problems_of_a_notice_in_frames(frame: str, label: str) -> None:
    problems = [PROBLEM, "落实河长制不到位", "会议记录不规范"]
    answers = ["召开党委会专题研究，修订制度3项。", "开展培训2次，参训120人。", "清查资产，盘活2处。"]
    body = "\n".join(
        f"{n}.{frame.format(problem)}\n{label}{answer}"
        for n, (problem, answer) in enumerate(zip(problems, answers, strict=True), 1)
    )
    items = parse(SourceText("", f"某校关于巡察整改进展情况的通报\n{body}")).items
    assert [item.problem for item in items] == problems
    assert [item.outcome for item in items] == [label + answer for answer in answers]


ABOVE_ANSWERS = [
    "落实“{}”反馈意见的整改情况",
    "落实“{}”的整改情况",
    "落实巡察反馈“{}”问题整改情况",
    "对“{}”的整改",
    "关于“{}”问题的整改",
    "“{}”问题整改情况",
    "“{}”的整改落实情况：",
]
PROBLEMS = ["理论学习不够深入", "党费收缴不规范", "工程监管不到位"]


@pytest.mark.parametrize("frame", ABOVE_ANSWERS)
@pytest.mark.parametrize("head", ["", "一、整改情况\n", "一、整改情况\n（一）党的建设方面\n"])
@pytest.mark.parametrize("marks", [("", ""), ("1.", "2.")])
def test_a_frame_heads_what_was_done_without_number_and_label(
    frame: str, head: str, marks: tuple[str, str]
) -> None:
    answer = "{}制定学习计划，组织集中学习12次。\n{}修订制度2项。".format(*marks)
    body = "".join(f"{frame.format(problem)}\n{answer}\n" for problem in PROBLEMS)
    found = parse(SourceText("n.txt", f"某县水务局党组关于巡察整改情况的通报\n{head}{body}")).items
    assert [item.problem for item in found] == PROBLEMS
    assert [item.outcome for item in found] == [answer] * 3


@pytest.mark.parametrize("text", ["落实“一岗双责”的整改情况", "落实“三会一课”整改任务"])
def test_what_is_carried_out_is_no_problem(text: str) -> None:
    assert not unwrap(text).wrapped


@pytest.mark.parametrize("told", ["仍然存在", "依然存在", "存在", "仍存在"])
def test_a_quoted_problem_that_persists(told: str) -> None:
    body = f"1.“换届不及时”问题{told}\n整改情况：3个支部完成换届。\n"
    text = f"某局党组关于巡察整改情况的通报\n二、整改情况\n{body}"
    assert [item.problem for item in parse(SourceText("n.txt", text)).items] == ["换届不及时"]


def test_a_quoted_name_of_a_problem_stays() -> None:
    text = "某局党组关于巡察整改情况的通报\n二、整改情况\n1.“大班额”问题仍然存在\n整改情况：新建学校2所。\n"
    assert [item.problem for item in parse(SourceText("n.txt", text)).items] == ["“大班额”问题仍然存在"]
