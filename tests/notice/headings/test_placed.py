"""Problems that no word tells are read by their place: short lines below a heading, each above a deed."""

from __future__ import annotations

import pytest

from zhenggai.notice import Item, SourceText, parse

HEAD = "某局党组关于巡察整改情况的通报\n一、组织情况\n召开会议5次。\n二、巡察反馈问题整改情况\n"
TAIL = "三、下一步打算\n持续发力，久久为功。\n"
STATED = ["砂石场越界开采、破坏生态", "白条抵库", "农村公路养护缺位", "带病提拔", "会议记录补造"]
DONE = ["关闭砂石场3家。", "补齐票据12张。", "新增养护员30名。", "免职1人。", "对2人谈话提醒。"]
MEASURES = ["加强领导", "制度不断完善", "防止问题反弹", "宣传引导", "清理不合理收费"]
NUMBERS = {
    "1.": ["1.", "2.", "3.", "4.", "5."],
    "（1）": ["（1）", "（2）", "（3）", "（4）", "（5）"],
    "①": ["①", "②", "③", "④", "⑤"],
    "第一，": ["第一，", "第二，", "第三，", "第四，", "第五，"],
    "一是": ["一是", "二是", "三是", "四是", "五是"],
    "——": ["——"] * 5,
    "": [""] * 5,
}


def items(body: str) -> list[Item]:
    return list(parse(SourceText("n.txt", HEAD + body + TAIL)).items)


def row(number: str, stated: list[str], stop: str = "。", label: str = "") -> str:
    """Each of `stated` with its number, above what was done."""
    numbers = NUMBERS[number][: len(stated)]
    lines = zip(numbers, stated, DONE, strict=False)
    return "".join(f"{n}{text}{stop}\n{label}{done}\n" for n, text, done in lines)


@pytest.mark.parametrize("stop", ["。", ""])
@pytest.mark.parametrize("number", ["1.", "（1）", "①"])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_numbers_below_a_field_head_problems(number: str, stop: str, count: int) -> None:
    found = items("（一）关于发展方面\n" + row(number, STATED[:count], stop))
    assert [item.problem for item in found] == STATED[:count]
    assert [item.outcome for item in found] == DONE[:count]
    assert {item.path for item in found} == {("（一）关于发展方面",)}


@pytest.mark.parametrize("stop", ["。", ""])
@pytest.mark.parametrize("number", NUMBERS)
def test_rows_in_several_fields(number: str, stop: str) -> None:
    body = "（一）关于发展方面\n" + row(number, STATED[:3], stop)
    body += "（二）全面从严治党方面\n" + row(number, STATED[3:], stop)
    found = items(body)
    assert [item.problem for item in found] == STATED
    assert found[3].path == ("（二）全面从严治党方面",)


@pytest.mark.parametrize("number", ["第一，", "一是", "——"])
def test_points_above_labels(number: str) -> None:
    found = items("（一）关于发展方面\n" + row(number, STATED, label="整改情况："))
    assert [item.problem for item in found] == STATED


def test_points_below_a_stated_problem() -> None:
    points = ["县城污水管网雨污不分", "砂石场越界开采"]
    found = items("（一）关于发展方面\n1.生态环境保护欠账较多\n" + row("第一，", points))
    assert [item.problem for item in found] == points
    assert found[0].path == ("（一）关于发展方面", "1.生态环境保护欠账较多")


@pytest.mark.parametrize("number", ["1.", "（1）", "第一，", "一是"])
def test_the_deed_may_stand_in_the_same_line(number: str) -> None:
    stated = ["砂石场越界开采", "农村公路养护缺位", "印章保管不严"]
    done = ["关闭砂石场3家，罚款1270万元。", "新增养护员30名，补修路面。", "收回印章3枚，通报2人。"]
    numbers = NUMBERS[number][:3]
    lines = [f"{n}{text}。{deed}\n" for n, text, deed in zip(numbers, stated, done, strict=True)]
    found = items("（一）关于发展方面\n" + "".join(lines))
    assert [item.problem for item in found] == stated
    assert [item.outcome for item in found] == done


def test_fields_without_number_head_lines_without_number() -> None:
    body = "聚焦基层治理方面\n" + row("", STATED[:3]) + "聚焦队伍建设方面\n" + row("", STATED[3:])
    found = items(body)
    assert [item.problem for item in found] == STATED
    assert found[2].outcome == DONE[2]
    assert found[3].path == ("聚焦队伍建设方面",)


def test_the_number_of_a_hotline_is_none_of_the_notice() -> None:
    found = items("（一）关于发展方面\n1.12345热线工单办理敷衍应付。\n重新办理工单36件。\n")
    assert [(item.number, item.problem) for item in found] == [("1.", "12345热线工单办理敷衍应付")]


@pytest.mark.parametrize(
    "head", ["（一）关于理论学习不深入的问题", "（一）理论学习不深入", "1.理论学习不深入"]
)
@pytest.mark.parametrize("number", [n for n in NUMBERS if n != "1."])
def test_measures_below_a_problem_are_its_answer(number: str, head: str) -> None:
    found = items(head + "\n" + row(number, MEASURES))
    assert [item.problem for item in found] == ["理论学习不深入"]


@pytest.mark.parametrize("number", ["1.", "（1）", "①", "第一，", "一是"])
def test_measures_in_the_same_line_as_the_deed(number: str) -> None:
    numbers = NUMBERS[number]
    lines = [f"{n}{text}。{deed}\n" for n, text, deed in zip(numbers, MEASURES, DONE, strict=True)]
    found = items("（一）关于理论学习不深入的问题\n" + "".join(lines))
    assert [item.problem for item in found] == ["理论学习不深入"]


@pytest.mark.parametrize("number", ["第一，", "一是", "——", ""])
def test_measures_below_a_field_are_no_problems(number: str) -> None:
    found = items(
        "（一）关于发展方面\n" + row(number, MEASURES) + "（二）关于用人方面\n1.带病提拔。\n免职1人。\n"
    )
    assert not {item.problem for item in found} & set(MEASURES)
    assert found[-1].problem == "带病提拔"


def test_the_second_paragraph_of_an_answer_is_no_problem() -> None:
    body = "固定资产账实不符\n盘活资产38件。\n对闲置的2处房产公开招租，年增收租金21.6万元。\n建立台账。\n"
    found = items("（一）关于发展方面\n" + body + "白条抵库\n补齐票据12张。\n公款私存\n追缴3万元。\n")
    assert "对闲置的2处房产公开招租，年增收租金21.6万元" not in {item.problem for item in found}
