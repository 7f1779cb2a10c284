"""Text of the main part that is in no item is said to be so."""

from __future__ import annotations

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
