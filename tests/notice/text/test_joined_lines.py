"""A notice whose paragraphs were joined to one line, as a clipboard gives it."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

PARAGRAPHS = [
    "某街道工委关于巡察整改进展情况的通报",
    "2023年4月27日",
    "根据统一部署，区委巡察组开展了巡察。现将整改进展情况公布如下。",
    "一、组织领导情况",
    "召开工委会议7次，研究整改事宜。",
    "二、整改落实情况",
    "（一）贯彻上级部署有偏差",
    "1.网格员身兼数职，走访打卡造假。",
    "整改情况：清理兼职事项21项，通报4人。",
    "2.改造征求意见不充分。",
    "整改情况：召开居民议事会19场。",
    "（二）资金管理不规范",
    "3.社区用房被无偿占用。",
    "整改情况：收回用房4处。",
    "4.往来款项挂账多年未清理。",
    "整改情况：梳理挂账109笔，已核销18笔，其余正在核对。",
]


@pytest.mark.parametrize("joint", ["\n", "", "\u3000\u3000", "\u3000\u3000\u3000"])
def test_its_items_are_those_of_the_paragraphs(joint: str) -> None:
    items = parse(SourceText("n.txt", joint.join(PARAGRAPHS))).items
    assert [item.problem for item in items] == [p[2:-1] for p in PARAGRAPHS if p[1] == "."]
    assert [item.outcome for item in items] == [p for p in PARAGRAPHS if p.startswith("整改情况：")]
    first, second = ("（一）贯彻上级部署有偏差",), ("（二）资金管理不规范",)
    assert [item.path for item in items] == [first, first, second, second]


def test_columns_set_off_by_white_space_stay_one_line() -> None:
    line = "责任单位：办公室　　责任人：张某　　时限：6月　　完成"
    text = f"某局整改情况的通报\n1.账目不清。\n整改情况：已清理。\n{line}\n2.台账不全。\n整改情况：已补齐。"
    assert [item.outcome for item in parse(SourceText("n.txt", text)).items][1] == "整改情况：已补齐。"
