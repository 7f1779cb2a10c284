"""Word documents: numbering, wrappers, damage, bombs."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from numbering_xml import add_list, set_number

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.docx import extract
from zhenggai.notice.reading import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def lines(document: Any) -> list[str]:
    buffer = io.BytesIO()
    document.save(buffer)
    return extract(buffer.getvalue(), Limits()).text.split("\n")


def package(body: str, numbering: str = "", styles: str = "", namespace: str = W) -> bytes:
    """A minimal docx of raw parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, tag, content in (
            ("document", "document", f"<w:body>{body}</w:body>"),
            ("numbering", "numbering", numbering),
            ("styles", "styles", styles),
        ):
            archive.writestr(f"word/{name}.xml", f'<w:{tag} xmlns:w="{namespace}">{content}</w:{tag}>')
    return buffer.getvalue()


def text_of(body: str, numbering: str = "", styles: str = "", namespace: str = W) -> list[str]:
    return extract(package(body, numbering, styles, namespace), Limits()).text.split("\n")


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("chineseCounting", "%1、", ["一、", "二、"]),
        ("japaneseCounting", "（%1）", ["（一）", "（二）"]),
        ("decimal", "%1.", ["1.", "2."]),
        ("decimal", "（%1）", ["（1）", "（2）"]),
        ("decimal", "问题%1：", ["问题1：", "问题2："]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
        ("decimalFullWidth", "%1．", ["１．", "２．"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、"]),
        ("upperLetter", "%1.", ["A.", "B."]),
        ("lowerRoman", "%1)", ["i)", "ii)"]),
        ("bullet", "\uf0b7", ["", ""]),
        ("none", "", ["", ""]),
        ("noSuchFormat", "%1.", ["1.", "2."]),
    ],
)
def test_number_formats(kind: str, text: str, expected: list[str]) -> None:
    document = Document()
    number = add_list(document, [(kind, text)])
    for name in ("甲", "乙"):
        set_number(document.add_paragraph(name), number, 0)
    found = [line.replace(" ", "") for line in lines(document)]
    assert found == [expected[0] + "甲", expected[1] + "乙"]


def test_levels_count_restart_and_quote_each_other() -> None:
    document = Document()
    number = add_list(document, [("chineseCounting", "%1、"), ("decimal", "%1.%2"), ("decimal", "（%3）")])
    for text, level in (("a", 0), ("b", 1), ("c", 2), ("d", 2), ("e", 1), ("f", 2), ("g", 0), ("h", 1)):
        set_number(document.add_paragraph(text), number, level)
    expected = ["一、a", "一.1 b", "（1）c", "（2）d", "一.2 e", "（1）f", "二、g", "二.1 h"]
    assert lines(document) == expected


def test_a_list_goes_on_after_other_paragraphs_and_another_list_counts_anew() -> None:
    document = Document()
    first, second = (
        add_list(document, [("decimal", "%1.")]),
        add_list(document, [("decimal", "%1.")], start=5),
    )
    for text, number in (("a", first), ("x", 0), ("b", first), ("c", second), ("d", first)):
        created = document.add_paragraph(text)
        if number:
            set_number(created, number, 0)
    assert lines(document) == ["1.a", "x", "2.b", "5.c", "3.d"]


LEVEL = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>{}</w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:pStyle w:val="H2"/><w:lvlText w:val="%1.%2."/></w:lvl>'
)  # fmt: skip


