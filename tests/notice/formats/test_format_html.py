"""Pages: blocks, lists, tables, furniture, bounds."""

from __future__ import annotations

import contextlib
import time

import pytest

from zhenggai.errors import ReadingError
from zhenggai.notice import SourceText, parse
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.html import extract, page_text

TABLE = "<table>{}</table>"


def lines(html: str) -> list[str]:
    return page_text(html, Limits()).split("\n")


def test_blocks_break_lines_and_inline_tags_do_not() -> None:
    html = "<div>一、<b>学习</b>不<span>够</span><p>整改<a>情况</a>：<i>完成</i>。</p>后<br>换行<hr>末</div>"
    assert lines(html) == ["一、学习不够", "整改情况：完成。", "后", "换行", "末"]


def test_white_space_as_a_browser_shows_it() -> None:
    html = "<p>\u3000\u3000学习\n   不够  abc\n def&nbsp;&nbsp; 3&emsp;次</p><p>&nbsp;</p><pre>甲\n  乙</pre>"
    assert lines(html) == ["学习不够 abc def 3\u2003次", "甲", "乙"]


def test_entities_and_broken_markup() -> None:
    assert lines("<p>A&amp;B&lt;办法&gt;&#12289;&#x4E00;<p>未闭合<td>散落</p></b>") == [
        "A&B<办法>、一",
        "未闭合散落",
    ]


def test_ordered_lists_show_their_numbers_unless_the_text_has_its_own() -> None:
    html = "<ol start=3><li>甲</li><li value=7><p>乙</p></li><li>丙</ol><ol type=a><li>丁</ol>"
    html += "<ol><li>1.戊<li>（二）己</ol>"
    assert lines(html) == ["3.甲", "7.乙", "8.丙", "a.丁", "1.戊", "（二）己"]


def test_data_tables_are_rows_with_merged_cells_once() -> None:
    rows = (
        "<tr><th>类别</th><th>问题</th><th>整改情况</th></tr>"
        "<tr><td rowspan=2>甲</td><td>学习\n不够</td><td><p>一是学。</p><p>二是做。</p></td></tr>"
        "<tr><td>落实不力</td><td>完成</td></tr><tr><td colspan=3>合计</td></tr>"
    )
    assert lines(TABLE.format(rows)) == [
        "类别\t问题\t整改情况",
        "甲\t学习不够\t一是学。\u2028二是做。",
        "\t落实不力\t完成",
        "合计",
    ]


def test_layout_tables_are_blocks() -> None:
    inner = TABLE.format("<tr><td>一、学习不够。</td></tr><tr><td>整改情况：完成。</td></tr>")
    assert lines(TABLE.format(f"<tr><td>{inner}</td><td>二、落实不力。</td></tr>")) == [
        "一、学习不够。",
        "整改情况：完成。",
        "二、落实不力。",
    ]


def test_scripts_comments_and_hidden_elements_are_left_out() -> None:
    html = (
        "<body><script>document.write('<p>脚本</p>')</script><!-- 注释 --><style>p{}</style>"
        "<p>正文一，整改情况。</p><p hidden>隐藏</p><p style='DISPLAY : none'>隐藏</p>"
        "<p>正文二，整改<span style='font-size:0'>水印</span>情况。</p>"
        "<template><p>模板</p></template><noscript>请打开脚本</noscript></body>"
    )
    assert lines(html) == ["正文一，整改情况。", "正文二，整改情况。"]


def test_a_container_of_font_size_0_keeps_its_text() -> None:
    text = "整改情况：" + "已完成，" * 40
    assert lines(f"<div style='font-size:0'><p style='font-size:16px'>{text}</p></div>") == [text]


def test_title_and_date_come_from_the_head_where_the_body_has_none() -> None:
    html = (
        "<head><title>县某局巡察整改情况通报_某县人民政府网</title>"
        "<meta name=PubDate content='2022-03-04 10:00'></head>"
        "<body><p>一、学习不够。</p><p>整改情况：完成。</p><p>二、落实不力。</p></body>"
    )
    assert lines(html)[:3] == ["县某局巡察整改情况通报", "2022-03-04 10:00", "一、学习不够。"]


