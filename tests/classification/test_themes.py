"""Headings as themes: counts, statuses and titles say nothing of a problem's matter."""

from __future__ import annotations

import pytest

from zhenggai.classification.inputs import category_fields, theme_headings
from zhenggai.classification.model import Query


@pytest.mark.parametrize(
    ("heading", "theme"),
    [
        ("（一）交通强县建设方面（反馈问题4个，已整改2个）", "交通强县建设"),
        ("（二）党的建设方面（共3个问题）", "党的建设"),
        ("党的建设方面（5项）", "党的建设"),
        ("党的建设方面：反馈问题4个，已整改3个", "党的建设"),
        ("（三）财务管理（已完成，长期坚持）", "财务管理"),
        ("民生保障（2个问题，均已完成）", "民生保障"),
        ("国企改革（三年行动）方面", "国企改革（三年行动）"),
        ("履职（包括3个乡镇）不力", "履职（包括3个乡镇）不力"),
    ],
)
def test_counts_and_statuses_in_brackets_are_no_theme(heading: str, theme: str) -> None:
    assert theme_headings([heading]) == [theme]
    assert theme_headings(["一、作风建设方面", heading])[1] == theme


@pytest.mark.parametrize(
    "title",
    [
        "二、反馈问题整改落实情况",
        "具体问题整改情况",
        "二、存在问题及整改成果",
        "一、巡视反馈的主要问题",
        "二、整改措施和成效",
        "第二部分 市委巡察组反馈问题整改情况",
        "县水利局巡察反馈意见整改台账",
    ],
)
def test_titles_of_the_main_part_are_no_theme(title: str) -> None:
    assert theme_headings([title, "（一）作风建设方面"]) == ["作风建设"]
    assert category_fields(Query("账目不清", (title,)))[1:] == ("", "", "")


@pytest.mark.parametrize(
    "heading",
    [
        "（四）巡视巡察反馈问题整改情况",
        "四、上轮巡察反馈问题整改不到位",
        "三、落实巡视巡察整改方面",
        "四、审计反馈问题整改情况",
    ],
)
def test_groups_about_earlier_findings_stay_themes(heading: str) -> None:
    assert len(theme_headings([heading])) == 1


def test_only_the_outermost_heading_can_be_the_title() -> None:
    assert len(theme_headings(["一、作风建设方面", "2.巡察反馈问题整改情况"])) == 2


def test_a_list_is_about_the_part_that_its_title_names() -> None:
    assert theme_headings(["某所党委巡视整改公开台账（组织建设）"]) == ["组织建设"]
