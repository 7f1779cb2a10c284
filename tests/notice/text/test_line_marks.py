"""Marks of quoted mails and times of subtitles are cut out."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.text.cleaning import clean
from zhenggai.notice.text.line_marks import line_marks

LINES = [
    "某局党组关于巡察整改进展情况的通报",
    "2023年12月1日",
    "一、问题整改情况",
    "1.学习不够深入。",
    "组织集中学习6次，已完成整改。",
    "2.检查不够严格。",
    "开展检查4次，通报问题3个。",
]


def cleaned(text: str) -> str:
    return clean(SourceText("x.txt", text)).text


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > ", "＞ ", " > "])
def test_marks_of_a_quoted_mail(mark: str) -> None:
    assert cleaned("\n".join(mark + line for line in LINES)) == "\n".join(LINES)


def test_a_mail_of_which_a_part_is_quoted() -> None:
    quoted = "\n>\n".join("> 　　" + line for line in LINES)
    text = f"请查收。\n某某 2023年12月4日写道：\n{quoted}\n收到。"
    notice = parse(SourceText("x.txt", text))
    assert (notice.items[0].problem, notice.items[0].outcome) == (LINES[3][2:-1], LINES[4])
    assert ">" not in cleaned(text)


def test_single_marks_stay() -> None:
    text = "首页 > 通报\n> 当前位置\n正文\n>\n1.差距>5米的问题。"
    assert cleaned(text) == text


@pytest.mark.parametrize("blank", ["\n", "\r\n"])
@pytest.mark.parametrize("numbers", [True, False])
def test_times_of_subtitles(numbers: bool, blank: str) -> None:
    blocks = [
        (f"{n}\n" if numbers else "") + f"00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{line}\n"
        for n, line in enumerate(LINES, 1)
    ]
    text = ("" if numbers else "WEBVTT\n\n") + "\n".join(blocks)
    lines = cleaned(text.replace("\n", blank)).split()
    assert lines == ([] if numbers else ["WEBVTT"]) + LINES


def test_an_arrow_alone_is_no_time() -> None:
    assert line_marks("1.甲 --> 乙\n8:30 --> 9:30\n") == []
    assert line_marks("学习 -->" * 2000) == []
