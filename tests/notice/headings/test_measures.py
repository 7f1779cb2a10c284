"""Numbers right below stated problems count measures, whatever words they hold."""

from __future__ import annotations

import pytest

from zhenggai.notice import Item, SourceText, parse

HEAD = "中共某县水利局党组关于巡察整改进展情况的通报\n现将整改情况通报如下。\n"


def items(body: str) -> list[Item]:
    return list(parse(SourceText("n.txt", HEAD + body)).items)


def problems(body: str) -> list[str]:
    return [item.problem for item in items(body)]


WRAPPED = """一、整改落实情况
（一）关于“滥发津补贴屡禁不止”问题的整改情况
1.全系统清退2013年以来违规发放的监考费、阅卷费等33.9万元。
2.对情节较重的3所学校校长给予党纪处分。
（二）关于“账外核算”问题的整改情况
1.撤销账外账户14个，结余资金52万元并入大账。
2.印发《财务管理办法》。
（三）关于“改造项目工期拖延”问题的整改情况
1.对进度严重滞后的2家施工企业下达限期整改通知书。
2.目前31个项目竣工10个，在建21个。
"""


def test_measures_below_wrapped_problems() -> None:
    found = items(WRAPPED)
    assert [i.problem for i in found] == ["滥发津补贴屡禁不止", "账外核算", "改造项目工期拖延"]
    assert found[0].outcome.startswith("1.全系统清退")
    assert found[2].outcome.endswith("在建21个。")


TITLES = """一、提高政治站位
（一）加强学习。组织学习3次。
（二）压实责任。签订责任书。
二、党委把关作用弱，重业务轻党建
（一）完善决策机制。议事清单增至46项。
（二）建强工作力量。配备专职党务干部6名。
三、待产床位紧张、挂号难
（一）扩充床位。利用原行政楼改建病区，增加床位42张。
（二）优化流程。开通分时段预约。
四、医务人员“统方”、接受药商宴请
（一）堵塞漏洞。处方统计权限由14人减为2人。
（二）严肃查处。对3名医生给予警告处分。
五、党员“亮身份”流于形式
（一）设置党员示范岗36个，党员全部佩戴党徽上岗。
（二）评出标兵10名。
六、下一步打算
（一）持续整改。
（二）巩固成果。
"""


def test_titles_above_measures_are_problems() -> None:
    found = items(TITLES)
    assert [i.number for i in found] == ["二、", "三、", "四、", "五、"]
    assert found[1].outcome.startswith("（一）扩充床位。")
    assert found[3].outcome.endswith("（二）评出标兵10名。")


def test_measures_below_bare_problems() -> None:
    body = """一、整改落实情况
（一）执法不规范、乱收费
1.违规收取的费用12万元全部退还企业。
2.开展执法案卷评查2次。
（二）窗口服务态度生硬
1.被投诉的3名工作人员调离岗位。
2.安装评价器8台。
（三）闲置资产未盘活
1.闲置门面5间公开招租，年租金12万元。
2.建立资产台账。
"""
    assert problems(body) == ["执法不规范、乱收费", "窗口服务态度生硬", "闲置资产未盘活"]


@pytest.mark.parametrize("joint", ["。", "\n"])
def test_problems_with_answers_of_their_own_stay(joint: str) -> None:
    body = f"""一、整改落实情况
（一）关于“党的领导弱化”的问题
1.理论学习不深入{joint}制定学习计划，组织集中学习12次。
2.意识形态工作责任制落实不到位{joint}召开党组会专题研究2次。
（二）关于“党的建设缺失”的问题
1.党费收缴不规范{joint}补缴党费2300元。
2.三会一课流于形式{joint}印发制度，检查支部8个。
"""
    assert problems(body) == [
        "理论学习不深入",
        "意识形态工作责任制落实不到位",
        "党费收缴不规范",
        "三会一课流于形式",
    ]


def test_wrapped_problems_below_wrapped_ones_stay() -> None:
    body = """一、整改落实情况
（一）关于“主体责任缺失”的问题
1.关于党建谋划不够的问题。制定年度计划，召开会议3次。
2.关于责任传导不力的问题。签订责任书12份。
"""
    assert problems(body) == ["党建谋划不够", "责任传导不力"]
