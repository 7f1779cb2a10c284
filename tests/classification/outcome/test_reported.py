"""What of an outcome reports, and how the models read it."""

from __future__ import annotations

import pytest

from zhenggai.classification.classifier import load_classifier
from zhenggai.classification.model import Query, StatusPrediction
from zhenggai.classification.outcome.reported import is_field, plain, reported_clauses


@pytest.mark.parametrize(
    "clause",
    [
        "责任领导：党组副书记 蓝志刚",
        "——责任领导：党组成员、副总经理 韩立",
        "(2)完成时限：2021年12月",
        "(3)责任人：李园长",
        "时限：立行立改；",
        "责任人：王海。",
        "责任领导：刘向东　　牵头部门：战略规划部　　完成时限：2022年6月底",
        "责任人\t周立新\t完成时限\t2022年6月30日",
        "是否销号\t☑是 ☐否",
        "整改时限：长期坚持。",
    ],
)
def test_fields_of_a_form_report_nothing(clause: str) -> None:
    assert is_field(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "整改措施：清查绘本和教辅2300册。",
        "责任落实：签订责任书32份。",
        "责任追究：对3名责任人诫勉谈话。",
        "整改责任人已全部约谈。",
        "完成时限由5天缩短至2天。",
        "责任人：对2名责任人给予警告处分。",
    ],
)
def test_what_was_done_is_no_field(clause: str) -> None:
    assert not is_field(clause)


def test_a_dated_label_is_no_part_of_its_clause() -> None:
    outcome = "责任人：张三\n整改进展（截至2024年6月底）：清退5.3万元。"
    (clause,) = reported_clauses(outcome)
    assert clause.text == outcome[clause.start : clause.end] == "清退5.3万元。"
    assert [c.text for c in reported_clauses("清退借款（含2023年）：5.3万元。")] != ["5.3万元。"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("鉴定时限由5天缩短至2天。", "鉴定时间由5天缩短至2天。"),
        ("审批时限平均压缩62%。", "审批时间平均压缩62%。"),
        ("启动“良种倍增”计划，审定新品种8个。", "实施“良种倍增”工作，审定新品种8个。"),
        ("对17名拟提拔人选征求意见。", "对17名提拔人选征求意见。"),
        ("补开发票31张，其余3张由责任人退款1250元。", "补开发票31张，3张由责任人退款1250元。"),
        ("清退12套，其余2套已按规定补缴租金。", "清退12套，2套已按规定补缴租金。"),
    ],
)
def test_words_that_only_look_like_plans(text: str, read: str) -> None:
    assert plain(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "整改时限：2023年6月。",
        "启动“良种倍增”计划。",
        "拟提拔3人。",
        "其余36万元从应付质保金中抵扣。",
        "余下4500元按程序申请核销。",
        "其余10.8万元由责任人限期退还。",
        "其余3户正在退还。",
        "其余8户已退还50%。",
    ],
)
def test_plans_and_remainders_stay_what_they_are(text: str) -> None:
    assert plain(text) == text


def status(outcome: str, problem: str) -> StatusPrediction:
    return load_classifier("status").classify([Query(problem, (), outcome)])[0]


def test_fields_and_dated_labels_are_no_evidence() -> None:
    form = "——责任领导：党组副书记 蓝志刚\n——推进措施：深入研究工作规律，积极探索有效途径。"
    assert status(form, "海外项目党建工作办法不多").label == "未说明"
    dated = "整改进展（截至2024年6月底）：强化合规导向，树立正确业绩观，引导员工合规展业。"
    assert status(dated, "绩效考核重业务轻合规").label == "未说明"
    told = status(
        "(2)完成时限：2021年12月\n(3)责任人：李园长\n(4)整改结果：结余的11.3万元已退还812名家长。",
        "伙食费结余未退还",
    )
    assert told.label == "已完成"
    assert told.evidence is not None
    assert "已退还" in told.evidence.text


@pytest.mark.parametrize(
    ("problem", "outcome", "label"),
    [
        ("查验能力不足", "更新检测设备26台（套），鉴定时限由5天缩短至2天。", "已完成"),
        (
            "种业创新能力不强，近三年未育成突破性品种",
            "启动“良种倍增”计划，投入3000万元，审定玉米、水稻新品种8个。",
            "已完成",
        ),
        ("白条入账问题", "对白条34张逐笔核实，补开发票31张，其余3张由责任人退款1250元。", "已完成"),
        ("改革任务“纸面完成”", "对6项任务责令返工，其中4项已重新验收合格，2项尚在整改。", "基本完成"),
        (
            "人员长期得不到交流",
            "制定三年交流计划，第一批19人已到岗，第二批、第三批共76人拟于2023年、2024年交流。",
            "正在整改",
        ),
        (
            "审计查出问题整改督促不力",
            "开展整改“清零”行动，2019年以来未整改到位的286个问题已整改263个，23个问题因历史遗留因素仍在推进。",
            "基本完成",
        ),
    ],
)
def test_figures_and_counts_decide(problem: str, outcome: str, label: str) -> None:
    assert status(outcome, problem).label == label


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("实施中修工程47公里。", "实施修工程47公里。"),
        ("办理中级职称评审67人。", "办理级职称评审67人。"),
        ("整治中小河流7条。", "整治中小河流7条。"),
        ("审批中央补助项目9个。", "审批央补助项目9个。"),
        ("推进中低效用地再开发。", "推进低效用地再开发。"),
        ("土地证办理中。", "土地证办理中。"),
        ("堤防加固工程推进中，完成30%。", "堤防加固工程推进中，完成30%。"),
        ("安置房建设中预计明年交付。", "安置房建设中预计明年交付。"),
        ("审批中的2个项目。", "审批中的2个项目。"),
    ],
)
def test_a_word_that_begins_with_middle_is_not_under_way(text: str, read: str) -> None:
    assert plain(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("经积极争取，县委编办核增编制5名。", "县委编办核增编制5名。"),
        ("经多次汇报争取，省财政下达资金320万元。", "省财政下达资金320万元。"),
        ("申请专项经费45万元，已获批复到位。", "落实专项经费45万元，已到位。"),
    ],
)
def test_how_something_was_reached_is_no_plan(text: str, read: str) -> None:
    assert plain(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "经积极争取，已列入省级规划。",
        "经多次协调，目前仍未达成一致。",
        "积极争取上级增加编制。",
        "经沟通协商，必要时通过法律途径解决。",
        "按经办人申请，科室负责人授权后支付3笔。",
        "申请专项经费45万元，待批复。",
        "申请专项经费45万元，目前尚未到位。",
    ],
)
def test_steps_that_led_nowhere_yet_stay(text: str) -> None:
    assert plain(text) == text
