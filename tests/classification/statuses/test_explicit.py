"""Stated statuses: what closes an outcome may be a promise, not a verdict."""

from __future__ import annotations

import pytest

from zhenggai.classification.outcome.clauses import split_clauses
from zhenggai.classification.statuses.explicit import stated_status


def status(outcome: str) -> str | None:
    found = stated_status([], split_clauses(outcome))
    return found.status if found else None


@pytest.mark.parametrize(
    "outcome",
    [
        "修订考勤制度1项，通报批评14人次。持续推进。",
        "印发《精简文件管理办法》，发文数下降31%。持续推进，已见成效。",
        "2024年退出中层管理人员17名。持续推进，长期坚持。",
        "免去张某站长职务。持续整改。",
    ],
)
def test_a_promise_behind_something_finished_states_nothing(outcome: str) -> None:
    assert status(outcome) is None


def test_the_verdict_before_a_promise_stands() -> None:
    assert status("追缴费用2.1万元。\n整改情况：已整改到位。\n持续推进。") == "已完成"


@pytest.mark.parametrize(
    "outcome",
    [
        "持续推进。",
        "加强领导，提高认识。持续推进。",
        "完成初步设计。持续推进。",
        "修订制度3项。正在推进。",
        "修订制度3项。持续推进中。",
        "修订制度3项。\n持续推进",
        "修订制度3项。\n整改状态：持续推进。",
    ],
)
def test_what_is_under_way_is_stated(outcome: str) -> None:
    assert status(outcome) == "正在整改"


def test_a_promise_that_names_a_rest_is_under_way() -> None:
    assert status("修订考勤制度1项，通报批评14人次。持续推进剩余2户清退工作。") == "正在整改"