def test_a_meta_tag_that_lies_about_the_encoding() -> None:
    html = "<html><meta charset={}><body><p>整改情况：追回资金三万元，完成整改。</p></body></html>"
    for said, true in (("utf-8", "gb18030"), ("gb2312", "utf-8"), ("big5", "gb18030"), ("x", "utf-16")):
        extracted = extract(html.format(said).encode(true), Limits())
        assert extracted.text == "整改情况：追回资金三万元，完成整改。"
    assert extracted.encoding == "utf-16"


def test_a_page_without_text_says_so() -> None:
    with pytest.raises(ReadingError, match="脚本"):
        page_text("<html><body><div id=app></div><script>load()</script></body></html>", Limits())


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "整改",
        "".join(f"<b id={n}>" for n in range(3000)) + "<p>整改" * 3000,
        "<table><tr><td>" * 20_000,
        "<!--" * 200_000,
        "<" * 300_000,
        "<p>整改，<" * 20_000,
        "<ol><li>" * 4_000 + "整改",
        "&#" * 200_000,
    ],
)
def test_pathological_pages_end_in_time(html: str) -> None:
    start = time.monotonic()
    with contextlib.suppress(ReadingError):
        page_text(html, Limits())
    assert time.monotonic() - start < 8


def test_the_time_limit_holds() -> None:
    with pytest.raises(ReadingError, match="时限"):
        page_text("<p>整改" * 30_000, Limits(seconds=0.0))


def test_a_short_article_in_an_element_named_like_furniture_among_many_links_is_kept() -> None:
    links = "".join(f"<li><a href=/{n}>某县召开第{n}次工作会议部署整改工作</a></li>" for n in range(80))
    article = "<p>一、学习不够。</p><p>整改情况：组织学习6次，完成整改。</p><p>二、落实不力。</p>"
    assert lines(f"<ul>{links}</ul><div id=print>{article}</div><ul>{links}</ul>") == [
        "一、学习不够。",
        "整改情况：组织学习6次，完成整改。",
        "二、落实不力。",
    ]


def test_a_second_copy_for_telephones_or_for_printing_is_left_out() -> None:
    body = "".join(
        f"<p>{i}.第{i}个问题：学习贯彻不够深入，联系实际不够紧密，制度执行不够严格。</p>"
        for i in range(1, 13)
    )
    title = "<p>关于巡察整改情况的通报</p><p>2023年6月1日</p>"
    once = lines(f"<div>{title}{body}</div>")
    assert len(once) == 14
    copies = f"<div><div>{title}{body}</div><div class='mobile'>{title}{body}</div><div>{body}</div></div>"
    assert lines(copies) == once


def test_the_same_sentences_under_several_problems_are_kept() -> None:
    answer = "<p>已完成整改，建立健全长效机制，持续巩固整改成果，坚决防止问题反弹回潮。</p>" * 2
    html = "".join(f"<p>{i}.问题{i}</p>{answer}" for i in range(1, 9))
    assert len(lines(html)) == 24


@pytest.mark.parametrize(
    ("sheet", "attributes", "is_hidden"),
    [
        (".hide{display:none}", 'class="tip hide"', True),
        ("/* old */ .a, div.hide { color:red; DISPLAY : none !important }", 'class="hide"', True),
        ("#tip{visibility:hidden}", 'id="tip"', True),
        ("p.hide{display:none}", 'class="hide"', False),
        (".hide{display:none}", 'class="hidden-x"', False),
        (".hide{display:none}", 'class="hide" style="display:block"', False),
        (".hide{display:none}.hide{display:block}", 'class="hide"', False),
        (".box .hide{display:none}", 'class="hide"', False),
        ("@media print{.hide{display:none}} .b{color:red}", 'class="hide"', False),
        ("@import url(a.css); @media print{.b{display:none}} .hide{display:none}", 'class="hide"', True),
        ("div{display:none}", "", False),
    ],
)
def test_what_the_style_sheet_of_a_page_hides(sheet: str, attributes: str, is_hidden: bool) -> None:
    body = "<p>整改情况：已开展学习3次，制定制度5项。</p>" * 5
    html = f"<html><head><style>{sheet}</style></head><body>{body}<div {attributes}>1.测试内容</div></body>"
    assert ("1.测试内容" not in lines(html)) == is_hidden


def test_an_article_that_its_style_sheet_hides_is_read() -> None:
    body = "<p>整改情况：已开展学习3次，制定制度5项。</p>" * 5
    html = f"<style>.article{{display:none}}</style><div class=article>{body}</div><p>加载中</p>"
    assert len(lines(html)) >= 5


