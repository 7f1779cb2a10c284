"""Writes the documents that `files/` holds in old formats; LibreOffice turns them into these.

    python tests/notice/formats/make_old_files.py FOLDER
    soffice --headless --convert-to doc FOLDER/notice.docx    # rtf, odt; boxes.docx alike; book.xlsx to xls, ods

The tests themselves need no LibreOffice.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook

W = nsdecls("w")
LEVELS = (
    ("chineseCounting", "%1、", "nothing"),
    ("chineseCounting", "（%2）", "nothing"),
    ("decimal", "%3.", "space"),
)
LIST, GOING_ON = 90, 91
BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wp:anchor behindDoc="0" distT="0" distB="0" distL="0" distR="0" simplePos="0"
 locked="0" layoutInCell="0" allowOverlap="1" relativeHeight="2"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:posOffset>635</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>635</wp:posOffset></wp:positionV>
<wp:extent cx="3000000" cy="900000"/><wp:effectExtent l="0" t="0" r="0" b="0"/>
<wp:wrapSquare wrapText="largest"/><wp:docPr id="{number}" name="T{number}"/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="900000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent>
</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
</mc:AlternateContent></w:r>"""


def add_list(document: Any) -> None:
    """A list of three levels, the first of which is that of the headings; one that goes on with 5."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f"{'' if level else '<w:pStyle w:val=' + chr(34) + 'Heading1' + chr(34) + '/>'}"
        f'<w:suff w:val="{follow}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (kind, text, follow) in enumerate(LEVELS)
    )
    abstract = parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="{LIST}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(list(numbering).index(numbering.find(qn("w:num"))), abstract)
    for number, override in (
        (LIST, ""),
        (GOING_ON, '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride>'),
    ):
        numbering.append(
            parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{LIST}"/>{override}</w:num>')
        )
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {W}><w:numId w:val="{LIST}"/></w:numPr>'))


def numbered(document: Any, text: str, level: int, number: int = LIST) -> None:
    """A paragraph of a list."""
    element = document.add_paragraph(text)._p
    element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def add_runs(paragraph: Any, *runs: str) -> None:
    """Runs as XML."""
    for run in runs:
        head, _, rest = run.partition(">")
        paragraph._p.append(parse_xml(f"{head} {W}>{rest}"))


def notice() -> Any:
    """Numbers of lists and headings, changes, hidden text, fields, merged and nested tables, a head of the page."""
    document = Document()
    add_list(document)
    document.add_paragraph("中共某县水务局党组关于巡察整改进展情况的通报")
    document.add_paragraph("整改工作总体情况", style="Heading 1")
    add_runs(
        document.add_paragraph("局党组召开专题会议3次。"),
        '<w:del w:id="1" w:author="a" w:date="2023-05-01T00:00:00Z"><w:r><w:delText>删去的话。</w:delText></w:r></w:del>',
        '<w:ins w:id="2" w:author="a" w:date="2023-05-01T00:00:00Z"><w:r><w:t>增加的话。</w:t></w:r></w:ins>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的话。</w:t></w:r>",
        "<w:r><w:t>生僻字𠮷。</w:t></w:r>",
    )
    document.add_paragraph("反馈问题整改情况", style="Heading 1")
    numbered(document, "聚焦主责主业方面", 1)
    numbered(document, "关于“河道巡查频次不足”的问题", 2)
    document.add_paragraph("整改情况：新聘巡河员26名，已整改到位。")
    numbered(document, "关于“水费收缴不规范”的问题", 2)
    document.add_paragraph("整改情况：正在清欠，已追缴4.6万元。")
    numbered(document, "聚焦组织建设方面", 1)
    numbered(document, "关于“支部换届不及时”的问题", 2)
    broken = document.add_paragraph("整改情况：两个支部已换届，")
    broken.add_run().add_break()
    broken.add_run("其余3个年内完成。")
    numbered(document, "关于“续编号”的问题", 2, GOING_ON)
    add_runs(
        document.add_paragraph("整改情况：见"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:instrText> HYPERLINK "http://example.invalid/a" </w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        "<w:r><w:t>附件说明</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "<w:r><w:t>，已完成。</w:t></w:r>",
    )
    document.add_paragraph("项目", style="List Bullet")
    document.add_paragraph("问题清单", style="Heading 1")
    add_table(document)
    document.add_paragraph("2023年5月10日")
    document.sections[0].header.paragraphs[0].text = "页眉文字"
    return document


def add_table(document: Any) -> None:
    """A table with cells merged down and across, and a table in a cell."""
    rows = (
        ("序号", "问题", "整改情况", "责任单位"),
        ("1", "档案管理不规范", "补齐档案31卷，已完成。", ""),
        ("2", "公文流转超期", "修订制度，已完成。", ""),
        ("3", "印章台账缺失", "", ""),
    )
    table = document.add_table(rows=4, cols=4)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 3).merge(table.cell(2, 3)).text = "办公室"
    table.cell(3, 2).merge(table.cell(3, 3)).text = "重新登记印章12枚，已完成。"
    inner = table.cell(1, 2).add_table(rows=2, cols=2)
    cells = [cell for row in inner.rows for cell in row.cells]
    for cell, text in zip(cells, ("年度", "卷数", "2021", "31"), strict=True):
        cell.text = text
    table.cell(1, 2).add_paragraph("另：继续核对。")


def boxes() -> Any:
    """Text boxes that are anchored in two paragraphs."""
    document = Document()
    texts = ("关于整改情况的说明", "第二段文字。段尾。", "第三段。")
    paragraphs = [document.add_paragraph(text) for text in texts]
    for number, lines in enumerate((("框一第一行", "框一第二行"), ("框二",)), 1):
        content = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        paragraphs[number - 1]._p.append(parse_xml(BOX.format(number=number, paragraphs=content)))
    return document


def book() -> Workbook:
    """A sheet that explains, one with merged cells and values of all kinds, a hidden one."""
    workbook = Workbook()
    explaining = workbook.active
    explaining.title = "填表说明"
    explaining.append(["1.按月报送"])
    sheet = workbook.create_sheet("整改台账")
    sheet.append(["序号", "问题", "整改情况", "完成时限", "是否销号"])
    sheet.append([1, "档案管理不规范", "补齐档案31卷。\n已归档。", datetime.date(2023, 5, 10), True])
    sheet.append([2, "公文流转超期", None, "2023年6月底", False])
    sheet.append([3.5, "印章台账缺失", "重新登记。", datetime.date(2023, 12, 1), True])
    sheet.merge_cells("C2:C3")
    sheet.append(["合计", None, "共3项"])
    sheet.merge_cells("A5:B5")
    hidden = workbook.create_sheet("旧稿")
    hidden.append(["旧稿内容"])
    hidden.sheet_state = "hidden"
    return workbook


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    notice().save(str(folder / "notice.docx"))
    boxes().save(str(folder / "boxes.docx"))
    book().save(str(folder / "book.xlsx"))
