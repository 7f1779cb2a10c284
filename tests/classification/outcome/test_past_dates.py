"""Dates before which something was done: dropped where they are past, kept where they may be plans."""

from __future__ import annotations

import pytest

from zhenggai.classification.classifier import load_classifier
from zhenggai.classification.model import Query
from zhenggai.classification.outcome.past_dates import without_past_dates


@pytest.mark.parametrize(
    ("clause", "published", "left"),
    [
        ("4个逾期支部已于8月底前完成换届选举。", None, "4个逾期支部已完成换届选举。"),
        ("5个逾期支部已经在2023年9月底前全部完成换届。", None, "5个逾期支部已全部完成换届。"),
        ("逾期支部于9月底前均已完成换届。", None, "逾期支部均已完成换届。"),
        ("6名混岗人员6月底前全部回到原岗位。", "2019-08-01", "6名混岗人员全部回到原岗位。"),
        ("于4月底前完成换届；", "2018-05-21", "完成换届；"),
        (
            "列入计划的19座水库主汛期前完成加固并投入使用。",
            "2019-08-01",
            "列入计划的19座水库完成加固并投入使用。",
        ),
        ("2022年12月底前完成安置。", "2023-02-10", "完成安置。"),
    ],
)
def test_what_is_past_loses_its_date(clause: str, published: str | None, left: str) -> None:
    assert without_past_dates(clause, published) == left


@pytest.mark.parametrize(
    ("clause", "published"),
    [
        ("6月底前全部回到原岗位。", None),  # nobody knows when that was written
        ("6月底前全部回到原岗位。", "2019-06-28"),
        ("12月底前完成加固。", "2022-01-15"),
        ("2024年6月底前完成加固。", "2023-08-01"),
        ("计划6月底前完成加固。", "2019-08-01"),
        ("其余3处6月底前完成加固。", "2019-08-01"),
        ("约定2018年6月前分期付清。", "2019-08-01"),
        ("接收2010年前的文书档案。", "2019-08-01"),
    ],
)
def test_what_may_be_a_plan_keeps_its_date(clause: str, published: str | None) -> None:
    assert without_past_dates(clause, published) == clause


def test_the_date_of_publication_decides_between_done_and_planned() -> None:
    problem, outcome = "耕地“非粮化”整治不彻底", "排查出非粮化地块1260亩，9月底前全部复种小麦、油菜。"
    status = load_classifier("status")
    later, unknown = status.classify([Query(problem, (), outcome, "2021-12-30"), Query(problem, (), outcome)])
    assert (later.label, unknown.label) == ("已完成", "正在整改")
