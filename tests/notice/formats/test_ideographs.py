"""Radicals in the place of characters, as browsers leave them in a printed PDF."""

from __future__ import annotations

import unicodedata

import pytest

from zhenggai.notice import parse
from zhenggai.notice.formats.ideographs import unified
from zhenggai.notice.formats.layout_lines import page_lines
from zhenggai.notice.formats.layout_tables import Glyph, cell_text
from zhenggai.notice.reading import read

ODD = "⻘年⻣⼲⻓期缺⼝，⼾⻆⾊不清，⼀⽉⻋辆⼊⻔，⺠⽣⻅效，⻚"
PLAIN = "青年骨干长期缺口，户角色不清，一月车辆入门，民生见效，页"


def test_radicals_become_the_characters_of_the_same_look() -> None:
    assert unified(ODD) == PLAIN
    assert unified(PLAIN) is PLAIN


@pytest.mark.parametrize("code", [*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)])
def test_each_character_becomes_one(code: int) -> None:
    found = unified(chr(code))
    assert len(found) == 1
    a_radical = 0x2E80 < code < 0x2FD6 and unicodedata.category(chr(code)) != "Cn"
    assert not (a_radical and 0x2E80 <= ord(found) < 0x2FD6)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv"])
def test_fields_quote_the_text_that_is_read(name: str) -> None:
    source = read(name, "序号,反馈问题,整改情况\n1,⻘年⻣⼲缺⼝⼤,已完成并⻓期坚持\n".encode())
    assert "青年骨干缺口大" in source.text
    for item in parse(source).items:
        assert source.text[slice(*item.problem_span)] == item.problem


def test_lines_and_cells_of_a_page_are_unified_where_its_furniture_is_told() -> None:
    glyphs = [Glyph(char, 10.0 * n, 10.0 * n + 10, 20, 30, 10) for n, char in enumerate("第3⻚")]
    assert page_lines(glyphs, [], 600, 800).lines[0].text == "第3页"
    assert cell_text("缺⼝\n⼤") == "缺口大"
