"""Word and Excel 2003 XML, as Word, WPS and office systems write them."""

from __future__ import annotations

import pytest

from zhenggai.errors import ReadingError
from zhenggai.notice.reading import read

WORD = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
)
LISTS = (
    '<w:lists><w:listDef w:listDefId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/>'
    '<w:suff w:val="Nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:listDef>'
    '<w:list w:ilfo="1"><w:ilst w:val="3"/></w:list></w:lists>'
    '<w:styles><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style></w:styles>'
)
LISTED = '<w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/>{}</w:listPr></w:pPr>'
EXCEL = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
)


def document(body: str) -> bytes:
    return f"<?xml version='1.0'?>\n<w:wordDocument {WORD}>{LISTS}<w:body>{body}</w:body></w:wordDocument>".encode()


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_text_numbers_and_headings(codec: str) -> None:
    body = (
        "<wx:sect><wx:sub-section>"
        + p("总体", LISTED.format(""))
        + p("问题", LISTED.format('<wx:t wx:val="二、"/>'))
        + p("项目", LISTED.format('<wx:t wx:val="·"/>'))
        + p("标题", '<w:pPr><w:pStyle w:val="a"/></w:pPr>')
        + "</wx:sub-section></wx:sect>"
    )
    source = read("通报.doc", document(body).decode().encode(codec))
    assert source.text.split("\n") == ["一、总体", "二、问题", "项目", "标题"]
    assert (source.kind, source.headings) == ("doc", (source.text.index("标题"),))


def test_changes_and_hidden_text() -> None:
    kept = '<aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>增</w:t></w:r></aml:content></aml:annotation>'
    gone = '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>删</w:delText></w:r></aml:content></aml:annotation>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
    assert read("a.xml", document(f"<w:p><w:r><w:t>甲</w:t></w:r>{kept}{gone}{hidden}</w:p>")).text == "甲增"


def test_tables() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(cells)}</w:tr>"

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    body = "<w:tbl>" + row(cell("序号"), cell("问题"), cell("整改情况"))
    body += row(cell("1"), cell("学习不够"), cell("已学", '<w:vmerge w:val="restart"/>'))
    body += row(cell("2"), cell("党课少"), cell("", "<w:vmerge/>"))
    body += row(cell("合计", '<w:gridSpan w:val="2"/>'), cell("2项")) + "</w:tbl>"
    lines = ["序号\t问题\t整改情况", "1\t学习不够\t已学", "2\t党课少\t已学", "合计\t\t2项"]
    assert read("a.doc", document(body)).text.split("\n") == lines


def test_what_is_refused() -> None:
    deep = "<w:r>" * 500 + "</w:r>" * 500
    for data, reason in (
        (document(f"<w:p>{deep}</w:p>"), "嵌套过深"),
        (document("").replace(b"</w:body>", b""), "XML 损坏"),
        (document("").replace(b"<w:body></w:body>", b""), "缺少正文"),
        (book("").replace(b"</Workbook>", b""), "XML 损坏"),
        (book(""), "没有工作表"),
        (book("".join(f'<Worksheet ss:Name="{n}"/>' for n in ("台账", "通报", "复核", "说明"))), "台账"),
    ):
        with pytest.raises(ReadingError, match=reason):
            read("a.doc", data)


def book(sheets: str) -> bytes:
    return f"<?xml version='1.0'?>\n<Workbook {EXCEL}>{sheets}</Workbook>".encode()


def data(kind: str, text: str, attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_workbooks() -> None:
    texts = "".join(data("String", text) for text in ("序号", "问题", "整改情况", "时限", "备注"))
    first = (
        data("Number", "1")
        + data("String", "学习不够")
        + data("String", "已学<B>两</B>次", 'ss:MergeDown="1"')
        + data("DateTime", "2023-05-10T00:00:00.000")
        + data("Boolean", "1")
    )
    second = data("Number", "2.5") + data("String", "党课少") + data("DateTime", "?", 'ss:Index="4"')
    rows = f'<Row>{texts}</Row><Row ss:Index="4">{first}</Row><Row>{second}</Row>'
    rows += "<Row>" + data("String", "合计", 'ss:MergeAcross="1"') + data("Number", "x") + "</Row>"
    hidden = '<WorksheetOptions xmlns="urn:x"><Visible>SheetHidden</Visible></WorksheetOptions>'
    source = read(
        "a.xls",
        book(
            f'<Worksheet ss:Name="台账"><Table>{rows}</Table></Worksheet>'
            f'<Worksheet ss:Name="旧"><Table><Row>{data("String", "旧")}</Row></Table>{hidden}</Worksheet>'
        ),
    )
    assert source.text.split("\n") == [
        "序号\t问题\t整改情况\t时限\t备注",
        "1\t学习不够\t已学两次\t2023年5月10日\t是",
        "2.5\t党课少\t已学两次\t?",
        "合计\t\tx",
    ]
    assert source.warnings == ("另有 1 个隐藏的工作表没有读取",)


def test_cells_beyond_the_widest_table() -> None:
    rows = (
        f"<Row>{data('String', '甲')}{data('String', '乙', 'ss:Index=' + chr(34) + '99999' + chr(34))}</Row>"
    )
    rows += f"<Row>{data('String', '丙', 'ss:MergeAcross=' + chr(34) + '9999' + chr(34))}{data('String', '丁')}</Row>"
    assert read("a.xls", book(f'<Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet>')).text == "甲\n丙"
