"""XHTML is read as the HTML that it stands for."""

from __future__ import annotations

from time import process_time

from zhenggai.notice.formats.html_xml import as_html

_HEAD = '<?xml version="1.0"?><html xmlns:h="http://www.w3.org/1999/xhtml">'


def test_prefixes_go_and_cdata_sections_are_text() -> None:
    page = f"{_HEAD}<h:p><![CDATA[一<二&三]]></h:p><p><![CDATA[未闭合"
    assert as_html(page).endswith("<p>一&lt;二&amp;三</p><p><![CDATA[未闭合")


def test_other_pages_are_left_alone() -> None:
    page = "<html><h:p><![CDATA[一]]></h:p></html>"
    assert as_html(page) == page


def test_many_open_sections_take_linear_time() -> None:
    start = process_time()
    as_html(f"{_HEAD}]]>" + "<![CDATA[" * 50_000)
    assert process_time() - start < 5  # by an expression: 80 s