UNFOLDING = """<html><head><style>.hid{{display:none}}</style></head><body>
<h1>某县自来水公司党支部巡察整改进展情况的通报</h1><p>2023年6月，县委巡察组对公司党支部开展了巡察。</p>
{items}<button>打印本页</button><button>展开全部问题</button></body></html>"""


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("<button class='t'>{}</button>", "<div class='b'><p>{}</p></div>"),
        ("<h2><button type='button'>{}</button></h2>", "<div class='b'><p>{}</p></div>"),
        ("<a data-bs-toggle='collapse' href='#a'>{}</a>", "<div class='b'><p>{}</p></div>"),
        ("<button class='t'>{}</button>", "<div class='hid'><p>{}</p></div>"),
        ("<button class='t'>{}</button>", "<div class='b' style='display:none'><p>{}</p></div>"),
    ],
)
def test_parts_that_a_click_unfolds(title: str, body: str) -> None:
    problems = ["水质公示不及时", "管网漏损率居高不下", "抄表员作风散漫", "污水处理费未及时上缴"]
    answers = ["每月公示水质，已公示6期。", "更换管道14.6公里。", "辞退抄表员2人。", "217万元已上缴县财政。"]
    items = "".join(
        f"<div>{title.format(p)}{body.format(a)}</div>" for p, a in zip(problems, answers, strict=True)
    )
    shown = lines(UNFOLDING.format(items=items))
    assert [line for line in shown if line in problems + answers] == [
        line for pair in zip(problems, answers, strict=True) for line in pair
    ]
    assert not any("打印" in line or "展开" in line for line in shown)


def test_levels_of_nested_lists_stay_apart() -> None:
    html = (
        "<h1>某县水利局党组关于巡察整改进展情况的通报</h1><ol><li><strong>防汛方面</strong><ol><li><b>预案陈旧。</b>"
        "<div>整改情况：修订预案3份。</div></li><li>物资缺失。<div>整改情况：购置物资12万元。</div><ol>"
        "<li>购置沙袋3000只；</li><li>购置水泵4台。</li></ol></li></ol></li>"
        "<li>水费方面<ol><li>收缴率低。<div>整改情况：收缴2万元。</div></li></ol></li></ol>"
    )
    found = parse(SourceText("n.html", extract(html.encode(), Limits()).text)).items
    assert [(item.number, item.path[-1], item.problem) for item in found] == [
        ("1.1", "1.防汛方面", "预案陈旧"),
        ("1.2", "1.防汛方面", "物资缺失"),
        ("2.1", "2.水费方面", "收缴率低"),
    ]
    assert found[1].outcome.endswith("1.2.1 购置沙袋3000只；\n1.2.2 购置水泵4台。")


def test_numbers_of_lists_in_numbered_items_of_their_own_stay() -> None:
    html = "<ol><li>一、甲<ol><li>乙</li></ol></li><li>丙<ol type=a><li>丁</li></ol>"
    html += "<ul><li>戊<ol><li>己</li></ol></li></ul></li></ol>"
    assert lines(html) == ["一、甲", "1.乙", "2.丙", "a.丁", "戊", "1.己"]


ARTICLE = "".join(
    f"<p>{n}.关于“学习不深入”的问题</p><p>整改情况：组织学习{n}次，印发学习计划并督促落实。</p>"
    for n in range(1, 6)
)


def page_within(tag: str) -> str:
    inner = ARTICLE.replace("<", "&lt;").replace(">", "&gt;")
    if tag == "srcdoc":
        inner = f'<iframe srcdoc="{inner}"></iframe>'
    else:
        inner = f'<textarea style="display:none">{inner}</textarea>'
    return f"<html><head><title>x</title></head><body><h1>某局整改情况通报</h1>{inner}</body></html>"


@pytest.mark.parametrize("tag", ["srcdoc", "textarea"])
def test_an_article_within_a_frame_or_a_field_is_read(tag: str) -> None:
    lines = extract(page_within(tag).encode(), Limits()).text.split("\n")
    assert lines[0] == "某局整改情况通报"
    assert len(lines) == 11


def test_a_field_beside_an_article_is_not_read() -> None:
    page = f"<html><body>{ARTICLE * 3}<textarea>{'留言请注意文明用语。' * 20}</textarea></body></html>"
    assert "留言" not in extract(page.encode(), Limits()).text


