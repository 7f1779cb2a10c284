"""Totals that are not reached, goals that the words say are missed, drafts: and what only looks like them."""

from __future__ import annotations

import pytest

from zhenggai.classification.classifier import load_classifier
from zhenggai.classification.counting.counts import counted, half_done
from zhenggai.classification.counting.missed import missed
from zhenggai.classification.counting.shares import percent_parts
from zhenggai.classification.counting.siblings import siblings
from zhenggai.classification.model import Query
from zhenggai.classification.outcome.clauses import split_clauses


def _clauses(outcome: str) -> list[str]:
    return [clause.text for clause in split_clauses(outcome)]


@pytest.mark.parametrize(
    ("problem", "outcome", "half"),
    [
        ("", "计划新建停车场8处，已建成投用6处；城东片区因征地受阻，选址尚未确定。", True),
        ("", "计划新建停车场8处，已建成投用2处；城东片区因征地受阻，选址尚未确定。", False),
        ("", "抵债资产31宗1.16亿元，已拍卖成交4宗2150万元，流拍9宗。后续将降价再次挂网拍卖。", False),
        ("", "6家子报中4家已经休刊，两家都市报的转型方案还在论证。", True),
        ("", "2022年计划招聘20名、到岗16名。", True),
        ("", "应收缴欠款120万元，已收缴36万元。", False),
        ("电梯加装慢，申请92台", "新建成13台，其余手续正在办理。", False),
        ("", "对签约的31个项目逐一诊断，其中9个已开工，2个终止合作，剩余20个仍在办理手续。", False),
        ("", "混岗11人，目前2人返回原单位，9人需待改革方案批复后安排。", False),
        ("", "逐项评估213项，建议转让126项。目前签订转让、许可合同71项，其余项目仍在洽谈中。", True),
        ("", "应补缴613万元，目前追缴入库182万元，其他正在追缴。", False),
        ("", "闲置校舍18所，盘活15所，柳树小学等因产权纠纷暂未处置。", True),
        ("", "分两批选任处级干部17人。另有4个处级岗位拟公开选拔。", True),
        ("", "已转让60%股权中的45%，收回资金2300万元，剩余15%股权待评估后转让。", True),
        ("", "持证率由61%提高到88%，其余人员将参加2024年3月的考试。", True),
    ],
)
def test_what_is_done_of_a_total(problem: str, outcome: str, half: bool) -> None:
    assert half_done(counted(problem, _clauses(outcome))) is half


@pytest.mark.parametrize(
    "outcome",
    [
        "约谈20人，已处分3人。案件正在审理。",
        "检查20个单位，已整改问题8个，下一步将加强检查。",
        "清理往来款12笔，共计18.4万元，其中收回6.1万元，经批准核销12.3万元。",
        "清收三年以上应收账款9.87亿元，处置积压存货3.2亿元。",
        "计划验收29个，验收通过22个；对5个项目作终止处理；对2个项目予以撤销。",
        "逾期项目29个，已验收22个，正在总结。该项整改任务已完成。",
        "应付账款386万元，已支付320万元，款项已全部付清。",
        "培训党员320人，已发展党员5人，正在培养入党积极分子。",
        "排查隐患120处，已整改120处，正在开展“回头看”。",
        "全区现有学校32所，已新建学校2所，将于9月开学。",
        "选派干部15人，其中已提拔3人，拟继续跟踪培养。",
        "安装监控120个，其中村口30个，正在接入平台。",
        "4家机构被取消资格，其中1家移送公安机关，3家列入失信黑名单。",
    ],
)
def test_no_total_is_missed(outcome: str) -> None:
    assert counted("", _clauses(outcome)) == []


def test_shares_in_parts_come_out_exactly() -> None:
    assert percent_parts("转让60%股权中的45%，剩余15%待转让") == 0.75
    assert percent_parts("转让60%股权中的45%，剩余10%待转让") is None


