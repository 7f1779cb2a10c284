"""RTF as Word, WPS and hand-written programs make it; `test_old_files.py` has that of LibreOffice."""

from __future__ import annotations

import pytest

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Extracted, Limits
from zhenggai.notice.formats.rtf import extract
from zhenggai.notice.reading import read

HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0\uc1{\fonttbl{\f0\froman\fcharset0 Times New Roman;}"
    r"{\f13\fnil\fcharset134 \'cb\'ce\'cc\'e5{\*\falt SimSun};}{\f14\fnil\fcharset2 Wingdings;}"
    r"{\f15\fnil\fcharset136 PMingLiU;}}{\colortbl;\red0\green0\blue0;}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 \'b1\'ea\'cc\'e2 2;}{\*\cs10 Default;}}"
    r"{\info{\title \'c4\'a3\'b0\'e5}}{\*\generator WPS Office;}"
)


def rtf(body: str, head: str = HEAD) -> Extracted:
    return extract((head + body + "}").encode("latin-1"), Limits())


def gbk(text: str) -> str:
    return "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in text.encode("gbk"))


def lines(body: str, head: str = HEAD) -> list[str]:
    return rtf(body, head).text.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        gbk("整改情况") + r"\par",
        r"{\f13 " + gbk("整改情况") + r"}\par",
        r"{\rtlch\fcs1 \af0 \ltrch\fcs0 \loch\af0\hich\af0\dbch\af13 " + gbk("整改情况") + r"}\par",
        r"{\f0 " + gbk("整改") + r"}{\f13 " + gbk("情况") + r"}\par",
        r"{\dbch\f13\hich\f0\loch\f0 " + gbk("整改情况") + r"}\par",
        r"\uc1\u25972?\u25913?\u24773\'3f\u20917\'3f\par",
        r"\uc2\u25972\'d5\'fb\u25913\'b8\'c4\uc0\u24773\u20917\par",
        r"\upr{?}{\*\ud\uc0\u25972\u25913\u24773\u20917}\par",
        r"{\upr{" + gbk("整改情况") + r"}{\*\ud{\uc0\u25972\u25913\u24773\u20917}}}\par",
        r"{\*\unknown x}{\v " + gbk("隐藏") + r"}" + gbk("整改") + r"{\deleted x}" + gbk("情况") + r"\par",
        gbk("整改") + "\n" + gbk("情况") + "\\\n",
        "整改情况".encode("gbk").decode("latin-1") + r"\par",
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt " + gbk("整改情况") + r"}}\par",
        gbk("整改") + r"{\*\bkmkstart a}{\footnote\pard x\par}{\pict\bin4 }}}}}" + gbk("情况") + r"\par",
        gbk("整改情况") + r"{\f14 \'fc}\par",
    ],
)
def test_ways_of_writing_chinese(text: str) -> None:
    assert lines(text) == ["整改情况"]


def test_encodings_of_fonts_and_of_the_document() -> None:
    traditional = "".join(f"\\'{byte:02x}" for byte in "整改".encode("big5"))
    assert lines(rf"{{\f15 {traditional}}}\par") == ["整改"]
    assert lines(gbk("整改") + r"\par", r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset134 x;}}\f0 ") == [
        "整改"
    ]
    western = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 x;}{\f1\fcharset134 y;}}\f0 "
    assert lines(gbk("整改") + r"\par", western) == ["整改"]
    assert lines(r"caf\'e9\par", r"{\rtf1\ansi\ansicpg1252 ") == ["café"]


def test_bytes_that_are_signs_of_rtf() -> None:
    """Of 誠 the second byte is a backslash; a program writes it as one, another as bytes."""
    assert b"\\" in "誠".encode("gbk")
    assert lines("誠信".encode("gbk").decode("latin-1") + r"\par") == ["誠信"]
    assert lines(r"\'d5\'5c\'d0\'c5\par") == ["誠信"]
    raw = (HEAD + r"整改\{1\}\par}").encode()
    assert extract(raw.replace(rb"\'cb\'ce\'cc\'e5", b"x"), Limits()).text == "整改{1}"


