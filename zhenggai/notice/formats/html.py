"""Web pages → the lines of their article, with title and date, without what surrounds it."""

from __future__ import annotations

import re
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure, line_starts
from zhenggai.notice.formats.garbled_lines import TURNED_BACK
from zhenggai.notice.formats.html_data import script_page
from zhenggai.notice.formats.html_frames import LITTLE, frame_address, inner_page
from zhenggai.notice.formats.html_head import title_and_date
from zhenggai.notice.formats.html_render import Line, Renderer
from zhenggai.notice.formats.html_tree import Node, parse
from zhenggai.notice.formats.text import decode, plausibility
from zhenggai.notice.formats.text_damage import turned_back
from zhenggai.patterns import compiled

MAIN_SHARE = 0.85
"""Of the sentences, which an element must hold to be taken as the article's container."""
MIN_LINES = 3
"""Fewer lines make no container: the paragraph of a one-paragraph notice stays with its title."""
_CONTAINERS = frozenset(
    ["body", "div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td"]
)
_META_CHARSET = compiled(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I
)
_SENTENCE = compiled(r"[，。；：、！？]|问题|整改")
_FURNITURE = compiled(
    r"(?:您?(?:当前|现在|所在)的?(?:位置|栏目)|当前位置|首页\s*[>›»/|-]|上一[篇条页]|下一[篇条页]|分享(?:到|至)|扫一扫|"
    r"【?打印(?:本页|此页|页面|文章)?】?|【?关闭(?:本页|窗口|页面)?】?|字[号体][:：]|【?[大中小][】\s]|返回(?:顶部|列表|首页)|"
    r"版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|技术支持[:：]|网站标识码|[\u4e00-\u9fff]?ICP备|.?公网安备|"
    r"相关(?:链接|新闻|阅读|文章|附件)|推荐阅读|热点(?:新闻|推荐)|责任编辑[:：]|(?:浏览|点击|阅读)(?:次数|量)[:：]|收藏|微信公众号$)"
)


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of a saved page. Raises ReadingError when there is none in it."""
    html, encoding, warnings = decode(data, declared_encoding(data))
    if (back := turned_back(html, plausibility)) is not None:
        html, warnings = back, (*warnings, TURNED_BACK)
    return extracted(html, limits, encoding, warnings)


def declared_encoding(data: bytes) -> str | None:
    """What a page or an XML file says of itself."""
    declared = _META_CHARSET.search(data[:8000])
    return declared.group(1).decode("ascii", "replace") if declared else None


def extracted(html: str, limits: Limits, encoding: str | None, warnings: tuple[str, ...]) -> Extracted:
    """The article in a page, with the lines that are headings by their tags."""
    lines, headings, note = _article(html, limits)
    if note:
        warnings = (*warnings, note)
    marked = (index for index, line in enumerate(lines) if line in headings)
    return Extracted("\n".join(lines), encoding, warnings, line_starts(lines, marked))


def page_text(html: str, limits: Limits) -> str:
    """Lines of the article in a page, joined by line feeds."""
    return "\n".join(_article(html, limits)[0])


_Article = tuple[list[str], frozenset[str], str]
"""Lines of an article, the texts of those that are headings, and a note for the user or nothing."""


def _article(html: str, limits: Limits, within: bool = False) -> _Article:
    """The article of a page; where it has next to no text, that of the page `within` it."""
    nodes, parser = parse(html, Deadline(limits.seconds))
    lines = Renderer(nodes).render(0, len(nodes))
    little = sum(len(line.text) for line in lines) < LITTLE
    inner = inner_page(parser) if little and not within else None
    if inner is None and not within and sum(len(line.text) for line in lines if "。" in line.text) < LITTLE:
        shown = script_page(parser)
        if shown is not None:  # around it stand menus only
            return _article(shown, limits, within=True)
    if inner is not None:
        own = _own_article(parser, nodes, lines) if lines else ([], frozenset[str]())
        below, headings, note = _article(inner, limits, within=True)
        return [line for line in own[0] if line not in below] + below, own[1] | headings, note
    address = frame_address(parser) if little else None
    if not lines:
        raise _no_text(address)
    note = f"网页中几乎没有文字，正文可能在框架页 {address} 中：请打开该页后另存。" if address else ""
    return *_own_article(parser, nodes, lines), note


def _no_text(address: str | None) -> ReadingError:
    if address:
        found = f"正文在框架页 {address} 中，没有一同保存"
        return failure("含有正文的网页", found, "在浏览器中打开该框架页后另存，或复制正文存为 txt")
    return failure(
        "含有正文的网页", "没有任何文字（正文可能由脚本载入）", "在浏览器中打开网页，复制正文存为 txt"
    )


def _own_article(
    parser: LexborHTMLParser, nodes: list[Node], lines: list[Line]
) -> tuple[list[str], frozenset[str]]:
    """Lines of the article, and the texts of those that are headings."""
    main = _main_node(nodes, lines)
    inside = [line for line in lines if main <= line.node < nodes[main].end and not _is_furniture(line)]
    before = [line for line in lines if line.node < main]
    texts = _once([line.text for line in inside])
    quoted = _HEADINGS | {"blockquote"} if _quotes_head(nodes, inside) else _HEADINGS
    headings = frozenset(
        line.text for line in inside if not line.is_row and _in_heading(nodes, line.node, quoted)
    )
    named = (line for line in before if not _is_furniture(line))
    return title_and_date(parser, nodes, before, named, texts) + texts, headings


_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


_FEWEST_QUOTES, _LONGEST_QUOTE = 3, 80


def _quotes_head(nodes: list[Node], lines: list[Line]) -> bool:
    """Whether quotes are short lines above other text, as some set the problems of a notice."""
    quotes = [
        index
        for index, line in enumerate(lines[:-1])
        if len(line.text) <= _LONGEST_QUOTE and _in_heading(nodes, line.node, frozenset({"blockquote"}))
    ]
    single = sum(index + 1 not in quotes for index in quotes)
    return single >= _FEWEST_QUOTES and single == len(quotes)


def _in_heading(nodes: list[Node], index: int, tags: frozenset[str]) -> bool:
    for _ in range(4):
        index = nodes[index].parent
        if index < 0:
            break
        if nodes[index].tag in tags:
            return True
    return False


_COPY_LINES, _COPY_CHARACTERS = 5, 300
"""What a second copy of the article has at least."""
_SHORTEST_COPIED = 20
_COPY_HEAD = 4
"""Lines above the first long one: title, date."""


def _once(texts: list[str]) -> list[str]:
    """The lines without further copies of the article: some pages hold one for telephones or for printing."""
    known: dict[str, int] = {}
    kept: list[str] = []
    index = total = 0
    while index < len(texts):
        length = 0
        if len(texts[index]) >= _SHORTEST_COPIED:
            length = _common_length(texts, known.setdefault(texts[index], index), index)
        copied = sum(map(len, texts[index : index + length]))
        if length >= _COPY_LINES and copied >= max(_COPY_CHARACTERS, total // 2):
            while kept and kept[-1] in texts[:_COPY_HEAD] and len(kept) > _COPY_HEAD:
                kept.pop()  # title and date of the copy
        else:
            kept += texts[index : index + max(1, length)]
            total += copied or len(texts[index])
        index += max(1, length)
    return kept


def _common_length(texts: list[str], first: int, second: int) -> int:
    """How many lines from `first` on stand again from `second` on."""
    length = 0
    while first + length < second and second + length < len(texts):
        if texts[first + length] != texts[second + length]:
            break
        length += 1
    return length


def _main_node(nodes: list[Node], lines: list[Line]) -> int:
    """The innermost container that holds nearly all sentences of the page."""
    weights = [0] * (len(nodes) + 1)
    counts = [0] * (len(nodes) + 1)
    for line in lines:
        if not _is_furniture(line) and (line.is_row or _SENTENCE.search(line.text)):
            weights[line.node + 1] += len(line.text)
            counts[line.node + 1] += 1
    weight, count = list(accumulate(weights)), list(accumulate(counts))

    def total(sums: list[int], node: int) -> int:
        return sums[nodes[node].end] - sums[node]

    main = 0
    while True:
        child = max(_children(nodes, main), key=lambda c: total(weight, c), default=None)
        if child is None or nodes[child].tag not in _CONTAINERS:
            return main
        if total(count, child) < MIN_LINES or total(weight, child) < MAIN_SHARE * total(weight, main):
            return main
        if nodes[child].tag == "table" and any(line.node == child and line.is_row for line in lines):
            return main
        main = child


def _children(nodes: list[Node], parent: int) -> list[int]:
    children, index = [], parent + 1
    while index < nodes[parent].end:
        children.append(index)
        index = nodes[index].end
    return children


def _is_furniture(line: Line) -> bool:
    if line.is_row:
        return False
    return (line.link_share > 0.6 and "。" not in line.text) or (
        len(line.text) < 120 and _FURNITURE.match(line.text) is not None
    )
