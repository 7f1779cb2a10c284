"""Finished deeds without a date or 已."""

from __future__ import annotations

import pytest

from zhenggai.classification.classifier import load_classifier
from zhenggai.classification.model import Query
from zhenggai.classification.outcome.deeds import reports_deed


@pytest.mark.parametrize(
    "clause",
    [
        "免去纪委书记兼任的信访、安全分工。",
        "调整纪委书记分工，解除其分管的综治工作。",
        "不再安排纪委书记分管信访、招商工作。",
        "4口鱼塘承包款由每亩400元提高到950元。",
        "重大议题占比提高到65%。",
        "对2名责任人调离财务岗位。",
        "整改成效：选派1名医生驻村。",
        "已调整班子成员分工，不再分管人事。",
        "纪委书记不再兼任工会主席。",
        "终止该批招聘。",
        "板房已拆除。",
        "当事人已被立案审查。",
        "旅游费用由个人全额退缴。",
        "与承包方解除合同。",
        "线索移交县纪委监委处理。",
        "对该校长诫勉谈话。",
        "予以开除。",
        "盘活土地210亩。",
    ],
)
def test_deeds(clause: str) -> None:
    assert reports_deed(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "严格落实免去职务的规定，加强管理。",
        "要求各单位及时退回违规发放的补贴。",
        "拟免去其兼任的职务。",
        "力争利用率由60%提高到80%。",
        "增强党员意识，引导党员发挥作用。",
        "适时调整岗位。",
        "对违反规定的一律停职检查。",
        "加大取缔力度。",
        "发现问题21个。",
        "每年培训干部200人次。",
    ],
)
def test_intentions_are_no_deeds(clause: str) -> None:
    assert not reports_deed(clause)


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        ("纪委书记兼职过多，主责主业不突出", "免去纪委书记兼任的信访、安全分工。"),
        ("鱼塘低价发包", "3口鱼塘承包款由每亩300元提高到800元，重新签订合同。"),
        ("工程款支付审核把关不严", "多付的56.8万元进度款已从后续款项中扣回。"),
        ("工程款支付审核把关不严", "多付的23万元工程款已在后续进度款支付中扣减。"),
    ],
)
def test_a_deed_is_done(problem: str, outcome: str) -> None:
    assert load_classifier("status").classify([Query(problem, (), outcome)])[0].label == "已完成"