def test_signs() -> None:
    assert lines(r"a\~b\_c\-d\tab e\line f\emdash\ldblquote g\rdblquote\par") == ["a\xa0b-cd e", "f—“g”"]
    assert lines(r"\u55362?\u57271?\u26494?\par") == ["𠮷松"]


def test_numbers_are_those_that_the_file_writes_down() -> None:
    body = "".join(
        rf"{{\{group}\pard\plain\f13 {number}\tab}}\pard\plain\s0\ls1 {gbk(text)}\par "
        for group, number, text in (
            ("listtext", gbk("一、"), "整改情况"),
            ("pntext", gbk("（一）"), "问题"),
            ("listtext", "1.", "学习不够"),
            ("listtext", r"\f14\'6c", "项目"),
            ("listtext", r"\u61623?", "项目"),
            ("listtext", "2.", ""),
            ("listtext", "3", "项目"),
        )
    )
    assert lines(body) == ["一、整改情况", "（一）问题", "1.学习不够", "项目", "项目", "3 项目"]


def test_headings() -> None:
    source = rtf(
        rf"\pard\s1\outlinelevel0 A\par\pard B\par\pard\s1 C\par\pard\s2 D\par\pard\outlinelevel1 {gbk('五')}\par"
    )
    assert source.text == "A\nB\nC\nD\n五"
    assert source.headings == (0, 4, 6, 8)


ROW = r"\trowd\trleft-108\cellx1000\cellx3000\cellx6000 "


def row(*cells: str, head: str = ROW) -> str:
    return head + r"\pard\intbl " + "".join(gbk(cell) + r"\cell " for cell in cells) + r"\row "


def test_tables() -> None:
    body = (
        row("序号", "问题", "整改情况")
        + row("1", "学习不够", r"已学\par 再学", head=ROW.replace(r"\cellx6000", r"\clvmgf\cellx6000"))
        + row("2", "党课少", "", head=ROW.replace(r"\cellx6000", r"\clvmrg\cellx6000"))
        + row("合计", "2项", head=r"\trowd\cellx3005\cellx6000 ")
        + r"\pard "
        + gbk("文后")
        + r"\par"
    )
    assert lines(body) == [
        "序号\t问题\t整改情况",
        "1\t学习不够\t已学\u2028再学",
        "2\t党课少\t已学\u2028再学",
        "合计\t\t2项",
        "文后",
    ]


def test_tables_in_cells() -> None:
    inner = (
        r"\pard\intbl\itap2 A\nestcell B\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
        r"{\nonesttables\par}\pard\intbl\itap2 C\nestcell D\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
    )
    assert lines(ROW + r"\pard\intbl 1\cell " + inner + r"\pard\intbl x\cell y\cell\row") == [
        "1\tA B\u2028C D\u2028x\ty"
    ]


def test_a_text_box_and_a_deleted_paragraph_mark() -> None:
    box = r"{\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv y}}{\shptxt\pard " + gbk("框") + r"\par}}{\shprslt z}}"
    assert lines("a" + box + r"b\par c{\deleted\par}d\par") == ["ab", "框", "cd"]


def test_what_follows_the_document_is_no_text_and_a_cut_file_is_told_of() -> None:
    whole = rtf(r"a\par")
    assert (extract((HEAD + r"a\par}b}").encode(), Limits()).text, whole.warnings) == ("a", ())
    assert "不完整" in extract((HEAD + r"a\par b").encode(), Limits()).warnings[0]
    assert extract((HEAD + r"{\header x} a").encode(), Limits()).text == "a"


def test_too_deep() -> None:
    with pytest.raises(ReadingError, match="嵌套过深"):
        extract(b"{\\rtf1 " + b"{" * 5000, Limits())
    with pytest.raises(ReadingError, match="嵌套过深"):
        extract(b"{\\rtf1 \\pard\\intbl\\itap999999999 a\\par}", Limits())


def test_it_is_a_document_whatever_its_name() -> None:
    assert read("a.txt", (HEAD + gbk("整改情况") + "}").encode()).kind == "doc"
