"""Stated completion, against sentences as notices have them."""

from __future__ import annotations

import pytest

from zhenggai.classification.outcome import wording
from zhenggai.classification.outcome.clauses import split_clauses
from zhenggai.classification.statuses.explicit import is_long_term, stated_status


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("正在推进整改的问题", "正在整改"),
        ("已整改完成的问题", "已完成"),
        ("已完成整改的问题", "已完成"),
        ("基本完成整改的问题", "基本完成"),
        ("未完成整改的问题", "正在整改"),
        ("整改落实情况", None),
        ("完成整改情况", None),
        ("推进整改有差距", None),
        ("上轮巡视反馈6个问题仍未完成整改", None),
        ("党的领导作用发挥不充分", None),
    ],
)
def test_headings_with_a_status(heading: str, status: str | None) -> None:
    assert wording.heading_verdict(heading) == status


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("整改情况：已完成整改并长期坚持", "已完成"),
        ("整改情况：未全部完成，持续推进", "基本完成"),
        ("整改进展情况：目前未完成整改。", "正在整改"),
        ("该问题已整改到位。", "已完成"),
        ("基本完成。", "基本完成"),
        ("整改结果：已完成。", "已完成"),
        ("整改时限：已完成，长期坚持。", "已完成"),
        ("整改时限：长期整改。", None),
        ("整改时限：立行立改，长期坚持。", None),
        ("否", "正在整改"),
        ("是", "已完成"),
        ("已清退5.3万元。", None),
        ("完成率达到95%。", None),
        ("是否完成：是", "已完成"),
        ("是否销号：√", "已完成"),
        ("是否完成整改：否", "正在整改"),
        ("是否销号：否", None),
        ("是否销号\t☑是 ☐否", "已完成"),
        ("是否完成：□是 √否", "正在整改"),
        ("是否销号：☐是 ☑否", None),
        ("已销号", "已完成"),
        ("已销号，长期坚持", "已完成"),
        ("销号状态：已销号", "已完成"),
        ("整改状态：已完成销号。", "已完成"),
        ("（已销号）", "已完成"),
        ("（已完成，长期坚持）", "已完成"),
        ("（基本完成）", "基本完成"),
        ("（持续推进）", "正在整改"),
        ("未销号", None),
        ("已申请销号", None),
        ("已销号12件。", None),
        ("（试行）", None),
        ("整改情况（已完成）：补缴党费3.2万元。", "已完成"),
        ("整改进展（截至2024年6月底）：补缴党费3.2万元。", None),
    ],
)
def test_clauses_that_say_nothing_but_the_status(clause: str, status: str | None) -> None:
    assert wording.whole_verdict(clause) == status


def test_the_nearest_heading_wins_over_the_text_unless_it_says_nearly_done() -> None:
    done = split_clauses("已整改到位。")
    nearly = split_clauses("基本完成。")
    path = ("（二）正在推进整改的问题",)
    assert stated_status(path, done).status == "正在整改"  # type: ignore[union-attr]
    assert stated_status(path, nearly).status == "基本完成"  # type: ignore[union-attr]
    assert stated_status((), split_clauses("印发《办法》。")) is None


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        (("已完成", "推进中"), "正在整改"),
        (("推进中", "已完成"), "正在整改"),
        (("已完成", "基本完成"), "基本完成"),
        (("基本完成", "未完成"), "正在整改"),
        (("已完成", "已销号"), "已完成"),
        (("已完成", "未销号"), "基本完成"),
        (("未销号", "已完成"), "基本完成"),
        (("已完成", "是否销号：否"), "基本完成"),
        (("已完成", "尚未验收"), "基本完成"),
        (("正在推进", "未销号"), "正在整改"),
        (("未销号",), None),
        (("已完成", "是否长期坚持：否"), "已完成"),
        (("是否完成：是", "是否销号：否"), "基本完成"),
    ],
)
def test_of_several_cells_of_a_status_the_least_finished_counts(
    cells: tuple[str, ...], status: str | None
) -> None:
    found = stated_status((), split_clauses("\n".join(["清退3人2万元。", *cells])))
    assert (found and found.status) == status


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("整改情况：已完成整改并长期坚持。", True),
        ("一是印发办法。二是将按照相关规定长期坚持。", True),
        ("一是长期坚持。贯彻预防为主。二是购置设备。", False),
        ("每季度组织一次学习。", False),
        ("整改时限：长期坚持。", True),
        ("长期坚持\n整改情况：印发办法。", True),
        ("（已完成，长期坚持）\n印发办法。", True),
        ("已销号，长期坚持\n整改情况：印发办法。", True),
        ("(2)完成时限：长期坚持\n(4)整改结果：印发办法。", True),
        ("印发办法；时限：长期坚持；责任人：王海。", True),
        ("责任人：王海　　完成时限：立行立改、长期坚持\n印发办法。", True),
        ("完成时限：2022年6月\n印发办法。", False),
    ],
)
def test_long_term_needs_a_verdict_or_a_closing(outcome: str, expected: bool) -> None:
    assert is_long_term((), split_clauses(outcome)) is expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("问题已逐项梳理，目前已基本整改到位。", True),
        ("成立专班集中攻坚，截至目前已基本完成", True),
        ("共摸排问题5个，基本完成整改4个。", False),
        ("办公楼主体工程基本完工。", False),
        ("已基本完成2021年度发展1名党员的任务。", False),
    ],
)
def test_the_last_part_may_sum_up_that_it_is_nearly_done(clause: str, expected: bool) -> None:
    assert wording.nearly_done(clause) is expected
    found = stated_status((), split_clauses(clause))
    assert (found is not None and found.status == "基本完成") is expected


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("【整改进展】基本完成", "基本完成"),
        ("【整改状态】已完成", "已完成"),
        ("[整改进展]：正在推进", "正在整改"),
        ("【整改成效】系统完成迁移", None),
    ],
)
def test_a_label_in_brackets_is_a_label(clause: str, status: str | None) -> None:
    assert wording.whole_verdict(clause) == status


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("28个问题已整改到位，3个涉及历史资产的问题仍在推进中", None),
        ("10个支部中9个已整改完成，剩余1个", None),
        ("3个问题已全部整改完成", "已完成"),
        ("2021年9月30日已整改完成", "已完成"),
    ],
)
def test_what_is_said_of_some_is_not_said_of_the_problem(clause: str, status: str | None) -> None:
    assert wording.stated_of_all(clause) == status


