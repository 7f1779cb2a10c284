"""Further work that is announced behind a finished core, and remainders that look like it."""

from __future__ import annotations

import pytest

from zhenggai.classification.classifier import load_classifier
from zhenggai.classification.model import Query
from zhenggai.classification.statuses.further import without_further


@pytest.mark.parametrize(
    ("problem", "outcome", "kept"),
    [
        # a further training, a check, a side rule, a system, an example for others
        ("违规发放补贴", "已清退违规资金12万元，正将其经验在全系统推广。", "已清退违规资金12万元"),
        ("公务接待超标", "已清退接待费2万元，拟将接待纳入年度审计重点。", "已清退接待费2万元"),
        ("会议记录缺失", "已补齐会议记录36份，计划明年开展同类检查。", "已补齐会议记录36份"),
        ("党费收缴不及时", "已补缴党费1.6万元，正研究开发收缴小程序。", "已补缴党费1.6万元"),
        # whatever it is, once the whole is done
        ("办公用房超标", "4间用房已全部腾退，计划作会议室使用。", "4间用房已全部腾退"),
        # a promise to keep up the good state
        ("学习不深入", "举办读书班3期，将不断丰富学习形式。", "举办读书班3期"),
        # nothing in common with the problem
        ("纪念馆闭馆过早", "开放时间延长至21时，正谋划夜间演出。", "开放时间延长至21时"),
    ],
)
def test_further_work_is_left_out(problem: str, outcome: str, kept: str) -> None:
    assert without_further(problem, [outcome]) == [kept]


def test_a_clause_of_its_own_is_left_out_whole() -> None:
    clauses = ["已追缴违规费用3200元。", "拟于年底前开展一次警示教育。"]
    assert without_further("公车私用", clauses) == ["已追缴违规费用3200元。", None]


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        # the core itself
        ("管理系统未建立", "已组织考察3次，正开发信息系统。"),
        ("制度不健全", "修订制度2项，正修订其他制度。"),
        ("消防培训不到位", "已印制宣传册500份，拟于下月开展消防培训。"),
        # part of it is left
        ("违规发放补贴", "已清退8万元，正追缴余下4万元，并开展审计。"),
        ("债务化解慢", "偿还债务2.3亿元，计划三年内还清。"),
        ("公墓建设缓慢", "完成征地40亩，正进行场地平整，计划明年6月建成。"),
        # nothing but first steps before it
        ("停车难", "形成初步方案1份，正开展专题培训。"),
    ],
)
def test_what_may_be_the_core_stays(problem: str, outcome: str) -> None:
    assert without_further(problem, [outcome]) == [outcome]


@pytest.mark.parametrize(
    ("problem", "outcome", "status"),
    [
        ("违规发放补贴", "已修订制度3项，全部清退违规资金12万元，正将其经验在全系统推广。", "已完成"),
        ("医保基金监管乏力", "追回违规医保基金218万元，计划下半年引入智能审核系统。", "已完成"),
        ("违规发放补贴", "已清退违规发放补贴8万元，正对余下4万元进行追缴。", "基本完成"),
        ("职工宿舍改造推进缓慢", "完成施工图设计和财评，正进行施工招标。", "正在整改"),
    ],
)
def test_status_of_the_core(problem: str, outcome: str, status: str) -> None:
    (found,) = load_classifier("status").classify([Query(problem=problem, outcome=outcome)])
    assert found.label == status
