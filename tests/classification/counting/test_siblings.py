"""Named things of one kind of which some are done: how many are, and what is no such pair."""

from __future__ import annotations

import pytest

from zhenggai.classification.counting.siblings import siblings
from zhenggai.classification.outcome.clauses import split_clauses


def found(outcome: str) -> tuple[int, int] | None:
    return siblings([clause.text for clause in split_clauses(outcome)])


@pytest.mark.parametrize(
    ("outcome", "done_and_open"),
    [
        # lists of names against a number, in the sentence before
        (
            "指导书法家协会、音乐家协会等6个协会完成换届。电影家协会、杂技家协会主席人选尚未确定，换届仍在酝酿。",
            (6, 2),
        ),
        ("8个协会未换届，已指导6个协会完成换届，电影家协会、杂技家协会主席人选尚未确定。", (6, 2)),
        ("大坪、下寨等7个村民组实现24小时供水。岩脚、马鬃岭两个组共61户还没有通。", (7, 2)),
        ("12座山塘中，10座已完成除险加固。石塘、上坪两座山塘因征地未谈妥，尚未开工。", (10, 2)),
        ("5座病险水库中，狮子沟水库已完成施工；杨树沟、东峪等4座水库初步设计正在审查。", (1, 2)),
        # names that come to the number before them
        ("3处“烂尾楼”中，金湾广场、世纪花园已复工交付，临湖公馆因债务纠纷，正在协商重整。", (2, 1)),
        ("2个项目中，冷链物流园已转让，粮食仓库正在办理评估手续。", (1, 1)),
        ("5家企业中，纺织厂已注销，化肥厂、农机厂、酒业、印务正在进入破产程序。", (1, 4)),
        # an own assessment is a first step
        ("会计、物流2个专业已通过认证，护理专业已完成自评，待专家进校考查。", (2, 1)),
        # names on both sides
        ("河东村、西坡村已验收转化，大刘村支部书记人选尚未确定，仍在整顿中。", (2, 1)),
        ("南教学楼消防管网已改造完毕，北教学楼因工期紧尚未改造，计划寒假期间完成。", (1, 1)),
        ("北河、双柳两座煤矿产能核增获批，已投入生产；东塬煤矿核增手续仍在审批。", (2, 1)),
        ("河西村已完成清退，河东村、上坝村仍在协商。", (1, 2)),
        ("东关、南关派出所办案区改造已完成，北关派出所因搬迁尚未改造。", (2, 1)),
        ("白马卫生院CT已到位，永安卫生院CT正在采购。", (1, 1)),
        ("投入58万元，大坪子村已通水；岩脚村还没有通；上寨村正在施工。", (1, 2)),
        ("4口鱼塘、1片果园到期，鱼塘全部重新发包，集体增收3万元；果园因权属有争议，正在协商。", (1, 1)),
        ("1—6号楼消防管网更换完毕，7号楼待业主委员会表决后实施。", (6, 1)),
        ("1号楼、2号楼已交付使用，3号楼主体封顶，预计明年6月交付。", (2, 1)),
        ("学府路已通车，滨河路完成路基工程，预计10月通车。", (1, 1)),
        ("城东社区已迁入新址，城西社区用房仍在装修。", (1, 1)),
        ("东门摊贩全部入市经营，西门摊贩入市工作同步推进中。", (1, 1)),
        ("A座已整体出租，B座正在招商。", (1, 1)),
        # stages and batches
        ("一期房屋已清退，二期仍被占用。", (1, 1)),
        ("一批电梯更换完毕，二批已列入今年计划。", (1, 1)),
        ("预警平台一期已上线运行，二期工程进度滞后，计划2022年9月建成。", (1, 1)),
        ("第一批、第二批项目已验收，第三批项目正在施工。", (2, 1)),
        ("一标段已完工，二标段、三标段尚未招标。", (1, 2)),
    ],
)
def test_named_things_are_counted(outcome: str, done_and_open: tuple[int, int]) -> None:
    assert found(outcome) == done_and_open


@pytest.mark.parametrize(
    "outcome",
    [
        "东村水厂可研报告已通过评审，西村水厂正在选址。",  # first steps only
        "公交线网优化已完成，城乡公交一体化改造正在评估。",
        "党支部换届已完成，党支部书记培训计划于6月举办。",
        "项目选址已完成，项目设计正在进行。",
        "东村已组织动员，西村正在选址。",
        "财务部门已制定方案，审计部门正在研究。",
        "已完成217个村的数据录入，供水管网正在检修。",
        "已办结信访件12件，办公楼维修正在招标。",
        "一期截污工程完成投资的26%，二期工程正在报批。",
    ],
)
def test_other_matters_and_first_steps_are_no_pair(outcome: str) -> None:
    assert found(outcome) is None


def test_what_the_problem_lists_side_by_side_is_of_one_kind() -> None:
    clauses = ["食堂已改造完毕。", "宿舍因资金不足尚未改造。"]
    assert siblings(clauses) is None
    assert siblings(clauses, "食堂、宿舍存在安全隐患") == (1, 1)
    assert siblings(clauses, "后勤管理存在安全隐患") is None


@pytest.mark.parametrize(
    ("problem", "done_and_open"),
    [
        ("基层社“空壳化”，9个基层社仅有2个正常营业", (1, 8)),
        ("基层社普遍停业", (1, 2)),
    ],
)
def test_the_others_are_more_than_one(problem: str, done_and_open: tuple[int, int]) -> None:
    clauses = ["蒲家湾基层社已恢复营业，其余基层社正在选址和筹资。"]
    assert siblings(clauses, problem) == done_and_open
