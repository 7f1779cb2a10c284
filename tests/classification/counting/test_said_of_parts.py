"""Words that look like a remainder or a verdict and are none, and remainders without a word for them."""

from __future__ import annotations

import pytest

from zhenggai.classification.classifier import load_classifier
from zhenggai.classification.model import Query
from zhenggai.classification.outcome.reported import plain
from zhenggai.classification.outcome.wording import stated


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("实施中修工程47公里。", "实施修工程47公里。"),
        ("推进中医馆建设，12家已验收。", "推进医馆建设，12家已验收。"),
        ("该工程正在发挥灌溉效益。", "该工程在发挥灌溉效益。"),
        ("项目正在实施中。", "项目正在实施中。"),
        ("追回货款26万元，今后采购一律公开招标。", "追回货款26万元。"),
        ("收回2.3万元，拟于年底再组织一次培训。", "收回2.3万元。"),
        ("制度已起草，拟于6月印发。", "制度已起草，拟于6月印发。"),
        ("3处手续办理中。", "3处手续办理中。"),
        ("建设中等职业学校2所。", "建设等职业学校2所。"),
    ],
)
def test_the_beginning_of_a_noun_is_not_under_way(text: str, read: str) -> None:
    assert plain(text) == read


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("该问题正在整改。", "正在整改"),
        ("正在整改中，预计6月完成。", "正在整改"),
        ("住院楼尚未通过验收，正在整改消防喷淋系统。", None),
    ],
)
def test_what_is_said_of_a_part_is_no_verdict(text: str, status: str | None) -> None:
    assert stated(text) == status


@pytest.mark.parametrize(
    ("problem", "outcome", "label"),
    [
        ("工程款结算不严", "核减1.37亿元，其中已扣回9800万元，其余部分在竣工结算时扣回。", "基本完成"),
        ("渣场治理滞后", "9座渣场中4座已完成生态修复，3座正在进行封场施工，2座正开展工程勘察。", "正在整改"),
        ("渣场治理滞后", "9座渣场中6座已完成生态修复，2座正在进行封场施工，1座正开展工程勘察。", "基本完成"),
        ("村级换届遗留", "大柳村已通过验收，小柳村待换届时一并解决。", "基本完成"),
        (
            "分院区建设缓慢",
            "门诊楼、医技楼已于2020年8月启用，住院楼尚未通过消防验收，正在整改消防喷淋系统。",
            "基本完成",
        ),
    ],
)
def test_how_much_remains_is_counted(problem: str, outcome: str, label: str) -> None:
    assert load_classifier("status").classify([Query(problem, (), outcome)])[0].label == label
