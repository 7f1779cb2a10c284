"""Goals that are not reached, put off or awaited; and what only sounds like them."""

from __future__ import annotations

import pytest

from zhenggai.classification.counting.missed import missed
from zhenggai.classification.counting.shares import all_but, percent_parts


@pytest.mark.parametrize(
    "clause",
    [
        "优良率达94%，比92%的考核目标还高2个百分点。",
        "负债率降至66%，比70%的要求还低4个百分点。",
        "续签合同12份，经双方同意延期1年。",
        "经批准延期缴费。",
        "已向社会公开申请流程。",
        "已向乡镇申请户核实情况。",
    ],
)
def test_no_goal_is_missed(clause: str) -> None:
    assert missed([clause]) is None


@pytest.mark.parametrize(
    ("clause", "near"),
    [
        ("距离70%的管控目标仍差0.9个百分点。", True),
        ("距70%的目标仍差60个百分点。", False),
        ("经批准，整改期限延长至2026年6月。", False),
        ("距2024.6.30的目标仍差3户。", None),
    ],
)
def test_how_near_a_missed_goal_is(clause: str, near: bool | None) -> None:
    found = missed([clause])
    assert found is not None
    assert found.near is near


def test_nothing_is_divided_by_nothing() -> None:
    assert all_but("除0个村外，其余0个村均已通水。") is not None
    assert percent_parts("已转让0%股权中的0%，剩余0%待评估。") is None


@pytest.mark.parametrize("few", ["对3人立案", "2022年已整改的3个问题", "1名同志因病住院"])
def test_what_is_no_rest_is_left_out(few: str) -> None:
    assert all_but(f"除{few}外，其余5个均已到位。") is None
