"""A rest that is dealt with as well is none; one that is only begun, planned or dealt with in part is."""

from __future__ import annotations

import pytest

from zhenggai.classification.classifier import load_classifier
from zhenggai.classification.counting.settled import without_settled
from zhenggai.classification.model import Query
from zhenggai.classification.outcome.reported import plain


@pytest.mark.parametrize(
    "text",
    [
        "其余1.2万元不合理支出由当事人退赔到位。",
        "其余1.2万元已由当事人全部退赔。",
        "剩余3户已于2023年6月搬迁。",
        "其余3人已办理退休。",
        "剩余10笔已公告提存。",
        "其余2家经核实不属于整改范围，予以销号。",
        "剩余89笔因当事人下落不明，已公告并提存。",
        "另外2人已于5月调离。",
        "其余5间商铺均已收回并重新出租。",
        "余款已于12月付清。",
        "剩余4台设备因老化已报废。",
        "其余6户已全部安置到位。",
        "其余可用仪器设备也已全部投入使用；",
        "剩余部分已由责任单位补缴到位。",
        "余下的2个项目已竣工验收。",
        "其余3张由责任人退款1250元。",
        "其余2套已按规定补缴租金。",
        "其余7件已依法终结。",
        "其余3笔已由担保人代偿。",
        "剩余12万元已在质保金中扣回。",
        "其余6人已转为劳务派遣。",
        "剩余破损档案已委托专业机构修复完毕。",
        "取消1家资质，与其余6家重新签订服务协议。",
        "已联系上4名，剩余1名按程序停止党籍。",
        "其余评估合格。",
        "其余5人经核算无需补缴。",
        "其余3间租赁合同合法有效。",
        "其余2户运行正常。",
        "其余2人已办理正式调动。",
        "其余4人核实为重复参保，无需补缴。",
        "其余6人为政策性安置人员，予以保留。",
        "其余车辆已全部拍卖。",
    ],
)
def test_what_was_left_is_dealt_with(text: str) -> None:
    assert without_settled(text) != text


@pytest.mark.parametrize(
    "text",
    [
        "剩余43宗案件中，有41宗也已结案或已处理完成。",
        "其余36万元从应付质保金中抵扣。",
        "其余2台检测不合格。",
        "其余5处尚不符合条件。",
        "其余6户正在核实是否符合条件。",
        "其余3家限期整改，达标后开业。",
        "其余3家待验收合格。",
        "其余3家力争年底达标。",
        "余下的人员分批清退。",
        "剩余27份涉及历史纠纷，已移交司法所调解。",
        "剩余2件案情复杂，已依程序办理延期审批。",
        "其余5户已签订搬迁协议。",
        "已解除1家合同，与其余6家正在协商重新签订。",
        "收回1处，与其余3户签订退出意向书。",
        "其余3个已列入拆除计划。",
        "其余3户已搬迁2户。",
        "其余5户中3户已搬迁。",
        "剩余2户合计1.1亿元不良贷款已进入司法拍卖程序。",
        "其余款项已起诉追缴。",
        "剩余8宗已向法院申请强制拆除。",
        "其余3处已下达整改通知书，限期拆除。",
        "其余人员将于年底前清退完毕。",
        "其余6家已完成注销公告，正在办理注销登记。",
        "其余12个村已完成设计招标。",
        "剩余财产860万元。",
        "其余4户已做通工作，待秋收后搬迁。",
        "剩余部分按协议分期退还。",
        "其余房屋已明确处置方案。",
        "其余7间已责令退还。",
        "剩余9套到货后更换到位。",
        "其余3人须在年底退休后清理完毕。",
        "剩余12万元已提起诉讼。",
        "其余2件已转为诉讼。",
        "剩余2笔16.3万元因对方单位已撤销，正在按程序申请核销。",
    ],
)
def test_what_was_left_remains(text: str) -> None:
    assert without_settled(text) == text


def test_penalties_and_what_did_not_happen_are_no_remainders() -> None:
    assert plain("3名负责人两年内不得申报课题。") == "3名负责人取消资格。"
    assert plain("春节期间没有发生大面积停水。") == "春节期间未发生大面积停水。"
    assert plain("正在使用的92份合同已录入系统。") == "在使用的92份合同已录入系统。"
    assert plain("余款已于12月底前付清。") == "款项已付清。"
    assert plain("没有完成申报。") == "没有完成申报。"


@pytest.mark.parametrize(
    ("problem", "outcome", "label"),
    [
        (
            "村级财务白条入账",
            "白条金额8.9万元，已补开发票7.7万元，其余1.2万元不合理支出由当事人退赔到位。",
            "已完成",
        ),
        ("违规发放津补贴", "应清退4.6万元，已清退3.4万元，其余1.2万元已由当事人全部退赔。", "已完成"),
        ("编外人员超编", "超编8人，已清退5人，其余3人已办理退休。", "已完成"),
        ("编外人员超编", "超编8人，已清退5人，其余3人正在办理退休。", "基本完成"),
        ("编外人员超编", "超编8人，已清退5人，其余3人已下达清退通知。", "基本完成"),
        ("科研经费管理不严", "收回不合规支出19.8万元，3名负责人两年内不得申报课题。", "已完成"),
    ],
)
def test_the_status_follows(problem: str, outcome: str, label: str) -> None:
    assert load_classifier("status").classify([Query(problem, (), outcome)])[0].label == label
