"""Columns whose names say nothing: their long texts are not lost without a word."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse


def warnings(name: str, first: str, second: str) -> tuple[str, ...]:
    text = (
        f"某局党组关于巡察整改进展情况的通报\n序号\t问题\t整改措施\t{name}\n"
        f"1\t撂荒地复耕慢\t引入公司。\t{first}\n2\t食堂账目不清\t统一核算。\t{second}\n"
    )
    notice = parse(SourceText("", text))
    assert [item.outcome for item in notice.items] == ["引入公司。", "统一核算。"]
    return notice.warnings


LONG = "与三家公司签订复耕协议，复耕撂荒地790亩。", "按月公示食堂账目，共计公示账目六期。"


@pytest.mark.parametrize("name", ["推进记录", "一句话小结", ""])
def test_a_column_of_long_texts_that_is_in_no_item_is_named(name: str) -> None:
    (warning,) = warnings(name, *LONG)
    assert f"“{name or '第4列'}”" in warning
    assert "栏名改为" in warning


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("推进记录", "见附件", "见附件二"),
        ("登记日期", "2024年11月30日17时", "2024年12月30日17时"),
        ("整改目标", *LONG),
        ("佐证材料", *LONG),
        ("推进记录", LONG[0], ""),
    ],
)
def test_short_and_known_columns_are_passed_over(name: str, first: str, second: str) -> None:
    assert warnings(name, first, second) == ()


def test_remarks_that_are_all_left_out_are_named() -> None:
    remarks = "由后勤科牵头，党办、人事科、财务科配合。", "由财务科牵头，党办、后勤科配合落实。"
    (warning,) = warnings("备注", *remarks)
    assert "“备注”" in warning


def test_columns_of_a_head_over_two_rows_have_the_lower_names() -> None:
    text = (
        "序号\t问题\t整改落实\t\n\t\t整改措施\t整改成效\t纪要摘录\n"
        f"1\t撂荒地复耕慢\t引入公司\t复耕790亩\t{LONG[0]}\n2\t账目不清\t统一核算\t公示6期\t{LONG[1]}"
    )
    notice = parse(SourceText("", text))
    assert [item.outcome for item in notice.items] == ["引入公司\n复耕790亩", "统一核算\n公示6期"]
    (warning,) = notice.warnings
    assert "“纪要摘录”" in warning
