"""Pages whose article stands only in the data of a script."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from zhenggai.errors import ReadingError
from zhenggai.notice import SourceText, parse
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.html import extract

TITLE = "某区图书馆党支部关于巡察整改进展情况的通报"
ARTICLE = "<p>一、整改情况</p>" + "".join(
    f"<p>{n}.第{n}项“学习”不够深入，检查不够严格。</p><p>整改情况：组织学习{n}次，印发制度{n}项，完成整改。</p>"
    for n in range(1, 5)
)
DATA = {
    "menus": [{"name": "首页", "title": "党务公开栏目"}],
    "article": {"title": TITLE, "publishTime": "2022-12-08 10:21:00", "content": ARTICLE},
    "hot": [{"title": "2023年春节闭馆公告", "createTime": "2023-01-01"}],
}
PLAIN = json.dumps(DATA, ensure_ascii=False)
ESCAPED = json.dumps(DATA).replace("<", "\\u003C")
WITHIN = json.dumps(json.dumps(DATA))


def page(script: str, attributes: str = "") -> bytes:
    head = '<head><meta charset="utf-8"><title>某区图书馆</title></head>'
    body = f'<body><div id="app"></div><div>首页　党务公开</div><script{attributes}>{script}</script></body>'
    return f"<!doctype html><html>{head}{body}</html>".encode()


NUXT = (
    f"window.__NUXT__=(function(a,b){{return {{data:[{{title:{json.dumps(TITLE)},pubDate:1670466060000,"
    f"html:'{ARTICLE}',x:a}}]}}}}(null,\"\"));"
)


@pytest.mark.parametrize(
    ("script", "attributes"),
    [
        (f"window.__INITIAL_STATE__={PLAIN};(function(){{var s;}}());", ""),
        (f"window.__INITIAL_STATE__ = {ESCAPED}", ""),
        (f"window.__INITIAL_STATE__=JSON.parse({WITHIN})", ""),
        (f'window.state=JSON.parse(decodeURIComponent("{quote(PLAIN)}"))', ""),
        (PLAIN, ' id="__NEXT_DATA__" type="application/json"'),
        (NUXT, ""),
        (f"// it's data\nvar x = `{ARTICLE}`, title = 1, a = {{title: '{TITLE}', date: \"2022-12-08\"}}", ""),
    ],
)
def test_the_article_of_a_script(script: str, attributes: str) -> None:
    notice = parse(SourceText("x.html", extract(page(script, attributes), Limits()).text))
    assert (notice.title, notice.published) == (TITLE, "2022-12-08")
    assert [item.problem for item in notice.items] == [
        f"第{n}项“学习”不够深入，检查不够严格" for n in range(1, 5)
    ]


def test_a_title_that_no_data_names_is_that_of_the_page() -> None:
    text = extract(
        page(json.dumps({"content": ARTICLE})).replace("某区图书馆".encode(), TITLE.encode()), Limits()
    ).text
    assert text.split("\n")[0] == TITLE


def test_data_beside_an_article_is_not_read() -> None:
    shown = f"<body><h1>{TITLE}</h1>{ARTICLE * 2}<script>x={PLAIN}</script></body>".encode()
    assert extract(shown, Limits()).text.count("第1项") == 2


@pytest.mark.parametrize(
    "script", ["var a=1", json.dumps({"menus": ["首页", "党务公开"] * 100}, ensure_ascii=False)]
)
def test_scripts_without_an_article(script: str) -> None:
    data = page(script).replace("首页　党务公开".encode(), b"")
    with pytest.raises(ReadingError, match="脚本"):
        extract(data, Limits())
