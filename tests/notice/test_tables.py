"""Tables: the order of an answer's cells, heads over several rows."""

from __future__ import annotations

from zhenggai.notice import SourceText, parse

HEAD = "序号\t反馈问题\t整改落实\t\t完成情况\n\t\t整改措施\t整改成效\n"


def outcomes(rows: str) -> list[list[str]]:
    return [item.outcome.split("\n") for item in parse(SourceText("t.txt", HEAD + rows)).items]


def test_an_effect_merged_beside_several_measures_comes_after_them() -> None:
    rows = (
        "1\t资产闲置\t清查资产\t收益增加\t已完成\n\t\t公开招租\n2\t接待不规范\t清退费用\t费用下降\t持续推进"
    )
    assert outcomes(rows) == [
        ["清查资产", "公开招租", "收益增加", "已完成"],
        ["清退费用", "费用下降", "持续推进"],
    ]


def test_measures_with_their_effects_row_by_row_stay_in_rows() -> None:
    rows = "1\t资产闲置\t清查资产\t盘盈3件\n\t\t公开招租\t增收2万元\n2\t接待不规范\t清退费用\t费用下降"
    assert outcomes(rows)[0] == ["清查资产", "盘盈3件", "公开招租", "增收2万元"]
