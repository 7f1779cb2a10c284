"""Text of the main part that is in no item is said to be so."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

HEAD = "中共某县水务局党组关于巡察整改情况的通报\n"
ITEMS = "1.学习不够经常。\n整改情况：集中学习12次。\n2.台账登记不实。\n整改情况：补登台账36份。\n"


def warnings(body: str) -> tuple[str, ...]:
    return parse(SourceText("n.txt", HEAD + body)).warnings


def test_a_notice_that_is_read_in_full_has_no_warning() -> None:
    body = (
        "一、组织情况\n召开会议4次。\n二、整改情况\n（一）理论学习方面\n"
        + ITEMS
        + "三、下一步打算\n继续努力。"
    )
    assert warnings(body) == ()


def test_text_between_items_that_is_in_none() -> None:
    between = "局党组全面落实中央纪委全会精神和市委工作部署，树牢全面从严治党意识，层层传导压力。\n"
    body = "二、整改情况\n（一）理论学习方面\n" + ITEMS + "（二）从严治党方面\n" + between + ITEMS
    (warning,) = warnings(body)
    assert "1段文字没有归入任何条目" in warning
    assert "局党组全面落实中央纪委全会精神" in warning


def test_a_part_with_answers_that_was_passed_over() -> None:
    odd = "三、市场监管\n关于农贸市场\n整改情况：改造摊位60个。\n四、下一步打算\n继续努力。"
    found = parse(SourceText("n.txt", HEAD + "二、整改情况\n" + ITEMS + odd))
    assert any("改造摊位" in item.outcome for item in found.items) or any(
        "三、市场监管" in w for w in found.warnings
    )


HEADED = "二、整改情况\n（一）理论学习方面\n"


def test_lines_of_an_answer_that_look_like_further_problems() -> None:
    body = HEADED + "1.学习不够经常。\n集中学习12次，撰写体会36篇。\n公章管理混乱。\n收回公章3枚。\n"
    found = parse(SourceText("n.txt", HEAD + body))
    assert len(found.items) == 1
    (warning,) = found.warnings
    assert "有1行文字在条目的整改情况里，但像是另外的问题" in warning
    assert "第1条中的“公章管理混乱。”" in warning


def test_a_number_that_goes_on_in_an_answer() -> None:
    body = HEADED + "1.学习不够经常。\n整改情况：集中学习12次。\n3.白条抵库，长期不清。\n补齐票据12张。\n"
    found = parse(SourceText("n.txt", HEAD + body))
    assert len(found.items) == 2 or any("像是另外的问题" in warning for warning in found.warnings)


def test_measures_in_an_answer_are_not_said_to_be_problems() -> None:
    body = HEADED + "1.学习不够经常。\n（1）加强领导。\n召开会议3次。\n（2）防止问题反弹。\n检查5次。\n"
    assert warnings(body) == ()


def test_lines_before_the_first_item_that_are_in_none() -> None:
    body = "二、整改情况\n（一）关于发展方面\n空心支部。\n选派书记2名。\n围标串标。\n废标3个。\n"
    body += "（二）理论学习方面\n" + ITEMS
    assert any("没有归入任何条目" in warning for warning in warnings(body))


@pytest.mark.parametrize("marks", ["1.|2.", "（一）|（二）"])
def test_problems_that_share_an_answer_are_no_lost_ones(marks: str) -> None:
    first, second = marks.split("|")
    text = (
        "关于巡察整改进展情况的通报\n二、巡察反馈问题整改情况\n"
        f"{first}学习不深入的问题\n{second}会议记录不全的问题\n整改情况：组织学习6次，补齐记录12份。\n"
    )
    assert parse(SourceText("", text)).warnings == ()
