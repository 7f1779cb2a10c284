from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.summary.totals import read_declared


def declared(sentence: str) -> dict[str, int]:
    found = read_declared([Line(0, len(sentence), sentence, match_marker(sentence))])
    return {k: v for k, v in found.as_dict().items() if isinstance(v, int)} if found else {}


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        (
            "反馈意见细化为3个方面、9个问题、86条整改措施，截至7月底，已完成79条，其余7条正在按计划推进。",
            {"problems": 9},
        ),
        ("共涉及问题29个，已完成25个，需长期坚持4个。", {"problems": 29, "completed": 25, "long_term": 4}),
        ("确定整改事项33项，办结29项，办结率87.9%。", {"problems": 33, "completed": 29}),
        ("截至目前，未完成整改的问题有0项、未落实完成的意见建议有0条。", {}),
        ("县委巡察组反馈的12个问题50项整改任务中，28项任务已完成整改。", {"problems": 12}),
        ("县委第六巡察组共反馈问题3类8条，制定措施35条，截至8月底已完成29条。", {"problems": 8}),
        ("巡察反馈意见4个方面12项，逐项整改。", {"problems": 12}),
        (
            "截至目前，反馈的43个具体问题，已完成整改39个，还有4个正在整改。",
            {"problems": 43, "completed": 39, "in_progress": 4},
        ),
        (
            "巡视反馈的4个方面14项42个具体问题，完成整改31个，基本完成整改7个，未完成整改4个。",
            {"problems": 42, "completed": 31, "basically_completed": 7, "in_progress": 4},
        ),
        (
            "反馈的3个方面15个问题，已完成整改14个，长期整改1个。",
            {"problems": 15, "completed": 14, "long_term": 1},
        ),
        ("巡视反馈的41项问题已经整改32项。", {"problems": 41, "completed": 32}),
        (
            "反馈的二十个问题，已整改完成十八个，正在推进两个。",
            {"problems": 20, "completed": 18, "in_progress": 2},
        ),
        ("反馈的26个问题已全部完成整改。", {"problems": 26, "completed": 26}),
        ("目前巡察反馈的28个具体问题，已全部完成整改。", {"problems": 28, "completed": 28}),
        (
            "反馈的9个问题，已完成整改5个，其余问题正在有序推进。",
            {"problems": 9, "completed": 5, "in_progress": 4},
        ),
        (
            "共指出3个方面9个问题。截至8月底，已完成整改5个，基本完成2个，其余正在推进。",
            {"problems": 9, "completed": 5, "basically_completed": 2, "in_progress": 2},
        ),
        (
            "反馈的4个方面28个问题，已完成24个，4个问题取得阶段性进展。",
            {"problems": 28, "completed": 24, "in_progress": 4},
        ),
        ("党委对照反馈意见梳理出具体问题10个，制定整改措施57项。", {"problems": 10}),
        ("根据巡察反馈意见，梳理归纳出12个具体问题，逐一整改。", {"problems": 12}),
        ("对25项问题、108条举措实行周报告，整改工作有序。", {"problems": 25}),
        ("针对12个问题，研究制定整改措施56条，完成50条。", {"problems": 12}),
        ("对反馈的8个方面问题制定44项措施。", {}),
        ("对审计的5个问题制定措施9条。", {}),
        ("安全检查排查出问题15个，制定措施20条。", {}),
        ("召开巡视整改专题民主生活会，班子成员认领问题37个。", {}),
        ("制定整改措施64项，已完成62项。", {}),
        ("移交的11个立行立改问题线索，已办结11个。", {}),
        ("召开会议研究整改3次。", {}),
        ("巡察组提出8项立行立改问题，党组当日部署，1月底前将8项问题全部整改完毕。", {}),
    ],
)
def test_declared(sentence: str, figures: dict[str, int]) -> None:
    assert declared(sentence) == figures


def test_a_count_broken_in_two_lines() -> None:
    texts = ("反馈的4个方面22个问题，已整改完成18个，基本完成2个，正在整改2", "个，收缴违规资金12.6万元。")
    found = read_declared([Line(0, len(text), text, match_marker(text)) for text in texts])
    assert found is not None
    assert (found.problems, found.completed, found.in_progress) == (22, 18, 2)


def test_the_total_stands_in_another_sentence() -> None:
    figures = {"problems": 14, "completed": 12, "in_progress": 2}
    assert declared("反馈意见，指出问题14个。截至10月底，已完成12个，正在整改2个。") == figures


def test_figures_of_an_answer_without_numbers_are_not_the_notice_s() -> None:
    text = (
        "某局党组关于巡视整改进展情况的通报\n确定整改事项33项，办结29项。\n改革任务纸面完成，走过场\n"
        "对打折扣的6项任务责令返工，其中4项已验收合格，2项尚在整改，已完成1项。\n债务风险监测不及时\n建成监测平台1个。\n"
        "外部董事履职虚化\n调整外部董事7名。\n"
    )
    found = parse(SourceText("x.txt", text))
    assert len(found.items) == 3
    assert found.declared is not None
    assert found.declared.problems == 33


def test_figures_inside_an_outcome_are_not_the_notice_s() -> None:
    text = (
        "二、反馈问题整改情况\n1.关于“整改不彻底”的问题\n整改情况：省委巡视反馈的44个问题，已完成整改40个。\n"
        "2.关于“学习不深入”的问题\n整改情况：已印发计划。\n"
    )
    assert parse(SourceText("x.txt", text)).declared is None


def test_closing_list_marks_its_items() -> None:
    text = (
        "二、反馈问题整改情况\n1.关于“往来账款清理不及时”的问题\n整改情况：正在清理。\n"
        "2.关于“学习不深入”的问题\n整改情况：已印发计划。\n三、需要进一步整改的事项及措施\n"
        "（一）关于“往来账款清理不及时”事项\n下一步整改措施：力争9月底完成。\n"
    )
    items = parse(SourceText("x.txt", text)).items
    assert [item.listed_open for item in items] == [True, False]


def test_the_next_steps_may_name_what_is_open() -> None:
    text = "一、整改情况\n1.公墓建设滞后。\n整改情况：正在施工。\n2.领导职数未配齐。\n整改情况：正在申请。\n"
    text += "3.学习不深入。\n整改情况：已学习。\n二、下一步打算\n"
    text += "一是抓好后续整改。对尚未完成的公墓建设、领导职数配备2个问题，倒排工期。"
    assert [item.listed_open for item in parse(SourceText("a.txt", text)).items] == [True, True, False]


def test_what_is_open_without_a_name_is_no_item() -> None:
    text = "一、整改情况\n1.公墓建设滞后。\n整改情况：正在施工。\n2.学习不深入。\n整改情况：已学习。\n"
    text += "二、下一步打算\n对尚未完成整改的问题，倒排工期。"
    assert not any(item.listed_open for item in parse(SourceText("a.txt", text)).items)


def test_a_count_of_finished_problems_is_no_total() -> None:
    text = (
        "一、基本情况\n共梳理问题8个，明确整改措施29项。截至12月底，已整改完成问题6个，正在整改问题2个。\n"
        "二、整改情况\n1.学习不深入。\n整改情况：已印发计划。\n"
    )
    declared = parse(SourceText("x.txt", text)).declared
    assert declared is not None
    assert (declared.problems, declared.completed, declared.in_progress) == (8, 6, 2)