@pytest.mark.parametrize(
    ("outcome", "near"),
    [
        ("博士化率由39.5%上升至42%，与学科评估要求的60%相差较大，需要较长时间持续推进。", False),
        ("研发投入强度提高到1.3%，与行业平均水平3%仍有较大差距。", False),
        ("执结率51.6%，距考核目标60%仍有差距，正在清理积案。", None),
        ("绿化覆盖率42%，尚未达到创建标准。", None),
        ("师生比提高至1:371，距1:350的要求尚差2名，已列入下半年招聘计划。", True),
        ("经县委批准，整改期限延长至2026年6月。", False),
        ("因征地受阻，竣工时间推迟到明年3月。", False),
        ("已向县纪委申请延期整改。", False),
        ("已向编办申请增加编制3名。", False),
        ("城镇化率升至58%，距离60%的目标还差2个百分点。", True),
        ("回款2100万元，与2.5亿元的清收任务仍差2.29亿元。", False),
        ("亩均税收18.4万元，比20万元的考核要求还低1.6万元。", True),
        ("召开调度会6次，但受资金影响，项目进展缓慢。", False),
        ("多次召开协调会，改造工作尚无实质性进展。", False),
        ("已起草规范化意见，征求了11个协会意见。改革方案还需报市委改革领导小组审议。", False),
        ("起草《保障办法（送审稿）》，会商3次，现报市政府审议。", False),
        ("提交了机构设置调整请示，正在走报批程序。", False),
        ("认证材料已提交国家平台，等待现场核查；卒中中心拟于2024年申报。", False),
    ],
)
def test_goals_that_are_missed(outcome: str, near: bool | None) -> None:
    found = missed(_clauses(outcome))
    assert found is not None
    assert found.near is near


@pytest.mark.parametrize(
    "outcome",
    [
        "对照先进找差距，查摆与上级要求的差距12条，逐条整改。",
        "约谈进展缓慢的3个乡镇负责人，项目全部开工。",
        "因前期手续不全，项目进展缓慢，经专班推动，已于5月竣工。",
        "此前与省定目标相差3个百分点，现已超过。",
        "需要较长时间排队的问题已解决，候诊时间缩短至15分钟。",
        "针对未达到要求的12名干部进行补训。",
        "修订《议事规则》，两个规则已报县委教育工委备案。",
        "召开党组会审议通过《办法》，按程序报备。",
        "开放时间延长至21时。",
        "已向省厅申请专项资金，获批320万元。",
        "续签合同12份，承包期限延长至2048年。",
        "制定《接待办法》，接待费须报党组审批；退回超标费用3万元。",
        "停招本科专业8个，撤销硕士点3个。博士点申报材料正等待评审。",
    ],
)
def test_no_goal_is_missed(outcome: str) -> None:
    assert missed(_clauses(outcome)) is None


@pytest.mark.parametrize(
    ("outcome", "numbers"),
    [
        ("1至5号公寓安装空调1320台。6号、7号公寓因增容工程未完工，空调安装推迟到明年。", (5, 2)),
        ("一至四年级已排入课表，五、六年级因教师紧缺，计划于秋季学期开足。", (4, 2)),
        ("城东、城南片区管网已建成通水，城北片区因征迁受阻，正在协调。", (2, 1)),
        ("图书馆、实训楼等5栋单体于12月通过竣工验收。体育馆还剩两处，复验时间待定。", (1, 1)),
        ("3家亏损企业，甲公司已注销，乙公司已移交；滨海宾馆评估结果待市国资委备案。", (2, 1)),
        ("在5个小区新建充电棚11处。东风里小区因管线复杂，充电棚正在选址。", (5, 1)),
        ("1至5号公寓安装空调1320台，6号、7号公寓安装热水器40台。", None),
        ("图书馆、档案馆已开放，修订管理制度。", None),
        ("计划新建充电棚11处。东风里小区充电棚正在选址。", None),
    ],
)
def test_names_of_one_kind(outcome: str, numbers: tuple[int, int] | None) -> None:
    assert siblings(_clauses(outcome)) == numbers


@pytest.mark.parametrize(
    ("problem", "outcome", "label"),
    [
        ("小型消防站建设拖延", "计划建站6个，已建成投勤5个；北山片区小站地址尚未确定。", "基本完成"),
        ("抵债资产闲置", "抵债资产31宗，已拍卖成交4宗，流拍9宗。后续将降价再次挂网拍卖。", "正在整改"),
        (
            "高水平师资外流，博士化率偏低",
            "出台《引育办法》，引进博士47人，博士化率由39.5%上升至42%，与要求的60%相差较大，需要较长时间持续推进。",
            "正在整改",
        ),
        ("消防员待遇偏低", "起草《保障办法（送审稿）》，与市财政局会商3次，现报市政府审议。", "正在整改"),
        ("员工培训少", "不断丰富培训内容，创新培训方式，促进员工素质持续提升。", "未说明"),
        ("学习不深入", "持续加强理论学习，举办读书班3期，不断提升政治素养。", "已完成"),
    ],
)
def test_the_status_follows(problem: str, outcome: str, label: str) -> None:
    classified = load_classifier("status").classify([Query(problem, (), outcome)])
    assert classified[0].label == label
