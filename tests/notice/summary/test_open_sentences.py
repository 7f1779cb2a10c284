"""Problems that a sentence names as still open: those that it names well, and what only looks so."""

from __future__ import annotations

import pytest

from zhenggai.notice import parse
from zhenggai.notice.model import SourceText

PROBLEMS = [
    "农村生活垃圾分类推进缓慢",
    "乡镇敬老院消防设施不达标",
    "城区老旧小区加装电梯进展不快",
    "国有林场职工住房产权证未办理",
    "违规发放值班补贴",
    "公务用车管理混乱",
    "工业园区污水管网建设滞后",
    "历史遗留工程款长期挂账",
]
HEAD = "某县委关于巡察整改进展情况的通报\n一、组织情况\n召开会议3次。\n二、巡察反馈问题整改情况\n"
MAIN = HEAD + "".join(
    f"{number}.{problem}。\n整改情况：印发办法1份，开展检查{number + 2}次。\n"
    for number, problem in enumerate(PROBLEMS, 1)
)


def read(closing: str) -> set[int]:
    """Which items are named as open by a sentence of a part that is no list of them."""
    items = parse(SourceText("a.txt", f"{MAIN}三、整改成效\n{closing}\n")).items
    assert len(items) == len(PROBLEMS)
    return {item.index for item in items if item.listed_open}


@pytest.mark.parametrize(
    ("closing", "named"),
    [
        ("目前还有农村生活垃圾分类、老旧小区加装电梯、污水管网建设等3个事项正在整改。", {1, 3, 7}),
        ("尚未完成的有：国有林场职工住房产权证办理；历史遗留工程款挂账。", {4, 8}),
        ("尚未整改完成的问题共2项，分别为公务用车管理混乱、历史遗留工程款长期挂账。", {6, 8}),
        ("1个问题未完成整改，为国有林场职工住房产权证未办理，原因是历史资料缺失。", {4}),
        ("除乡镇敬老院消防设施、工业园区污水管网两项需长期坚持外，其余均已完成。", {2, 7}),
        ("除“历史遗留工程款长期挂账”外，其余7个问题已全部整改完成。", {8}),
        ("已完成6项，正在推进2项（城区老旧小区加装电梯、乡镇敬老院消防设施）。", {2, 3}),
        ("剩余1个问题（国有林场职工住房产权证未办理）正在协调自然资源部门解决。", {4}),
        ("8个问题，完成6个，剩余2个为：违规发放值班补贴；公务用车管理混乱。", {5, 6}),
        ("需长期整改的2个问题，即农村生活垃圾分类推进缓慢和工业园区污水管网建设滞后，正按计划推进。", {1, 7}),
        ("农村生活垃圾分类、污水管网建设两个问题因资金缺口较大，目前仍在持续整改。", {1, 7}),
        ("违规发放值班补贴问题已整改完成，国有林场职工住房产权证办理问题正在推进。", {4}),
        ("还未完成整改的问题有2个：违规发放值班补贴，公务用车管理混乱。", {5, 6}),
        ("农村生活垃圾分类、污水管网建设2个问题，将继续推进。", {1, 7}),
        ("反馈问题1、反馈问题7正在整改。", {1, 7}),
        ("目前，问题三、问题八尚未完成整改。", {3, 8}),
        ("需进一步整改的有2项：1.公务用车管理混乱。2.历史遗留工程款长期挂账。", {6, 8}),
    ],
)
def test_names_in_a_sentence(closing: str, named: set[int]) -> None:
    assert read(closing) == named


@pytest.mark.parametrize(
    "closing",
    [
        # what is done, or no one problem
        "农村生活垃圾分类推进缓慢等6个问题已完成整改，其余2个问题正在整改。",
        "目前还有乡村道路养护、农产品冷链物流等2个事项正在整改。",
        "除个别问题需长期坚持外，其余问题均已完成整改。",
        "对公务用车管理、值班补贴发放等已完成的事项开展“回头看”，对正在推进的整改事项紧盯不放。",
        # more names than the sentence counts
        "农村生活垃圾分类、公务用车管理等1个问题正在整改。",
        # intentions, and other sentences about open matters
        "下一步，将继续规范公务用车管理，巩固整改成果。",
        "我们将以污水管网建设为抓手，继续推进整改工作。",
        "坚持把巡察整改与公务用车管理、垃圾分类结合起来，正在整改中见成效。",
        "对未完成整改的问题，参照公务用车管理的做法，逐项销号。",
    ],
)
def test_what_names_nothing_open(closing: str) -> None:
    assert read(closing) == set()


def test_a_name_that_two_problems_have_marks_neither() -> None:
    text = MAIN.replace("违规发放值班补贴", "城市生活垃圾分类推进缓慢")
    items = parse(SourceText("a.txt", f"{text}三、整改成效\n生活垃圾分类问题仍在整改中。\n")).items
    assert not any(item.listed_open for item in items)


def test_a_fault_that_is_said_in_the_same_words_is_not_open_for_that() -> None:
    text = MAIN.replace("历史遗留工程款长期挂账", "上轮巡察反馈的工程款挂账问题尚未整改")
    closing = "巡察组指出，上轮巡察反馈的工程款挂账问题尚未整改。"
    items = parse(SourceText("a.txt", f"{text}三、整改成效\n{closing}\n")).items
    assert not any(item.listed_open for item in items)


@pytest.mark.parametrize(
    ("closing", "named"),
    [
        ("农村生活垃圾分类、污水管网建设2个问题。", {1, 7}),
        ("农村生活垃圾分类、敬老院消防、污水管网3个问题，我们将按计划抓好落实。", {1, 2, 7}),
        ("1.违规发放值班补贴；2.公务用车管理混乱。", {5, 6}),
        ("（1）违规发放值班补贴。（2）公务用车管理混乱。", {5, 6}),
        ("对已完成整改的农村生活垃圾分类、污水管网建设2个问题，将开展“回头看”。", set()),
        ("以上问题将继续推进。", set()),
    ],
)
def test_names_below_a_title_for_open_matters(closing: str, named: set[int]) -> None:
    items = parse(SourceText("a.txt", f"{MAIN}三、需要继续推进的整改事项\n{closing}\n")).items
    assert {item.index for item in items if item.listed_open} == named


def test_a_count_that_does_not_fit_names_none() -> None:
    assert read("农村生活垃圾分类、污水管网建设等6个问题，将继续推进。") == set()