def test_a_cell_no_does_not_say_how_much_is_missing() -> None:
    counted = stated_status((), split_clauses("问题厕所96座，已整改71座，其余25座正在改造。\n否"))
    assert (counted.status, counted.clause) == ("基本完成", 0)  # type: ignore[union-attr]
    assert stated_status((), split_clauses("正在组织招标。\n否")).status == "正在整改"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("heading", "verdict"),
    [
        ("已经完成整改的问题", "已完成"),
        ("已全部完成整改的问题", "已完成"),
        ("全部完成整改的问题（12个）", "已完成"),
        ("目前已完成整改的问题", "已完成"),
        ("已整改完毕的问题", "已完成"),
        ("已办结的事项", "已完成"),
        ("集中整改期内完成整改的事项", "已完成"),
        ("集中整改期间已完成的事项", "已完成"),
        ("完成整改的问题（12个）", "已完成"),
        ("需要完成整改的事项", "正在整改"),
        ("限期完成整改的事项", None),
        ("完成整改任务", None),
        ("已完成整改、长期坚持的问题", "已完成"),
        ("正在抓紧整改的问题", "正在整改"),
        ("正在有序推进整改的问题", "正在整改"),
        ("仍在整改的问题", "正在整改"),
        ("需要长期整改的问题", "正在整改"),
        ("整改完成情况", None),
        ("整改不到位的问题", None),
        ("完成整改任务不力的问题", None),
    ],
)
def test_status_headings_are_known_in_other_words(heading: str, verdict: str | None) -> None:
    assert wording.heading_verdict(heading) == verdict


def test_a_label_of_completion_states_nothing() -> None:
    assert wording.stated("整改完成情况：对票据逐笔核对。") is None
    assert wording.stated("整改完成时限：2023年6月") is None
    assert wording.stated("该问题整改完成。") == "已完成"


_CELLS = {
    "正在整改": [
        "未完成",
        "尚未完成",
        "仍未完成",
        "未整改",
        "未办结",
        "正在推进",
        "持续推进",
        "正在有序推进",
        "进行中",
        "仍在整改",
    ],
    "已完成": ["已完成", "完成", "办结", "已整改", "完成并长期坚持"],
    "基本完成": ["基本完成", "未全部完成"],
}


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "{}。",
        "【{}】",
        "（{}）",
        "完成情况：{}。",
        "状态：{}",
        "是否完成：{}",
        "整改进展：{}。",
        "办理情况\t{}",
    ],
)
@pytest.mark.parametrize(("status", "cell"), [(status, cell) for status in _CELLS for cell in _CELLS[status]])
def test_the_status_is_all_that_a_cell_or_a_labelled_line_says(form: str, status: str, cell: str) -> None:
    assert wording.whole_verdict(form.format(cell)) == status


@pytest.mark.parametrize(
    "clause",
    [
        "推进中医馆建设。",
        "未完成招标的3个项目",
        "未销号",
        "尚未完成换届。",
        "正在办理土地证。",
        "完成培训3次。",
        "长期推进",
    ],
)
def test_what_says_more_or_less_than_the_status_is_none(clause: str) -> None:
    assert wording.whole_verdict(clause) is None


def test_a_cell_that_says_unfinished_wins_over_what_was_done() -> None:
    clauses = split_clauses("31个项目逐一诊断，其中9个已开工，2个终止合作。\n未完成")
    found = stated_status([], clauses)
    assert found is not None
    assert found.status == "正在整改"


def test_a_labelled_long_term_is_one() -> None:
    assert is_long_term([], split_clauses("整改进展情况：长期推进。每季度开展一次检查。印发制度3项。"))


@pytest.mark.parametrize(
    ("heading", "kept_up"),
    [
        ("（三）长期坚持整改的问题", True),
        ("（二）需长期坚持的整改任务", True),
        ("三、已完成并长期坚持的事项", True),
        ("三、长期坚持党的领导方面", False),
        ("（一）长期坚持落实不到位", False),
    ],
)
def test_headings_that_say_what_is_kept_up(heading: str, kept_up: bool) -> None:
    assert is_long_term([heading], []) is kept_up


@pytest.mark.parametrize(
    "kept", ["作为一项长期性工作持续推进", "作为长期任务，持续推进、久久为功", "作为长期任务抓下去"]
)
def test_a_closing_promise_may_call_the_matter_a_long_task(kept: str) -> None:
    assert is_long_term([], split_clauses(f"收回水费1620万元。集团将把清缴{kept}。"))
    assert not is_long_term([], split_clauses(f"将其{kept}。收回水费1620万元，欠费已结清。"))
