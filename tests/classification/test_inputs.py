"""Texts for the models: numbering and wrappers off, nothing else."""

from __future__ import annotations

import pytest

from zhenggai.classification.inputs import bare, category_fields, category_pair, clause_fields, role_fields
from zhenggai.classification.model import Query


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（3）意识形态工作重视不够。", "意识形态工作重视不够"),
        ("1.关于“政治理论学习浮于表面”的问题。", "政治理论学习浮于表面"),
        ("针对“三会一课”制度落实不到位的问题", "三会一课制度落实不到位"),
        ("（1）整改任务：学习不到位。", "学习不到位"),
        ("15. 关于“干部作风不够严谨”问题的整改", "干部作风不够严谨"),
        ("2019年账目不清", "2019年账目不清"),
        ("1.5万元未入账", "1.5万元未入账"),
        ("问题", "问题"),
        ("", ""),
    ],
)
def test_bare(text: str, expected: str) -> None:
    assert bare(text) == expected


def test_bare_is_stable() -> None:
    once = bare("（2）针对“关于公务接待管理不规范”的问题")
    assert bare(once) == once


def test_the_nearest_heading_comes_first() -> None:
    query = Query("账目不清", ("一、聚焦作风方面", "（二）财务管理不严"))
    assert category_pair(query) == ("账目不清", "财务管理不严｜作风")
    assert category_fields(query) == ("账目不清", "财务管理不严", "作风", "")
    assert category_fields(Query("账目不清")) == ("账目不清", "", "", "")


def test_headings_about_earlier_findings_are_a_field_of_their_own() -> None:
    query = Query("宣传栏未更新", ("（四）上轮巡察反馈问题整改不彻底", "1.意识形态工作薄弱"))
    assert category_fields(query)[3] == "上轮巡察反馈问题整改不彻底"


def test_roles_are_read_with_the_last_part_and_the_neighbours() -> None:
    first, second = role_fields(["整改情况：已清退3户，其余2户正在推进；", "拟于6月办结。"])
    assert first[:3] == ("已清退3户，其余2户正在推进；", "其余2户正在推进", "始已清退3户")
    assert first[4] == f"前|后{second[3]}"
    assert second[4] == f"前{first[3]}|后"


def test_clause_fields_drop_the_label() -> None:
    assert clause_fields("整改情况：已办结。")[0] == "已办结。"


@pytest.mark.parametrize(
    "heading",
    [
        "一、已完成整改的任务",
        "（二）正在推进整改的问题",
        "三、需长期坚持的整改事项",
        "四、基本完成整改的问题",
    ],
)
def test_a_heading_that_gives_a_status_says_nothing_of_the_category(heading: str) -> None:
    query = Query("出版物质量不高", (heading, "一、意识形态方面"))
    assert category_pair(query) == ("出版物质量不高", "意识形态")
    assert category_fields(query) == ("出版物质量不高", "意识形态", "", "")
    below = Query("出版物质量不高", ("一、意识形态方面", heading))
    assert category_fields(below) == category_fields(query)
