"""Title and date of a saved page, where they stand outside the container of its article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from selectolax.lexbor import LexborHTMLParser

from zhenggai.notice.formats.html_render import Line
from zhenggai.notice.formats.html_tree import Node
from zhenggai.notice.formats.lists import has_own_number
from zhenggai.notice.formats.whitespace import collapse
from zhenggai.notice.language import section_wording
from zhenggai.notice.model import CELL_SEPARATOR
from zhenggai.patterns import compiled

HEAD_LINES = 15
"""Where title and date are looked for."""

_DATE = compiled(r"(?:19|20)\d{2}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}")
_TITLE_NAMES = compiled(r"title|biaoti|headline|tit\b|bt\b", re.I)
_TITLE_WORDS = compiled(r"整改|巡[视察視]|整治|通报|通報|报告|公示|公告")
_PART = compiled(r"第[一二三四五六七八九十]{1,2}部分")
_CREDITS = compiled(
    r"(?:文章|信息|稿件|新闻)?(?:来源|作者|编辑|责任编辑|责编|审核|供稿|发布)[^：:。]{0,4}[：:]"
)
"""Who made the page, which may be an office of inspection: 文章来源：巡察办 编辑：…"""
_SITE_SUFFIX = compiled(r"\s*(?:[_|–—]|\s-\s|-(?=[^-]{2,20}$)).*$")


def title_and_date(
    parser: LexborHTMLParser, nodes: list[Node], before: list[Line], named: Iterable[Line], texts: list[str]
) -> list[str]:
    """Title and date, where the article, `texts`, has none of its own.

    They are looked for in the lines `before` it, the title in those of them that are no furniture.
    """
    head = [_bare(text) for text in texts[:HEAD_LINES]]
    found = []
    plain = [_bare(text) for text in texts[:4] if CELL_SEPARATOR not in text]
    own = [text for text in plain if _looks_like_title(text)]
    if all(map(_names_part, own)):
        titles = (t for t in _titles(parser, nodes, named) if len(_bare(t)) >= 4)
        title = next((t for t in titles if not own or _is_more_than_part(_bare(t))), None)
        if title and not any(_bare(title) in text for text in head):
            found.append(title)
    upper = texts[
        : min(HEAD_LINES, len(texts) // 2)
    ]  # a date in a sentence or below the text is not the page's
    if not any(_DATE.search(text) and "。" not in text for text in upper):
        found += _dates(parser, before)[:1]
    return found


def _titles(parser: LexborHTMLParser, nodes: list[Node], named: Iterable[Line]) -> list[str]:
    named = list(named)
    headings = [line.text for line in named if _is_title(nodes, line.node)]
    headings = [line.text for line in named if _looks_like_title(line.text)] + headings
    page = parser.css_first("title")
    name = collapse(page.text(deep=True)) if page else ""
    return [
        *_metas(parser, "ArticleTitle", "og:title"),
        *headings[::-1],
        *[text for text in (_SITE_SUFFIX.sub("", name), name) if text],
    ]


def _is_title(nodes: list[Node], index: int) -> bool:
    for _ in range(4):
        node = nodes[index]
        names = f"{node.attrs.get('class') or ''} {node.attrs.get('id') or ''}" if node.attrs else ""
        if node.tag in ("h1", "h2") or _TITLE_NAMES.search(names):
            return True
        index = node.parent
        if index < 0:
            break
    return False


def _dates(parser: LexborHTMLParser, before: list[Line]) -> list[str]:
    lines = [line.text for line in before if len(line.text) < 120 and _DATE.search(line.text)]
    return [
        *lines[::-1],
        *_metas(parser, "PubDate", "article:published_time", "publishdate"),
        *_days_of_account(parser),
    ]


_CREATED = compiled(r"\bct\s?=\s?[\"'](?P<seconds>1\d{9})[\"']")
_CHINA = timezone(timedelta(hours=8))


def _days_of_account(parser: LexborHTMLParser) -> list[str]:
    """The day of an article of a public account (WeChat), which its script alone tells: `ct = "1650…"`."""
    if parser.css_first("#js_content") is None:
        return []
    found = (_CREATED.search(script.text(deep=True)) for script in parser.css("script"))
    return [
        datetime.fromtimestamp(int(match["seconds"]), _CHINA).date().isoformat() for match in found if match
    ]


def _metas(parser: LexborHTMLParser, *names: str) -> list[str]:
    wanted = [name.lower() for name in names]
    found: dict[str, str] = {}
    for meta in parser.css("meta"):
        attributes = meta.attributes
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        content = collapse(attributes.get("content") or "")
        if name in wanted and content:
            found.setdefault(name, content)
    return [found[name] for name in wanted if name in found]


def _looks_like_title(text: str) -> bool:
    plain = not has_own_number(text) and not _PART.match(text) and not _CREDITS.match(text)
    named = plain and _TITLE_WORDS.search(text) is not None
    return named and 6 <= len(text) <= 80 and not text.endswith(("。", "：", ":", "；"))


def _names_part(text: str) -> bool:
    """Whether a heading of the article is made of the words of the genre alone: 整改落实情况."""
    plain = section_wording.PART_TITLE.fullmatch(text) or section_wording.MAIN_TITLE.fullmatch(text)
    return plain is not None and _PAPER.search(text) is None


_PAPER = compiled(r"(?:通报|公[示告]|报告|清单|表)$")


def _is_more_than_part(text: str) -> bool:
    return _looks_like_title(text) and not _names_part(text)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
