"""Lines: tabs after numbers, as in lists copied from Word, make no table."""

from __future__ import annotations

from zhenggai.notice import Item, SourceText, parse

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
