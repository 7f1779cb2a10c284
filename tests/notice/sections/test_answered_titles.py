"""Problems with the numbers of parts (一、…), told by the row of siblings that each have an answer label."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.items.lost_numbers import lost_numbers
from zhenggai.notice.items.reading import read_items
from zhenggai.notice.items.unread import unread_warnings
from zhenggai.notice.lines.outline import read_lines
from zhenggai.notice.sections.parts import split_sections
from zhenggai.notice.text.cleaning import clean

TITLE = "区城市管理局党组巡察整改情况通报\n"
INTRODUCTION = "根据区委统一部署，区委第五巡察组对区城市管理局党组开展了巡察，现将整改情况通报如下。"
PAIRS = [
    ("垃圾分类工作推进不平衡", "建成分类投放点346处，覆盖率达到100%。"),
    ("占道经营整治反弹", "设置便民疏导点9个，安置流动摊贩287户。"),
    ("协管员队伍管理松散", "制定协管员考核办法，辞退不合格人员13名。"),
    ("渣土运输扬尘污染", "已安装卫星定位系统210台，尚未投入运行。"),
]
PROBLEMS = [problem for problem, _ in PAIRS]


def rows(between: str, end: str, numbers: tuple[str, ...] = ("一、", "二、", "三、", "四、")) -> str:
    pairs = zip(numbers, PAIRS, strict=True)
    return end.join(f"{number}{problem}{between}整改情况：{answer}" for number, (problem, answer) in pairs)


def problems(text: str) -> list[str]:
    return [item.problem for item in parse(SourceText("n.txt", text)).items]


@pytest.mark.parametrize("between", ["。", "。\n", "\n", "：", "；"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_row_of_answered_numbers_is_a_row_of_problems(between: str, end: str) -> None:
    if "\n" in between and not end:
        end = "\n"  # a number at the end of an answer's paragraph heads nothing
    text = TITLE + INTRODUCTION + ("\n" if end else "") + rows(between, end)
    notice = parse(SourceText("n.txt", text))
    assert [item.problem for item in notice.items] == PROBLEMS
    assert [item.number for item in notice.items] == ["一、", "二、", "三、", "四、"]
    assert all(item.outcome.startswith("整改情况：") and not item.path for item in notice.items)
    assert not notice.warnings


def test_points_of_one_paragraph_are_problems_where_each_has_its_label() -> None:
    text = TITLE + INTRODUCTION + rows("。", "", ("1.", "2.", "3.", "4."))
    assert problems(text) == PROBLEMS


def test_other_parts_stay_parts_beside_the_row() -> None:
    text = (
        f"{TITLE}{INTRODUCTION}\n一、整改工作组织情况\n主要做法：局党组召开会议研究。\n"
        "二、《防汛条例》执行打折扣。整改措施：修订预案3份。\n"
        "三、围垦养殖\n责任单位：水政科\n整改落实情况：\n1.清退围垦12处。\n2.签订承诺书30份。\n"
        "四、下一步工作打算\n局党组将持续抓好整改。\n"
    )
    assert problems(text) == ["《防汛条例》执行打折扣", "围垦养殖"]


def test_the_last_problem_is_no_contact_line() -> None:
    text = (
        TITLE
        + INTRODUCTION
        + rows("。", "", ("（一）", "（二）", "（三）", "（四）"))
        + "联系电话：024-86120557。"
    )
    assert problems(text) == PROBLEMS


def test_a_lost_number_of_a_row_is_said() -> None:
    text = (
        f"{TITLE}一、巡察整改情况\n1.案卷不规范。\n整改情况：补正案卷23份。\n"
        "2.案件办理\n整改情况：办结47件。\n3.档案管理混乱。\n整改情况：整理档案56卷。\n"
    )
    source = SourceText("n.txt", text)
    lines = read_lines(clean(source))
    drafts, sections = read_items(text, split_sections(lines))
    assert [draft.number for draft in drafts] == ["1.", "2.", "3."]
    assert not list(lost_numbers(sections, drafts))
    for lost in (1, 2):
        left = [draft for index, draft in enumerate(drafts) if index != lost]
        said = [line.text for line in lost_numbers(sections, left)]
        assert said == [["2.案件办理"], ["3.档案管理混乱。"]][lost - 1]
        assert any(said[0] in warning for warning in unread_warnings(text, sections, left))


def test_a_problem_of_two_characters_is_missed_with_a_warning() -> None:
    last = "五、违建。\n责任领导：张三\n整改时限：2024年5月\n整改情况：拆除3处。"
    text = "\n".join([TITLE + INTRODUCTION, rows("。", "\n"), last])
    notice = parse(SourceText("n.txt", text))
    assert [item.problem for item in notice.items][:4] == PROBLEMS
    assert len(notice.items) == 5 or any("五、违建" in warning for warning in notice.warnings)
