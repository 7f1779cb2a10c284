"""Lines: tabs after numbers, as in lists copied from Word, make no table."""

from __future__ import annotations

import pytest

from zhenggai.notice import Item, SourceText, parse
from zhenggai.notice.language import page_wording
from zhenggai.notice.lines.outline import read_lines
from zhenggai.notice.text.cleaning import clean

NOTICE = """关于巡察整改情况的通报
一、{tab}反馈问题整改情况
（一）{tab}党的建设方面
1.{tab}理论学习不深入。
整改情况：制定学习计划，开展学习9次。
2.{tab}公务接待不规范。
整改情况：清退费用1.83万元。
二、{tab}下一步打算
持续抓好整改。"""


def items(text: str) -> tuple[Item, ...]:
    return parse(SourceText("t.txt", text)).items


def test_a_tab_after_the_number_changes_nothing() -> None:
    def found(tab: str) -> list[tuple[str | None, str, str]]:
        return [(item.number, item.problem, item.outcome) for item in items(NOTICE.format(tab=tab))]

    assert len(found("")) == 2
    assert found("\t") == found("")


def test_a_bare_number_and_a_tab_before_the_statement() -> None:
    lines = ["关于巡察整改情况的通报", "一、整改情况"]
    for number, problem in enumerate(("理论学习不深入", "公务接待不规范", "资产长期闲置"), 1):
        lines += [f"{number}\t{problem}", "\t制定办法，开展检查3次。"]
    assert [(item.number, item.problem) for item in items("\n".join(lines))] == [
        ("1", "理论学习不深入"),
        ("2", "公务接待不规范"),
        ("3", "资产长期闲置"),
    ]


def test_a_short_row_amid_a_table_stays_a_row() -> None:
    rows = ["序号\t反馈问题\t整改措施", "1\t资产闲置\t公开招租", "2\t台账缺失", "3\t接待不规范\t清退费用"]
    assert [(item.problem, item.outcome) for item in items("\n".join(rows))] == [
        ("资产闲置", "公开招租"),
        ("台账缺失", ""),
        ("接待不规范", "清退费用"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "日期：2022/06/15 阅读：1024",
        "时间：2022-06-15 08:30　来源：县纪委　浏览：12次",
        "发布时间：2022年6月15日 | 作者：张三 | 阅读次数：",
        "索引号：113-20 发文机关：某局",
    ],
)
def test_what_a_page_says_of_itself_is_no_line(line: str) -> None:
    text = f"某院整改情况通报\n{line}\n1.学习不深入。\n整改情况：开展学习3次。\n"
    notice = parse(SourceText("a.txt", text))
    assert [item.problem for item in notice.items] == ["学习不深入"]
    assert line not in [found.text for found in read_lines(clean(SourceText("a.txt", text)))]


@pytest.mark.parametrize("line", ["整改时限：2022年6月", "责任单位：办公室", "时间：2022年6月前完成整改"])
def test_fields_of_an_answer_stay(line: str) -> None:
    assert page_wording.FURNITURE.match(line) is None


def test_many_labels_are_matched_in_time() -> None:
    assert page_wording.FURNITURE.match("时间： " * 1000 + "：") is None
