"""Numbers in front of problems that begin with a digit."""

from __future__ import annotations

import pytest

from zhenggai.notice.model import Item, SourceText
from zhenggai.notice.parsing import parse

_HEAD = "某局党组关于巡察整改进展情况的通报\n二、巡察反馈问题整改情况\n"
_FIRST = "1.学习不深入。\n整改情况：制定学习计划，开展学习3次。\n"
_LAST = "3.作风不实。\n整改情况：印发作风建设方案，约谈2人。\n"


def _items(text: str) -> list[tuple[str | None, str]]:
    def pair(item: Item) -> tuple[str | None, str]:
        return item.number, item.problem

    return [pair(item) for item in parse(SourceText("a.txt", _HEAD + text)).items]


@pytest.mark.parametrize(
    ("line", "number", "problem"),
    [
        ("2.12345热线办理质量不高。", "2.", "12345热线办理质量不高"),
        ("2.3户低保户未退出。", "2.", "3户低保户未退出"),
        ("2.5G基站建设推进缓慢。", "2.", "5G基站建设推进缓慢"),
        ("2.0.8公里断头路未打通。", "2.", "0.8公里断头路未打通"),
        ("2.1.2万元工作经费未入账。", "2.", "1.2万元工作经费未入账"),
        ("2．110接处警不规范。", "2．", "110接处警不规范"),
        ("2、3户低保户未退出。", "2、", "3户低保户未退出"),
        ("2.2020年以来12笔收入未入账。", "2.", "2020年以来12笔收入未入账"),
    ],
)
@pytest.mark.parametrize("last", [_LAST, ""])
def test_a_number_before_a_digit(line: str, number: str, problem: str, last: str) -> None:
    text = _FIRST + f"{line}\n整改情况：建立台账，完成清理12户。\n" + last
    assert _items(text)[1:2] == [(number, problem)]
    assert len(_items(text)) == 2 + bool(last)


def test_the_first_number_before_a_digit() -> None:
    text = "1.12345热线办理质量不高。\n整改情况：建立台账。\n2.学习不深入。\n整改情况：开展学习3次。\n"
    assert _items(text) == [("1.", "12345热线办理质量不高"), ("2.", "学习不深入")]


def test_numbers_of_two_parts_stay() -> None:
    answer = "\n整改情况：制定计划，开展学习3次。\n"
    lines = ("1.1学习不深入。", "1.2作风不实。", "2.1党费收缴不规范。", "2.2会议记录不规范。")
    assert [number for number, _ in _items(answer.join([*lines, ""]))] == ["1.1", "1.2", "2.1", "2.2"]


@pytest.mark.parametrize("end", ["共计退还", "并要求限期退还。"])
def test_a_figure_at_the_beginning_of_a_line_is_no_number(end: str) -> None:
    text = f"1.违规发放补贴。\n整改情况：对违规发放的津贴补贴进行全面清理，{end}\n2.3万元已退还，处理3人。\n"
    text += "2.作风不实。\n整改情况：印发作风建设方案，约谈2人。\n"
    assert [number for number, _ in _items(text)] == ["1.", "2."]