def test_a_page_of_frames_names_the_frame() -> None:
    frames = '<frameset><frame src="left.htm"><frame src="main.htm"></frameset>'
    page = f"<html><head><title>通报</title></head>{frames}</html>"
    try:
        said = "".join(extract(page.encode(), Limits()).warnings)
    except ReadingError as error:
        said = str(error)
    assert "main.htm" in said


_XHTML = (
    '<?xml version="1.0" encoding="UTF-8"?><{0}html {1}="http://www.w3.org/1999/xhtml"><{0}head><{0}title>通报'
    "</{0}title></{0}head><{0}body><{0}div><{0}p>1．学习不深入。</{0}p><{0}p>整改情况：<![CDATA[已学习<12>次。]]>"
    "</{0}p></{0}div></{0}body></{0}html>"
)


@pytest.mark.parametrize(("prefix", "name"), [("", "xmlns"), ("h:", "xmlns:h"), ("x:", "xmlns:x")])
def test_xhtml_with_a_prefix_and_with_cdata(prefix: str, name: str) -> None:
    assert lines(_XHTML.format(prefix, name)) == ["1．学习不深入。", "整改情况：已学习<12>次。"]


_ARTICLE = [
    ("学习抓得不够深入扎实", "制定学习计划并组织集中学习"),
    ("党费收缴管理很不规范", "逐人核对并补缴党费"),
]


@pytest.mark.parametrize("print_first", [False, True])
@pytest.mark.parametrize("style", ["", "visibility:hidden"])
@pytest.mark.parametrize("attribute", ['class="print-only"', 'style="display:none"'])
def test_a_hidden_copy_for_printing_is_left_out(attribute: str, style: str, print_first: bool) -> None:
    shown = "".join(f"<p>反馈问题：{a}</p><p>整改情况：{b}12次。</p>" for a, b in _ARTICLE)
    printed = "".join(f"<p>{i}. {a}</p><p>整改情况：{b}12次。</p>" for i, (a, b) in enumerate(_ARTICLE, 1))
    parts = [f'<div style="{style}">{shown}</div>', f"<div {attribute}>{printed}</div>"]
    sheet = "<style>.print-only{display:none}@media print{.print-only{display:block}}</style>"
    found = lines(f"{sheet}<h1>整改通报</h1>{''.join(parts[::-1] if print_first else parts)}")
    assert sum("整改情况" in line for line in found) == 2


def test_a_hidden_article_that_stands_nowhere_else_is_read() -> None:
    shown = "".join(f"<p>反馈问题：{a}</p><p>整改情况：{b}12次。</p>" for a, b in _ARTICLE)
    found = lines(f'<p>整改通报</p><div style="display:none">{shown}</div>')
    assert sum("整改情况" in line for line in found) == 2


@pytest.mark.parametrize("part", ["整改落实情况", "巡察反馈问题整改落实情况"])
def test_a_heading_of_genre_words_alone_is_not_the_title_of_a_page(part: str) -> None:
    body = f"<p>{part}</p><p>1.学习不深入。</p><p>整改情况：已开展学习3次，覆盖全体。</p>"
    body += "<p>2.台账不全。</p><p>整改情况：已补录12份，逐项销号。</p>"
    head = '<meta property="og:title" content="某镇党委关于巡察整改情况的通报">'
    named = lines(f"<html><head>{head}</head><body><div><h1>x</h1></div><div>{body}</div></body></html>")
    assert named[0] == "某镇党委关于巡察整改情况的通报"
    site = "<title>某镇人民政府网</title>"
    unnamed = lines(f"<html><head>{site}</head><body><div>{body}</div></body></html>")
    assert unnamed[0] == part


def test_the_day_of_an_article_of_a_public_account() -> None:
    page = (
        '<html><head><meta property="og:title" content="某镇党委关于巡察整改进展情况的通报"></head><body>'
        '<div id="js_content"><p>一、整改情况</p><p>1.台账不全。</p><p>整改情况：补齐台账12本。</p></div>'
        '<script>var ct = "1676383200"; var oriCreateTime = "1676383200";</script></body></html>'
    )
    lines = page_text(page, Limits()).split("\n")
    assert "2023-02-14" in lines
    assert "2023-02-14" not in page_text(page.replace("js_content", "content"), Limits())
