"""Shares of the work that a clause states, and those that are shares of something else."""

from __future__ import annotations

import pytest

from zhenggai.classification.counting.counts import counted
from zhenggai.classification.counting.shares import all_but, percent_parts, work_done
from zhenggai.classification.outcome import wording
from zhenggai.classification.outcome.clauses import split_clauses


@pytest.mark.parametrize(
    ("clause", "share"),
    [
        ("完成总工程量的45%。", 0.45),
        ("截至10月底，安置房办证工作完成85%。", 0.85),
        ("管网改造完成四分之三。", 0.75),
        ("目前已更换一半，", 0.5),
        ("主体工程完成七成；", 0.7),
        ("危房改造完成率为20%。", 0.2),
        ("清退30%，其余由当事人分批退还。", 0.3),
        ("债务化解率仅为31%。", 0.31),
        ("一季度完成30%，二季度完成60%。", 0.6),
    ],
)
def test_the_share_of_the_work_that_is_done(clause: str, share: float) -> None:
    assert work_done(clause) == pytest.approx(share)


@pytest.mark.parametrize(
    "clause",
    [
        "完成率100%。",
        "群众满意率达98%。",
        "到位资金同比增长38%。",
        "完成全年任务的98%。",
        "完成年度投资任务的103%。",
        "超额完成20%。",
        "资产出租率由40%提高到88%。",
        "接待费用压减60%。",
        "支付30%预付款。",
        "明确年底前须完成80%。",
        "债务化解率达92%。",
        "6月完成40%，9月全部完成。",
        "生活污水治理率达75%。",
    ],
)
def test_shares_of_something_else_and_results(clause: str) -> None:
    assert work_done(clause) is None


def test_what_is_finished_in_a_later_clause_is_finished() -> None:
    outcome = "2023年完成改造40%。2024年剩下的管网全部改造。"
    assert counted("", [clause.text for clause in split_clauses(outcome)]) == []


def test_shares_that_come_to_a_hundred() -> None:
    assert percent_parts("偿还90%，剩余10%列入明年预算。") == pytest.approx(0.9)
    assert percent_parts("偿还90%，剩余20%列入明年预算。") is None


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("整改完成80%。", "基本完成"),
        ("该问题已整改20%。", "正在整改"),
        ("已完成整改任务的30%。", "正在整改"),
        ("目前已完成一半。", "基本完成"),
        ("完成整改三分之二。", "基本完成"),
        ("整改完成100%。", "已完成"),
    ],
)
def test_a_verdict_with_a_share_states_what_the_share_says(clause: str, status: str) -> None:
    assert wording.whole_verdict(clause) == status


@pytest.mark.parametrize(
    "clause",
    [
        "除1辆校车外，均已更换到位。",
        "除个别偏远乡镇外，均已整改完毕。",
        "除城北泵站仍在调试外，其余5座泵站均投入使用。",
        "除李家坪村外，其他15个村均已通水。",
        "除1个偏远司法所外，其余12个司法所全部启用。",
    ],
)
def test_all_but_a_few_are_half_and_more(clause: str) -> None:
    share = all_but(clause)
    assert share is not None
    assert share > 0.5
    assert [one.half and one.open for one in counted("", [clause])] == [True]


@pytest.mark.parametrize(
    "clause",
    [
        "除按规定保留的2辆执法车外，其余车辆已全部拍卖。",
        "除2名退休人员外，均已签订合同。",
        "除责令3人作出检查外，还对5人给予处分。",
        "除约谈责任人外，追回资金12万元。",
        "除涉密事项外，财务收支已全部公开。",
        "除3家上市公司外，其余公司均未按时换届。",
    ],
)
def test_what_may_stay_and_what_was_done_besides_are_no_rest(clause: str) -> None:
    assert all_but(clause) is None


def test_more_left_than_done() -> None:
    assert all_but("除5个村外，其余2个村均已通水。") == pytest.approx(2 / 7)