def test_numbers_from_styles_and_start_overrides() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{LEVEL.format("")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    in_list = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="H1">{in_list}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/>{in_list}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    style = '<w:pStyle w:val="{}"/>'
    body = "".join(
        (
            paragraph("甲", style.format("H1")),
            paragraph("乙", style.format("H2")),
            paragraph("丙", style.format("H1")),
            paragraph("丁", style.format("H1") + '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            paragraph("戊", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
            paragraph("己", style.format("Loop")),
        )
    )
    assert text_of(body, numbering, styles) == ["1.甲", "1.1.乙", "2.丙", "丁", "1.戊", "己"]


def test_strict_namespace_content_controls_links_fields_and_ruby() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:sdt><w:sdtPr><w:t>属性</w:t></w:sdtPr><w:sdtContent><w:p>"
        f"<w:hyperlink>{run.format('学习')}</w:hyperlink><w:smartTag>{run.format('不够')}</w:smartTag>"
        f"<w:fldSimple>{run.format('1')}</w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>zhěng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>整</w:t></w:r></w:rubyBase></w:ruby>"
        "<w:t>改</w:t><w:tab/><w:t>情况</w:t><w:br/><w:t>下行</w:t></w:r></w:p>"
    )
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert text_of(body, namespace=strict) == ["学习不够1", "整改 情况", "下行"]


def test_merged_cells_once_and_frames_as_paragraphs() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, (("类别", "问题", "情况"), ("甲", "乙", "丙"), ("", "丁", "戊")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    frame = document.add_table(rows=1, cols=1)
    frame.cell(0, 0).text = "一、学习不够。\n整改情况：完成。"
    assert lines(document) == [
        "类别\t问题\t情况",
        "甲\t乙\t丙",
        "\t丁\t戊",
        "一、学习不够。",
        "整改情况：完成。",
    ]


def test_text_boxes_with_a_fallback_come_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框中标题</w:t></w:r></w:p></w:txbxContent>"
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p><w:r><mc:AlternateContent {namespace}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )  # fmt: skip
    assert text_of(body) == ["框中标题"]


def error_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        extract(data, limits or Limits())
    return str(caught.value)


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "整改"><!ENTITY c "&b;&b;&b;">]>'
    data = package("<w:p><w:r><w:t>x</w:t></w:r></w:p>")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", bomb + document.replace(">x<", ">&c;<"))
    assert "实体" in error_of(buffer.getvalue())


def test_bombs_and_damage_are_refused() -> None:
    body = paragraph("0" * 4_000_000)
    assert "压缩炸弹" in error_of(package(body))
    assert "MiB" in error_of(package(body), Limits(unpacked_bytes=1_000_000))
    assert "XML 损坏" in error_of(package("<w:p>"))
    assert "嵌套过深" in error_of(package("<w:p>" + "<w:ins>" * 3000 + "</w:ins>" * 3000 + "</w:p>"))
    good = package(paragraph("x"))
    assert "无法打开" in error_of(good[: len(good) // 2])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/other.xml", "<x/>")
    assert "缺少正文" in error_of(buffer.getvalue())


def with_embedded(name: str, data: bytes) -> bytes:
    """A docx whose body is an embedded file, as programs make it of pages."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    relations = f'<Relationships><Relationship Id="c1" Type="{kind}" Target="/{name}"/></Relationships>'
    buffer = io.BytesIO(package(paragraph("标题") + '<w:altChunk w:id="c1"/>' + paragraph("落款")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", relations)
        archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "chunk.html",
            "<html><meta charset=utf-8><body><p>甲，一。</p><p>乙，二。</p></body></html>".encode(),
        ),
        ("word/chunk.docx", package(paragraph("甲，一。") + paragraph("乙，二。"))),
        ("chunk.txt", "甲，一。\n\n乙，二。\n".encode()),
    ],
)
def test_embedded_files_are_read_in_their_place(name: str, data: bytes) -> None:
    assert extract(with_embedded(name, data), Limits()).text.split("\n") == [
        "标题",
        "甲，一。",
        "乙，二。",
        "落款",
    ]


def test_what_is_embedded_in_an_embedded_file_is_left_out() -> None:
    inner = with_embedded("x.txt", "甲。".encode())
    assert extract(with_embedded("x.docx", inner), Limits()).text.split("\n") == [
        "标题",
        "标题",
        "落款",
        "落款",
    ]


def test_a_document_in_one_xml_file() -> None:
    with zipfile.ZipFile(io.BytesIO(package(paragraph("整改情况：完成。")))) as archive:
        parts = "".join(
            f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{archive.read(name).decode()}</pkg:xmlData>'
            "</pkg:part>"
            for name in archive.namelist()
        )
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    data = f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{parts}</pkg:package>'.encode()
    source = read("通报.doc", data)
    assert (source.kind, source.text) == ("docx", "整改情况：完成。")
    with pytest.raises(ReadingError, match="XML 损坏"):
        read("通报.xml", data[:-40])


def test_a_page_beside_a_side_column_is_running_text() -> None:
    page = [
        "一、组织方面",
        "1．学习不深入。",
        "已学习。",
        "2．会议少。",
        "已开会。",
        "二、作风方面",
        "3．检查少。",
        "已检查。",
    ]
    side = ["栏目导航", "校务公开", "党建园地"]
    cells = "".join(f"<w:tc>{''.join(map(paragraph, cell))}</w:tc>" for cell in (side, page))
    assert text_of(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == side + page
