"""A labelled notice as a rectification table, in the layouts that are met: Word, web page, tab-separated, PDF.

The texts are those of the notice; deadlines, responsible bodies and the parting into measures and results
are made up, since the notices (running text) have none. `scripts/evaluate_tables.py` reads them back.
"""

from __future__ import annotations

import html
import io
import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.table import Table

from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.language.statement import unwrap

DEADLINES = ("2023年6月底前", "立行立改", "2023年12月", "长期坚持", "2022年11月30日", "已完成并长期坚持")
BODIES = (
    "办公室",
    "组织人事科、机关党委",
    "财务科",
    "各基层党支部",
    "分管领导：李某；牵头科室：督查室",
    "纪检监察组",
)
TITLE = "关于巡察反馈意见整改进展情况的通报"


@dataclass(frozen=True)
class Row:
    """A problem as the table gives it."""

    number: int
    path: str
    problem: str
    measures: tuple[str, ...]
    """Sentences."""
    results: tuple[str, ...]
    deadline: str
    responsible: str


def rows_of(annotations: Path, most: int = 20) -> list[Row]:
    """Rows of a labelled notice; problems that it states twice come once."""
    rows: list[Row] = []
    seen: set[str] = set()
    for given in map(json.loads, annotations.read_text(encoding="utf-8").splitlines()):
        problem = _plain(given["problem"])
        sentences = [s for s in re.split(r"(?<=[。！])|\n", given["outcome"]) if len(s.strip()) > 1]
        if problem in seen or not sentences or len(rows) == most:
            continue
        seen.add(problem)
        half = (len(sentences) + 1) // 2
        number = len(rows)
        rows.append(
            Row(
                number + 1,
                _plain(given["path"][0]) if given["path"] else "巡察反馈问题",
                problem,
                tuple(sentences[:half]),
                tuple(sentences[half:]) or ("已完成整改。",),
                DEADLINES[number % len(DEADLINES)],
                BODIES[number // 2 % len(BODIES)],
            )
        )
    return rows


def _plain(heading: str) -> str:
    """A heading without its number and wrapper."""
    marker = match_marker(heading)
    statement = unwrap(heading, marker.length if marker else 0)
    return heading[statement.start : statement.end]


def _groups(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    for path, group in itertools.groupby(rows, key=lambda row: row.path):
        yield path, list(group)


# -- Word ------------------------------------------------------------------------------------------


def _saved(document: DocumentType) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _grid(document: DocumentType, rows: Sequence[Sequence[str]]) -> Table:
    grid = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    return grid


def docx_usual(rows: Sequence[Row]) -> bytes:
    """序号 | 问题 | 整改措施 | 整改时限 | 责任单位 | 整改情况."""
    document = Document()
    document.add_paragraph(TITLE)
    head = ("序号", "反馈问题", "整改措施", "整改时限", "责任单位", "整改情况")
    body = [
        (str(r.number), r.problem, "\n".join(r.measures), r.deadline, r.responsible, "\n".join(r.results))
        for r in rows
    ]
    _grid(document, [head, *body])
    document.add_paragraph("2023年7月1日")
    return _saved(document)


def docx_merged_categories(rows: Sequence[Row]) -> bytes:
    """The category in a column of its own, merged downwards; the responsible body before the problem."""
    document = Document()
    document.add_paragraph(TITLE)
    head = ("问题类别", "责任部门", "序号", "具体问题表现", "整改举措及成效", "完成时限")
    body = [
        (r.path, r.responsible, f"{r.number}、", r.problem, "\n".join(r.measures + r.results), r.deadline)
        for r in rows
    ]
    grid = _grid(document, [head, *body])
    at = 1
    for path, group in _groups(rows):
        merged = grid.cell(at, 0).merge(grid.cell(at + len(group) - 1, 0))
        merged.text = path
        at += len(group)
    return _saved(document)


def docx_group_rows(rows: Sequence[Row]) -> bytes:
    """A row over the whole width names the group; a note stands before the table."""
    document = Document()
    document.add_paragraph(TITLE)
    document.add_paragraph("根据统一部署，现将巡察整改情况予以公布，具体如下表。")
    head = ("序号", "存在的主要问题", "整改落实情况", "责任人", "整改期限", "备注")
    grid = _grid(document, [head])
    for number, (path, group) in enumerate(_groups(rows)):
        cells = grid.add_row().cells
        cells[0].merge(cells[-1]).text = f"{'一二三四五六七八九十'[number % 10]}、{path}"
        for r in group:
            values = (
                str(r.number),
                r.problem + "。",
                "".join(r.measures + r.results),
                r.responsible,
                r.deadline,
                "",
            )
            for cell, text in zip(grid.add_row().cells, values, strict=True):
                cell.text = text
    return _saved(document)


def docx_label_blocks(rows: Sequence[Row]) -> bytes:
    """A small table of labels and texts for every problem."""
    document = Document()
    document.add_paragraph(TITLE)
    for r in rows:
        document.add_paragraph(f"整改清单（{r.number}）")
        blocks = (
            ("反馈问题", r.problem),
            ("整改措施", "\n".join(r.measures)),
            ("责任单位", r.responsible),
            ("整改时限", r.deadline),
            ("整改结果", "".join(r.results)),
        )
        _grid(document, blocks)
    return _saved(document)


def docx_table_each_part(rows: Sequence[Row]) -> bytes:
    """A heading and a table of its own for every part; measures numbered within the cell."""
    document = Document()
    document.add_paragraph(TITLE)
    for number, (path, group) in enumerate(_groups(rows)):
        document.add_paragraph(f"{'一二三四五六七八九十'[number % 10]}、{path}方面")
        head = ("序号", "问题清单", "整改措施", "完成情况", "责任单位（责任人）", "完成时间")
        body = []
        for r in group:
            measures = "\n".join(f"{n}.{text}" for n, text in enumerate(r.measures, 1))
            body.append((str(r.number), r.problem, measures, "".join(r.results), r.responsible, r.deadline))
        _grid(document, [head, *body])
    return _saved(document)


def docx_sub_table(rows: Sequence[Row]) -> bytes:
    """The measures of a problem in a table within the cell."""
    document = Document()
    document.add_paragraph(TITLE)
    head = ("序号", "巡察反馈问题", "整改措施及进展", "责任部门", "整改完成时限")
    grid = _grid(document, [head])
    for r in rows:
        cells = grid.add_row().cells
        for index, text in ((0, str(r.number)), (1, r.problem), (3, r.responsible), (4, r.deadline)):
            cells[index].text = text
        inner = cells[2].add_table(rows=0, cols=2)
        for number, text in enumerate(r.measures + r.results, 1):
            pair = inner.add_row().cells
            pair[0].text, pair[1].text = f"措施{number}", text
    return _saved(document)


# -- pages -----------------------------------------------------------------------------------------


def _page(table: str) -> bytes:
    links = "".join(f'<li><a href="/{i}">要闻之{i}：召开会议研究部署</a></li>' for i in range(8))
    return f"""<html><head><meta charset="utf-8"><title>{TITLE}-某某区政府</title></head><body>
<div class="nav"><ul>{links}</ul></div><div class="main"><h1>{TITLE}</h1>
<div class="info">发布时间：2023-05-09 来源：区纪委 浏览次数：120</div>{table}
<p>【打印本页】【关闭窗口】</p></div><div class="footer">版权所有：某某区政府</div></body></html>""".encode()


def _tr(cells: Sequence[str], tag: str = "td") -> str:
    return "<tr>" + "".join(c if c.startswith("<t") else f"<{tag}>{c}</{tag}>" for c in cells) + "</tr>"


def _text(text: str) -> str:
    return html.escape(text)


def html_measure_rows(rows: Sequence[Row]) -> bytes:
    """A row for every measure; number, problem, body and deadline span them."""
    body = []
    for r in rows:
        steps = r.measures + r.results
        span = f'<td rowspan="{len(steps)}">'
        first = [f"{span}{_text(v)}</td>" for v in (str(r.number), r.problem)]
        last = [f"{span}{_text(v)}</td>" for v in (r.responsible, r.deadline)]
        body.append(_tr([*first, _text(steps[0]), *last]))
        body += [_tr([_text(step)]) for step in steps[1:]]
    head = _tr(("序号", "问题", "整改措施和落实情况", "牵头单位", "整改时限"), "th")
    return _page(f"<table border=1><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>")


def html_two_heads(rows: Sequence[Row]) -> bytes:
    """A head of two rows: 整改落实 over 整改措施 and 整改成效."""
    head = _tr(
        (
            '<th rowspan="2">序号</th>', '<th rowspan="2">存在问题</th>', '<th colspan="2">整改落实</th>', '<th rowspan="2">责任科室</th>', '<th rowspan="2">时限要求</th>',
        )
    ) + _tr(("整改措施", "整改成效"), "th")  # fmt: skip
    body = "".join(
        _tr(
            [
                _text(v)
                for v in (
                    str(r.number),
                    r.problem,
                    "".join(r.measures),
                    "".join(r.results),
                    r.responsible,
                    r.deadline,
                )
            ]
        )
        for r in rows
    )
    return _page(f"<table>{head}{body}</table>")


def html_word_paste(rows: Sequence[Row]) -> bytes:
    """Pasted from Word: paragraphs and spans in every cell, group cells over several rows, a title in the table."""
    body = [f'<tr><td colspan="6"><p align=center><b>{TITLE}</b></p></td></tr>']
    names = ("方面", "反馈意见", "整改情况", "责任领导", "责任单位", "完成时限")
    body.append(_tr([f"<td><p><b>{n[:2]}<span>&nbsp;</span>{n[2:]}</b></p></td>" for n in names]))
    for path, group in _groups(rows):
        for index, r in enumerate(group):
            first = [f'<td rowspan="{len(group)}"><p>{_text(path)}</p></td>'] if index == 0 else []
            steps = "".join(
                f"<p class=MsoNormal>&nbsp;&nbsp;<span>{_text(s)}</span></p>" for s in r.measures + r.results
            )
            values = [
                f"<p>{r.number}.<span>{_text(r.problem)}</span></p>",
                steps,
                "王某",
                _text(r.responsible),
                r.deadline,
            ]
            body.append(_tr([*first, *values]))
    return _page(f"<div><table class=MsoTableGrid>{''.join(body)}</table></div>")


# -- text and PDF ----------------------------------------------------------------------------------


def text_other_order(rows: Sequence[Row]) -> bytes:
    """Tab-separated, GB18030, the problem late, an empty column."""
    lines = [TITLE, "编号\t责任单位\t整改时限\t问题描述\t\t整改进展"]
    for r in rows:
        steps = "".join(r.measures + r.results)
        lines.append("\t".join((str(r.number), r.responsible, r.deadline, r.problem, "", steps)))
    return "\r\n".join(lines).encode("gb18030")


def text_pages(rows: Sequence[Row]) -> bytes:
    """Tab-separated, the head again on every page, a page number between, rows that go on on the next page."""
    head = "序号\t问题\t整改措施\t整改成果\t责任部门\t时限"
    lines = [TITLE, head]
    for r in rows:
        whole = (str(r.number), r.problem, "".join(r.measures), "".join(r.results), r.responsible, r.deadline)
        if r.number % 4:
            lines.append("\t".join(whole))
            continue
        lines.append("\t".join((*whole[:2], r.measures[0], "", *whole[4:])))
        lines += [f"第 {r.number // 4} 页", head]
        lines.append("\t".join(("", "", "".join(r.measures[1:]), whole[3], "", "")))
    return "\n".join(lines).encode()


def pdf_ruled(rows: Sequence[Row]) -> bytes:
    """A ruled table over several pages of a PDF, the head repeated."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, TableStyle
    from reportlab.platypus import Table as PdfTable

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("cell", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")

    def cells(values: Sequence[str]) -> list[Paragraph]:
        return [Paragraph(_text(value.replace("·", "・")), style) for value in values]

    data = [cells(("序号", "反馈问题", "整改措施", "整改完成情况", "责任单位", "整改时限"))]
    for r in rows:
        steps = ("".join(r.measures), "".join(r.results))
        data.append(cells((str(r.number), r.problem, *steps, r.responsible, r.deadline)))
    table = PdfTable(data, colWidths=(30, 140, 230, 200, 90, 70), repeatRows=1)
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=landscape(A4)).build([Paragraph(TITLE, style), table])
    return buffer.getvalue()


LAYOUTS: dict[str, Callable[[Sequence[Row]], bytes]] = {
    "usual.docx": docx_usual,
    "merged-categories.docx": docx_merged_categories,
    "group-rows.docx": docx_group_rows,
    "label-blocks.docx": docx_label_blocks,
    "table-each-part.docx": docx_table_each_part,
    "sub-table.docx": docx_sub_table,
    "measure-rows.html": html_measure_rows,
    "two-heads.html": html_two_heads,
    "word-paste.html": html_word_paste,
    "other-order.txt": text_other_order,
    "pages.txt": text_pages,
    "ruled.pdf": pdf_ruled,
}
