"""Word documents made for the corpus."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cases.case import Case, item
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from numbering_xml import add_list, set_number


def docx_cases() -> Iterator[Case]:
    """Automatic numbering, tables, tracked changes, text boxes, soft breaks, a wrong ending."""
    yield _case("docx-auto-numbering.docx", numbered(), NUMBERED)
    yield _case("docx-auto-numbering.doc", numbered(), NUMBERED)
    yield _case("docx-circled-numbering.docx", circled(), CIRCLED)
    yield _case("docx-table.docx", table(), TABLE)
    yield _case("docx-tables-under-headings.docx", tables_under_headings(), UNDER_HEADINGS)
    yield _case("docx-label-table.docx", label_table(), LABELS)
    yield _case("docx-tracked-changes.docx", tracked(), TRACKED)
    yield _case("docx-text-box-soft-breaks.docx", boxes(), BOXES)


def _case(name: str, document: DocumentType, items: list[dict[str, Any]]) -> Case:
    buffer = io.BytesIO()
    document.save(buffer)
    return Case(name, buffer.getvalue(), {"about": name, "items": items})


NUMBERED = [
    item(
        "1.",
        "地质灾害隐患点巡查频次不足",
        "巡查隐患点1,130处次",
        path=["履行主责主业方面", "防灾减灾责任落实不到位"],
    ),
    item("2.", "群测群防员培训走形式", "培训群测群防员214人"),
    item("1.", "矿业权出让信息公开不完整", "补充公开出让信息9条"),
    item("1.", "差旅费报销审核不严", "退回超标准住宿费3,270元", path=["全面从严治党方面", "财务管理不规范"]),
]


def numbered() -> DocumentType:
    """Three levels of automatic numbers: 一、 （一） 1."""
    document = Document()
    document.add_paragraph("中共青川市地质环境监测站支部巡察整改情况通报")
    levels = [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    number = add_list(document, levels)

    def add(text: str, level: int | None = None) -> None:
        paragraph = document.add_paragraph(text)
        if level is not None:
            set_number(paragraph, number, level)

    add("履行主责主业方面", 0)
    add("防灾减灾责任落实不到位", 1)
    add("地质灾害隐患点巡查频次不足。", 2)
    add("整改情况：汛期以来巡查隐患点1,130处次，撤离群众86人。")
    add("群测群防员培训走形式。", 2)
    add("整改情况：分片培训群测群防员214人，现场考核合格率100%。")
    add("政务公开不及时", 1)
    add("矿业权出让信息公开不完整。", 2)
    add("整改情况：补充公开出让信息9条。")
    add("全面从严治党方面", 0)
    add("财务管理不规范", 1)
    add("差旅费报销审核不严。", 2)
    add("整改情况：退回超标准住宿费3,270元。")
    return document


CIRCLED = [
    item("①", "窗口排队时间长", "增设自助终端6台", path=["服务群众有差距"]),
    item("②", "异地业务一次办结率低", "一次办结率提高到97%"),
    item("①", "合同档案缺失", "补齐合同档案52份", path=["内控管理有漏洞"]),
]


def circled() -> DocumentType:
    """（一） by hand; ① ② automatic, restarting under each heading."""
    document = Document()
    document.add_paragraph("市不动产登记中心党支部巡察整改情况公示")
    for heading, entries in (
        ("（一）服务群众有差距", [("窗口排队时间长。", "增设自助终端6台，平均等候时间降至9分钟。"),
                        ("异地业务一次办结率低。", "开通“跨省通办”专窗，一次办结率提高到97%。")]),
        ("（二）内控管理有漏洞", [("合同档案缺失。", "补齐合同档案52份，落实专人保管。")]),
    ):  # fmt: skip
        document.add_paragraph(heading)
        number = add_list(document, [("decimalEnclosedCircleChinese", "%1")])
        for problem, outcome in entries:
            set_number(document.add_paragraph(problem), number, 0)
            document.add_paragraph("整改落实情况：" + outcome)
    return document


HEAD = ("序号", "存在问题", "整改措施", "整改时限", "责任单位", "整改情况")
ROWS = (
    ("1", "救灾物资仓库选址不合理", "重新选址建设", "2023年6月", "物资储备科", "新仓库已于2023年5月启用。"),
    (
        "2",
        "应急预案未及时修订",
        "修订3项预案",
        "2022年底",
        "应急管理科",
        "已印发防汛、抗震、森林火灾3项预案。",
    ),
    ("3", "应急值守脱岗", "安装视频查岗系统", "立行立改", "值班室", "系统已运行，通报批评2人。"),
)
TABLE = [
    item(n, problem, outcome, deadline=deadline, responsible=unit)
    for n, problem, _, deadline, unit, outcome in ROWS
]


def _add_table(document: DocumentType, rows: tuple[tuple[str, ...], ...]) -> Any:
    grid = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    return grid


def table() -> DocumentType:
    """The usual ledger; a row merged over all columns names the part."""
    document = Document()
    document.add_paragraph("区应急管理局党委巡察反馈意见整改落实情况表")
    grid = _add_table(document, (HEAD, ("一、应急保障方面", "", "", "", "", ""), *ROWS))
    cells = grid.rows[1].cells
    cells[0].merge(cells[-1]).text = "一、应急保障方面"
    return document


UNDER_HEADINGS = [
    item("1", "项目储备不足", "储备项目43个", path=["聚焦高质量发展方面"]),
    item("2", "争取资金力度不大", "争取上级资金2.1亿元"),
    item("1", "节假日值班安排不合理", "实行轮值制度", path=["聚焦干部作风方面"]),
]


def tables_under_headings() -> DocumentType:
    """A table of three columns below every heading; automatic numbers in the first column."""
    document = Document()
    document.add_paragraph("中共白杨镇委员会巡察整改情况公示")
    parts = (
        (
            "一、聚焦高质量发展方面",
            (("项目储备不足", "储备项目43个，开工28个。"), ("争取资金力度不大", "争取上级资金2.1亿元。")),
        ),
        ("二、聚焦干部作风方面", (("节假日值班安排不合理", "实行轮值制度，设立AB岗。"),)),
    )
    for heading, entries in parts:
        document.add_paragraph(heading)
        rows = tuple(("", problem, outcome) for problem, outcome in entries)
        grid = _add_table(document, (("序号", "反馈问题", "整改完成情况"), *rows))
        number = add_list(document, [("decimal", "%1")])
        for row in grid.rows[1:]:
            paragraph = row.cells[0].paragraphs[0]
            set_number(paragraph, number, 0)
    return document


LABELS = [
    item(None, "采购档案资料不齐全", "补充归档资料67份", deadline="2022年11月", responsible="后勤部"),
    item(None, "劳务外包人员考核缺位", "扣减服务费1.6万元", deadline="2022年12月", responsible="人力资源部"),
]


def label_table() -> DocumentType:
    """A table of labels and values, block after block."""
    document = Document()
    document.add_paragraph("市公交集团党委巡察整改落实情况")
    _add_table(
        document,
        (
            ("反馈问题", "采购档案资料不齐全"),
            ("整改措施", "清理2019年以来采购项目"),
            ("责任部门", "后勤部"),
            ("完成时限", "2022年11月"),
            ("整改结果", "补充归档资料67份。"),
            ("反馈问题", "劳务外包人员考核缺位"),
            ("整改措施", "制定考核办法"),
            ("责任部门", "人力资源部"),
            ("完成时限", "2022年12月"),
            ("整改结果", "按月考核，扣减服务费1.6万元。"),
        ),
    )
    return document


TRACKED = [
    item("（一）", "水质监测点位覆盖不全", "新增自动监测站5座", not_in_outcome=["新增3座", "待核实"]),
    item("（二）", "排污口整治缓慢", "完成整治排污口118个"),
]


def tracked() -> DocumentType:
    """Insertions, deletions, a deleted paragraph mark, a comment."""
    document = Document()
    document.add_paragraph("市生态环境监测站巡察整改情况通报")
    document.add_paragraph("（一）水质监测点位覆盖不全。")
    paragraph = document.add_paragraph("整改情况：")
    deleted = '<w:del {ns} w:id="1" w:author="a"><w:r><w:delText>新增3座，待核实。</w:delText></w:r></w:del>'
    inserted = '<w:ins {ns} w:id="2" w:author="a"><w:r><w:t>新增自动监测站5座。</w:t></w:r></w:ins>'
    for xml in (deleted, inserted):
        paragraph._p.append(parse_xml(xml.format(ns=nsdecls("w"))))
    cut = document.add_paragraph("（二）排污口")
    mark = OxmlElement("w:rPr")
    mark.append(OxmlElement("w:del"))
    cut._p.get_or_add_pPr().append(mark)
    document.add_paragraph("整治缓慢。")
    document.add_paragraph("整改情况：完成整治排污口118个。")
    return document


BOXES = [
    item("1.", "台账记录不规范", "统一台账格式"),
    item("2.", "工会活动经费列支不规范", "清退经费5,800元"),
]


def boxes() -> DocumentType:
    """The title in a text box; problem and outcome parted by a soft break; header and footer."""
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "1.页眉里的问题不到位。"
    section.footer.paragraphs[0].text = "整改情况：页脚里的情况。"
    run = document.add_paragraph().add_run()
    box = (
        '<w:pict {ns} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>区总工会机关支部巡察整改情况公示</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    run._r.append(parse_xml(box.format(ns=nsdecls("w"))))
    for problem, outcome in (
        ("1.台账记录不规范。", "整改情况：统一台账格式，每月检查。"),
        ("2.工会活动经费列支不规范。", "整改情况：清退经费5,800元。"),
    ):
        paragraph = document.add_paragraph(problem)
        paragraph.add_run().add_break()
        paragraph.add_run(outcome)
    hidden = document.add_paragraph().add_run("3.隐藏的问题不到位。")
    hidden.font.hidden = True
    assert hidden._r.find(qn("w:rPr")) is not None
    return document
