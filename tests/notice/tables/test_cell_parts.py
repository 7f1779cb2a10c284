"""A row whose problem and answer count the same things: an item for each."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.model import Item

HEAD = "某局党组关于巡察整改进展情况的通报\n序号\t问题\t整改措施\t完成情况\t责任单位\n"


def items(problem: str, measures: str, status: str = "已完成", body: str = "党办") -> list[Item]:
    row = "\t".join(["1", problem, measures, status, body])
    text = f"{HEAD}{row}\n2\t接待不规范\t退赔2万元。\t已完成\t财务科\n".replace("/", "\u2028")
    found = list(parse(SourceText("", text)).items)
    assert (found[-1].number, found[-1].problem) == ("2", "接待不规范")
    return found[:-1]


@pytest.mark.parametrize(
    ("first", "second"), [("（1）", "（2）"), ("1.", "2."), ("①", "②"), ("(一)", "(二)"), ("1）", "2）")]
)
@pytest.mark.parametrize("gap", ["", "/"])
def test_numbers_in_both_cells_make_an_item_for_each(first: str, second: str, gap: str) -> None:
    found = items(
        f"{first}撂荒地复耕慢；{gap}{second}食堂账目不清。",
        f"{first}复耕790亩。引入公司3家。{gap}{second}公示6期。",
    )
    assert [(item.number, item.problem.rstrip("。"), item.outcome, item.responsible) for item in found] == [
        (first, "撂荒地复耕慢", "复耕790亩。引入公司3家。\n已完成", "党办"),
        (second, "食堂账目不清", "公示6期。\n已完成", "党办"),
    ]


def test_what_stands_above_the_numbers_is_their_heading() -> None:
    found = items("作风建设不实：（1）撂荒地复耕慢；（2）账目不清。", "（1）复耕790亩。（2）公示6期。")
    assert [item.path for item in found] == [("作风建设不实",)] * 2
    found = items("存在问题：（1）撂荒地复耕慢；（2）账目不清。", "整改情况：（1）复耕790亩。（2）公示6期。")
    assert [(item.path, item.outcome.split("\n")[0]) for item in found] == [
        ((), "复耕790亩。"),
        ((), "公示6期。"),
    ]


def test_status_and_body_may_be_counted_too() -> None:
    found = items(
        "（1）撂荒地复耕慢；（2）账目不清。",
        "（1）复耕790亩。（2）公示6期。",
        "（1）推进中；（2）已完成",
        "（1）农业科（2）后勤科",
    )
    assert [(item.outcome.split("\n")[1].rstrip("；"), item.responsible) for item in found] == [
        ("推进中", "农业科"),
        ("已完成", "后勤科"),
    ]


def test_a_number_in_brackets_needs_no_mark_before_it() -> None:
    found = items("（1）撂荒地复耕慢（2）账目不清", "（1）复耕790亩（2）公示6期，见附件（1）")
    assert [item.outcome.split("\n")[0] for item in found] == ["复耕790亩", "公示6期，见附件（1）"]


@pytest.mark.parametrize(
    "measures",
    [
        "（1）复耕790亩。（2）公示6期。（3）引入公司3家。",
        "复耕790亩，公示6期。",
        "1.复耕790亩。2.公示6期。",
        "（1）复耕790亩。",
        "针对两个问题，班子成员分头包保，逐项研究对策：（1）复耕790亩。（2）公示6期。",
    ],
)
def test_an_answer_that_is_counted_otherwise_serves_all(measures: str) -> None:
    (found,) = items("（1）撂荒地复耕慢；（2）食堂账目不清。", measures)
    assert found.number == "1"
    assert found.outcome == f"{measures}\n已完成"


def test_numbers_of_one_problem_only_count_its_measures() -> None:
    (found,) = items("撂荒地复耕慢、食堂账目不清", "（1）复耕790亩。（2）公示6期。")
    assert found.outcome == "（1）复耕790亩。（2）公示6期。\n已完成"


def test_an_answer_may_be_counted_over_several_rows() -> None:
    text = (
        f"{HEAD}1\t（1）撂荒地复耕慢；（2）食堂账目不清。\t（1）复耕790亩。\t\t党办\n"
        "\t\t引入公司3家。\t\t\n\t\t（2）公示6期。\t\t\n"
    )
    assert [item.outcome for item in parse(SourceText("", text)).items] == [
        "复耕790亩。\n引入公司3家。",
        "公示6期。",
    ]
