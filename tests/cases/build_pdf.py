"""PDF files made for the corpus."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from cases.case import Case, item
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

FONT = "STSong-Light"
MEASURES = (
    "一是召开专题会议研究部署，明确责任领导和责任科室；二是建立问题清单、任务清单、责任清单，逐项对账销号；"
)


def pdf_cases() -> Iterator[Case]:
    """Paragraphs with and without indent, running heads, page numbers, a table over pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    yield Case("pdf-indented.pdf", paragraphs(indent=24, space=0), _expected())
    yield Case("pdf-spaced.pdf", paragraphs(indent=0, space=10), _expected())
    yield Case("pdf-plain.pdf", paragraphs(indent=0, space=0), _expected())
    yield Case("pdf-table.pdf", table(), {"about": "a ruled table over pages", "items": TABLE})
    marked = [{**row, "not_in_outcome": list(MARK)} for row in TABLE]
    for name, mark in (("rotated", _rotated), ("light", _level)):
        yield Case(f"pdf-table-{name}.pdf", table(mark), {"about": f"a {name} watermark", "items": marked})


PROBLEMS = (
    ("（一）", "基层站所标准化建设推进不均衡", "完成17个站所改造"),
    ("（二）", "行政处罚自由裁量权使用不规范", "评查案卷240份"),
    ("（三）", "对企业信用修复政策宣传不够", "帮助388户企业修复信用"),
    ("（四）", "特种设备检验超期", "检验超期设备全部停用，检验合格率达到99.2%"),
    ("（五）", "机关食堂采购未比价", "重新选定供应商3家"),
)


def _expected() -> dict[str, Any]:
    return {"about": "wrapped lines", "items": [item(*problem) for problem in PROBLEMS]}


def _style(**settings: Any) -> ParagraphStyle:
    return ParagraphStyle("body", fontName=FONT, fontSize=14, leading=26, wordWrap="CJK", **settings)


def paragraphs(indent: float, space: float) -> bytes:
    """Every answer runs over three lines or more, and over page ends."""
    title = _style(alignment=1)
    body = _style(firstLineIndent=indent, spaceAfter=space)
    story = [Paragraph("中共龙泉区市场监督管理局党组关于区委巡察整改进展情况的通报", title), Spacer(1, 10)]
    for number, problem, outcome in PROBLEMS:
        story.append(Paragraph(f"{number}{problem}。", body))
        story.append(Paragraph(f"整改情况：{MEASURES * 3}三是{outcome}，相关制度已印发执行。", body))
    return _build(story, A4)


MARK = "内部资料严禁外传"


def _rotated(canvas: Any, width: float, height: float) -> None:
    canvas.translate(width / 4, height / 6)
    canvas.rotate(30)
    _lettered(canvas, 55, width)


def _level(canvas: Any, width: float, height: float) -> None:
    canvas.translate(40, height / 2)
    _lettered(canvas, 30, width)


def _lettered(canvas: Any, size: float, width: float) -> None:
    canvas.setFillGray(0.83)
    canvas.setFont(FONT, size)
    for index, letter in enumerate(MARK):
        canvas.drawString(index * width / 10, 0, letter)


Mark = Callable[[Any, float, float], None]


def _build(story: list[Any], size: tuple[float, float], mark: Mark | None = None) -> bytes:
    def decorate(canvas: Any, document: Any) -> None:
        if mark is not None:
            canvas.saveState()
            mark(canvas, *size)
            canvas.restoreState()
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(size[0] / 2, 28, f"第 {document.page} 页 共 3 页")
        canvas.drawString(72, size[1] - 40, "龙泉区市场监督管理局文件")

    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=size, invariant=1)
    document.build(story, onFirstPage=decorate, onLaterPages=decorate)
    return buffer.getvalue()


ROWS = tuple(
    (
        str(n),
        f"第{n}片区排水管网维护不及时",
        "制定年度养护计划",
        "2023年底",
        "养护中心",
        f"清淤管网{n * 3}公里，更换井盖{n * 11}座。",
    )
    for n in range(1, 31)
)
TABLE = [
    item(n, problem, outcome, deadline=deadline, responsible=unit)
    for n, problem, _, deadline, unit, outcome in ROWS
]


def table(mark: Mark | None = None) -> bytes:
    """A head repeated on every page; a watermark across them."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    cell = ParagraphStyle("cell", fontName=FONT, fontSize=10, leading=14, wordWrap="CJK")
    head = ("序号", "反馈问题", "整改措施", "整改时限", "责任单位", "整改情况")
    rows = [[Paragraph(text, cell) for text in row] for row in (head, *ROWS)]
    grid = Table(rows, colWidths=(40, 150, 120, 80, 90, 220), repeatRows=1)
    grid.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    title = ParagraphStyle("title", fontName=FONT, fontSize=16, leading=24, alignment=1)
    return _build([Paragraph("市排水公司党委巡察整改情况表", title), grid], landscape(A4), mark)
