"""Numbers that a scan or a listing has before every line are cut out; numbers of the notice stay."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.text.cleaning import clean
from zhenggai.notice.text.line_numbers import line_numbers

LINES = [
    "中共某国有林场委员会关于巡察整改情况的通报",
    "2021年11月25日",
    "一、巡察反馈问题整改情况",
    "（一）履行职责方面",
    "1.森林防火责任压得不实，瞭望塔无人值守。",
    "整改情况：与14个护林站签订防火责任书，补齐瞭望员6名，",
    "实行24小时轮班，配备高清探头5套并接入县应急指挥平台。",
    "2.违法占用林地发现查处不及时，某采石场毁林40亩。",
    "整改情况：采石场已关停，企业缴纳罚款66万元，完成植被恢",
    "复31亩。剩余9亩岩石裸露区正在客土回填。",
    "（二）经营管理方面",
    "3.造林成活率虚报，验收数据造假。",
    "整改情况：对2018至2020年度造林地块重新核验，核减",
    "虚报面积510亩，退回造林补助资金15.3万元，林场生产",
    "科科长被免职。",
]


def numbered(form: str, first: int = 1, lines: list[str] | None = None) -> str:
    return "\n".join(form.format(n) + line for n, line in enumerate(lines or LINES, first))


@pytest.mark.parametrize(
    "form", ["{:4}  ", "{}\t", "{}: ", "{}：", "[{}] ", "{:03} ", "L{} ", "{}| ", "　{}　"]
)
def test_numbers_before_every_line_are_cut_out(form: str) -> None:
    notice = parse(SourceText("x.txt", numbered(form)))
    assert notice.title == LINES[0]
    assert [item.problem for item in notice.items] == [LINES[n][2:].rstrip("。") for n in (4, 7, 11)]
    assert notice.items[2].path == (LINES[10],)
    assert not any(f"\n{n}" in item.outcome for item in notice.items for n in range(1, 16))


def test_lines_of_a_fixed_width_are_whole_again() -> None:
    wide = ["　　" + "整改情况：" + "组织学习研讨，制定办法，清退资金，" * 20, *LINES]
    text = "".join(wide[:1])
    wrapped = [text[at : at + 28] for at in range(0, len(text), 28)]
    notice = clean(SourceText("x.txt", numbered("{:4}  ", 1, [*LINES[:6], *wrapped, *LINES[7:]])))
    assert "组织学习研讨，制定办法，清退资金，" * 20 in notice.text


def test_numbers_begin_again_on_every_page() -> None:
    text = "\n".join([numbered("{:2}  "), numbered("{:2}  ")])
    assert clean(SourceText("x.txt", text)).text == clean(SourceText("x.txt", "\n".join(LINES * 2))).text


def test_blank_lines_that_were_counted_are_left_out() -> None:
    text = "\n".join(f"{2 * n:4}  {line}" for n, line in enumerate(LINES, 1))
    assert line_numbers(text) == []
    blank = numbered("{:4}  ", 1, [part for line in LINES for part in (line, "")])
    assert clean(SourceText("x.txt", blank)).text.split("\n")[::2] == LINES


def test_the_indent_of_paragraphs_stays() -> None:
    text = numbered("{:4} ", 1, [f"　　{line}" for line in LINES])
    assert clean(SourceText("x.txt", text)).text == "\n".join(f"　　{line}" for line in LINES)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{n} 第{n}项学习不够深入 已组织学习" for n in range(1, 20)),
        "\n".join(f"{n}.第{n}项学习不够深入。" for n in range(1, 20)),
        "\n".join(f"{n}\t（{n}）学习不够\t整改情况：已学习" for n in range(1, 20)),
        "\n".join(f"{n} 一是学习不够深入" for n in range(1, 20)),
        "\n".join(["某局整改台账", *(f"{n} 问题：学习不够" for n in range(1, 9)), "说明", "附件"]),
        "\n".join(LINES),
        numbered("{} ", 1, LINES[:6]),
    ],
)
def test_numbers_of_the_notice_stay(text: str) -> None:
    assert line_numbers(text) == []
