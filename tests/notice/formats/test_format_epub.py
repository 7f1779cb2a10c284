"""Books: the chapters are one notice, in reading order; locked, damaged and large ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases.broken import make_zip

from zhenggai.errors import ReadingError
from zhenggai.notice import parse
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.epub import extract
from zhenggai.notice.reading import expand, read, read_source

TITLE = "某县疾控中心党支部关于巡察整改情况的通报"
CHAPTERS = {
    "z%20first.xhtml": "<p>2022年9月1日</p><h2>一、整改情况</h2><p>1.学习不深入的问题。</p>",
    "m.xhtml": "<p>整改情况：组织学习6次，已完成。</p><p>2.检查不严格的问题。</p>",
    "a.xhtml": "<div><p>整改情况：开展检查4次，通报问题3个。</p></div>",
}
CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
)


def page(body: str, name: str = "第一章标题名称") -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
    return f"{head}<head><title>{name}</title></head><body>{body}</body></html>".encode()


def book(title: str = TITLE, spine: str = "", **more: bytes) -> bytes:
    items = "".join(f'<item id="i{n}" href="{name}"/>' for n, name in enumerate(CHAPTERS))
    items += '<item id="nav" href="nav.xhtml" properties="nav"/><item id="out" href="../../../x.xhtml"/>'
    order = spine or "".join(
        f'<itemref idref="{ref}"/>' for ref in ("nav", "i0", "i1", "i2", "i1", "out", "?")
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></metadata><manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    parts = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER.encode(),
        "OEBPS/content.opf": package.encode(),
        "OEBPS/nav.xhtml": page("<ol><li>第一章</li></ol>"),
        **{f"OEBPS/{name.replace('%20', ' ')}": page(body) for name, body in CHAPTERS.items()},
    }
    return make_zip({**parts, **{name.replace("__", "/"): data for name, data in more.items()}})


def test_chapters_are_one_notice(tmp_path: Path) -> None:
    path = tmp_path / "通报.epub"
    path.write_bytes(book())
    [source] = expand([tmp_path])
    text = read_source(source)
    assert (source.name, text.kind) == (str(path), "epub")
    notice = parse(text)
    assert (notice.title, notice.published) == (TITLE, "2022-09-01")
    assert [(item.problem, item.outcome) for item in notice.items] == [
        ("学习不深入", "整改情况：组织学习6次，已完成。"),
        ("检查不严格", "整改情况：开展检查4次，通报问题3个。"),
    ]
    assert text.text.count("第一章") == 0


def test_headings_lie_where_their_lines_begin() -> None:
    found = extract(book(), Limits())
    assert [found.text[at : at + 6] for at in found.headings] == ["一、整改情况"]


def test_a_book_that_does_not_say_its_order_is_read_by_name() -> None:
    data = book().replace(b"OEBPS/content.opf", b"OEBPS/gone123.opf")
    assert "组织学习6次" in extract(data, Limits()).text
    assert read("a.epub", data).kind == "epub"


def test_pictures_among_the_chapters_are_left_out() -> None:
    data = book(OEBPS__m_xhtml=b"").replace(b"m.xhtml", b"n.xhtml")
    assert "学习不深入" in extract(data, Limits()).text
    picture = {f"OEBPS/{name.replace('%20', ' ')}": page('<img src="a.png"/>') for name in CHAPTERS}
    with pytest.raises(ReadingError, match="只有图片"):
        extract(book(**{name.replace("/", "__"): data for name, data in picture.items()}), Limits())


def error_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read("a.epub", data, limits)
    return str(caught.value)


def test_books_that_are_refused() -> None:
    locked = b'<encryption><CipherReference URI="OEBPS/m.xhtml"/></encryption>'
    assert "已加密" in error_of(book(**{"META-INF__encryption.xml": locked}))
    assert "3 章" in error_of(book(), Limits(pages=2))
    assert "时限" in error_of(book(), Limits(seconds=0.0))
    assert "个成员" in error_of(book(), Limits(members=3))
    assert "完整的电子书" in error_of(book()[:-40])
    deep = page("<div>" * 6000 + "学习")
    assert "嵌套" in error_of(book(**{"OEBPS__m.xhtml": deep}))


def test_fonts_may_be_hidden() -> None:
    fonts = b'<encryption><CipherReference URI="OEBPS/fonts/a.otf"/></encryption>'
    assert "学习不深入" in read("a.epub", book(**{"META-INF__encryption.xml": fonts})).text


def test_entities_in_the_package_are_refused_and_the_chapters_read() -> None:
    entity = b'<!DOCTYPE package [<!ENTITY a "b">]><package>&a;</package>'
    assert "组织学习6次" in read("a.epub", book(**{"OEBPS__content.opf": entity})).text
