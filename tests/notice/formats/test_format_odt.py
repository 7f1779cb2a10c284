"""OpenDocument written by hand; `test_old_files.py` has that of LibreOffice."""

from __future__ import annotations

import pytest
from cases.broken import make_zip

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.reading import read

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
TEXT, SHEET = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
LEVEL = '<text:list-level-style-number text:level="{}" style:num-format="{}" {}/>'
STYLES = (
    '<text:list-style style:name="L">'
    + LEVEL.format(1, "一, 二, 三, ...", 'style:num-suffix="、"')
    + LEVEL.format(2, "1", 'style:num-prefix="（" style:num-suffix="）"')
    + LEVEL.format(3, "1", 'text:display-levels="2"')
    + "</text:list-style>"
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    '</text:list-style><text:outline-style style:name="O">'
    '<text:outline-level-style text:level="1" style:num-format="壹, 贰, 叁, ..." style:num-suffix="、"/>'
    '<text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="X" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def flat(body: str, mimetype: str = TEXT, kind: str = "text") -> bytes:
    return (
        f'<?xml version="1.0"?><office:document {NAMES} office:mimetype="{mimetype}">'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()


def lines(body: str) -> list[str]:
    return read("a.fodt", flat(body)).text.split("\n")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_flat_files_in_any_encoding(codec: str) -> None:
    source = read("通报.doc", flat("<text:p>整改</text:p>").decode().encode(codec))
    assert (source.kind, source.text) == ("doc", "整改")


def test_paragraphs() -> None:
    body = (
        "<text:p>整改<text:s text:c='2'/>情\n   况<text:tab/>一<text:line-break/>二"
        "<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note>"
        "<text:span text:style-name='H'>隐</text:span><text:ruby><text:ruby-base>字</text:ruby-base>"
        "<text:ruby-text>zi</text:ruby-text></text:ruby><text:a>链</text:a>尾</text:p><text:p/>"
        "<text:p text:style-name='H'>隐</text:p>"
        "<text:section text:display='none'><text:p>隐</text:p></text:section>"
        "<text:section><text:p>节<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame></text:p>"
        "</text:section>"
    )
    assert lines(body) == ["整改  情 况 一", "二字链尾", "节", "框"]


def item(*texts: str, start: str = "") -> str:
    return f"<text:list-item{start}>{''.join(texts)}</text:list-item>"


def test_numbers_of_lists() -> None:
    p = "<text:p>甲</text:p>"
    inner = "<text:list>" + item(p) + item(p, p, f"<text:list>{item(p)}</text:list>") + "</text:list>"
    body = (
        f"<text:list xml:id='a' text:style-name='L'><text:list-header>{p}</text:list-header>{item(p, inner)}{item(p)}"
        f"</text:list>{p}<text:list text:style-name='L' text:continue-list='a'>{item(p)}</text:list>"
        f"<text:list text:style-name='L' text:continue-numbering='true'>{item(p)}</text:list>"
        f"<text:list text:style-name='L'>{item(p)}" + item(p, start=" text:start-value='9'") + "</text:list>"
        f"<text:list text:style-name='B'>{item(p)}</text:list><text:list text:style-name='L'>{item('<text:p/>')}"
        "</text:list>"
    )
    numbers = ["", "一、", "（1）", "（2）", "", "2.1 ", "二、", "", "三、", "四、", "一、", "九、", ""]
    assert lines(body) == [f"{number}甲" for number in numbers]


def test_headings_are_numbered_by_the_outline() -> None:
    body = (
        "<text:h text:outline-level='1'>甲</text:h><text:h text:outline-level='2'>乙</text:h><text:p>文</text:p>"
        "<text:h text:outline-level='1' text:is-list-header='true'>丙</text:h><text:h text:outline-level='1'>丁</text:h>"
    )
    source = read("a.fodt", flat(body))
    assert source.text.split("\n") == ["壹、甲", "乙", "文", "丙", "贰、丁"]
    assert source.headings == (0, 4, 8, 10)


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def test_tables() -> None:
    rows = (
        cell("序号") + cell("问题") + cell("整改情况"),
        cell("1") + cell("学习不够") + cell("已学", "table:number-rows-spanned='2'"),
        cell("2") + cell("党课少") + COVERED,
        cell("合计", "table:number-columns-spanned='2'") + COVERED + cell("2项"),
    )
    head, *others = (f"<table:table-row>{row}</table:table-row>" for row in rows)
    head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    body = f"<table:table><table:table-column/>{head}{''.join(others)}</table:table><text:p>文后</text:p>"
    assert lines(body) == [
        "序号\t问题\t整改情况",
        "1\t学习不够\t已学",
        "2\t党课少\t已学",
        "合计\t\t2项",
        "文后",
    ]


def test_deleted_text_is_left_out_wherever_it_stands() -> None:
    region = "<text:changed-region xml:id='{}'><text:{}>{}</text:{}></text:changed-region>"
    body = (
        "<text:tracked-changes>"
        + region.format("a", "deletion", "<text:p>删去</text:p>", "deletion")
        + region.format("b", "insertion", "", "insertion")
        + "</text:tracked-changes><text:p>整<text:change-start text:change-id='a'/>删</text:p>"
        "<text:p>去<text:s/><text:change-end text:change-id='a'/>改<text:change-start text:change-id='b'/>增"
        "<text:change-end text:change-id='b'/><text:change text:change-id='a'/></text:p>"
    )
    assert lines(body) == ["整改增"]


def test_what_is_refused() -> None:
    deep = "<text:section>" * 300 + "</text:section>" * 300
    spans = "<text:p>" + "<text:span>" * 300 + "</text:span>" * 300 + "</text:p>"
    package = {"mimetype": TEXT.encode(), "content.xml": flat("<text:p>x</text:p>")}
    locked = {**package, "META-INF/manifest.xml": b"<m:encryption-data/>"}
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]>' + flat("").partition(b"?>")[2]
    for data, reason in (
        (flat(deep), "嵌套过深"),
        (flat(spans), "嵌套过深"),
        (make_zip(locked), "密码"),
        (make_zip({**package, "META-INF/manifest.xml": b"<x/>", "content.xml": b"<x"}), "XML 损坏"),
        (flat("").replace(b"</office:body>", b""), "XML 损坏"),
        (b'<?xml version="1.0"?>' + entity, "实体"),
    ):
        with pytest.raises(ReadingError, match=reason):
            read("a.odt", data)


def sheet(rows: str, name: str = "整改", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def test_workbooks() -> None:
    typed = "office:value-type='{}' office:{}='{}'"
    cells = (
        cell("¥3.00", typed.format("currency", "value", "3"))
        + cell("x", typed.format("date", "date-value", "2023-05-10T00:00:00"))
        + cell("x", typed.format("boolean", "boolean-value", "true"))
        + cell("x", typed.format("float", "value", "0.5"))
        + cell("x", typed.format("date", "date-value", "?"))
        + cell("重", "table:number-columns-repeated='2'")
        + "<table:table-cell><office:annotation><text:p>批</text:p></office:annotation><text:p>甲</text:p>"
        "<text:p>乙</text:p></table:table-cell>"
    )
    empty = row(
        "<table:table-cell table:number-columns-repeated='16384'/>", "table:number-rows-repeated='1048576'"
    )
    body = sheet(row(cells, "table:number-rows-repeated='2'") + empty) + sheet(
        row(cell("隐")), "旧稿", "table:style-name='X'"
    )
    source = read("a.fods", flat(body, SHEET, "spreadsheet"))
    assert source.text == "\n".join(["3\t2023年5月10日\t是\t0.5\t?\t重\t重\t甲\u2028乙"] * 2)
    assert source.warnings == ("另有 1 个隐藏的工作表没有读取",)


def test_a_long_text_that_is_repeated_is_refused() -> None:
    rows = (
        row(cell("字" * 1000, "table:number-columns-repeated='200'"), "table:number-rows-repeated='1000000'")
        * 50
    )
    with pytest.raises(ReadingError, match="拆分文件"):
        read("a.fods", flat(sheet(rows), SHEET, "spreadsheet"), Limits(characters=1_000_000))


def test_tables_in_repeated_cells_are_no_bomb() -> None:
    content = "<text:p>字</text:p>"
    for _ in range(6):
        repeated = "table:number-columns-repeated='200'"
        rows = row(
            f"<table:table-cell {repeated}>{content}</table:table-cell>", "table:number-rows-repeated='100'"
        )
        content = f"<table:table>{rows}</table:table>"
    with pytest.raises(ReadingError, match="过多"):
        read("a.fodt", flat(content))


def test_our_own_ledger_is_refused() -> None:
    head = row("".join(map(cell, ("notice", "title", "unit", "published"))))
    with pytest.raises(ReadingError, match="台账"):
        read("a.fods", flat(sheet(head), SHEET, "spreadsheet"))
