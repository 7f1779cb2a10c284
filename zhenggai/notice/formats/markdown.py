"""Notices that a scraper or a converter saved as Markdown: read as the page that they describe.

markdown-it-py (which rich brings) makes the page, the reader for pages its lines. Where Markdown as it is
specified loses or spoils Chinese text, the rules are bent: see `_parser`.
"""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from zhenggai.notice.formats import text
from zhenggai.notice.formats.base import Extracted, Limits, failure
from zhenggai.notice.formats.html import extracted
from zhenggai.notice.formats.lists import has_own_number
from zhenggai.notice.formats.markdown_emphasis import mark_emphasis
from zhenggai.notice.formats.table import MAX_COLUMNS
from zhenggai.patterns import compiled

MAX_CHARACTERS = 500_000
"""The parser is written in Python: this takes seconds, damaged text of the same length a minute."""
MAX_BRACKETS = 20_000
"""With more of them links are not looked for, which takes quadratic time where brackets are not closed."""

_FRONT = compiled(r"\s*---[ \t]*\n([\w-]{1,40}[ \t]*:.{0,4000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_FRONT_FIELD = compiled(r"^(title|date|pubdate|published)[ \t]*:[ \t]*(\S.*?)[ \t]*$", re.M | re.I)
_TIGHT_HEADING = compiled(r"^( {0,3}#{1,6})(?=[\u3400-\u9fff（【〔《“][^#\n]*$)", re.M)
_DELIMITERS = compiled(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PIPE = compiled(r"(?<!\\)\|")
_ADDRESS = compiled(r"[a-z][a-z0-9+.-]{1,20}:|[/.#?]|www\.|[\x21-\x7e]*(?:/|\.[a-z]{2,5}\d?(?:[?#]|$))", re.I)
_ENCODED = compiled(r"%[89a-f][0-9a-f]", re.I)
_TAG = compiled(r"<[^<>]*>")


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of a Markdown file, as of the page that it describes. Raises ReadingError: no text, too long."""
    decoded = text.extract(data, limits)
    if len(decoded.text) > MAX_CHARACTERS:
        raise failure(
            f"不超过 {MAX_CHARACTERS} 字的 Markdown 文件", f"有 {len(decoded.text)} 字", "拆分文件后重试"
        )
    page = to_html(decoded.text)
    if not html.unescape(_TAG.sub("", page)).strip():
        return Extracted("", decoded.encoding, decoded.warnings)
    return extracted(page, limits, decoded.encoding, decoded.warnings)


def to_html(markdown: str) -> str:
    """A page; title and date of the front matter stand in its head."""
    markdown = markdown.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(markdown)
    head = _head(front[1]) if front else ""
    body = _with_whole_rows(_TIGHT_HEADING.sub(r"\1 ", markdown[front.end() if front else 0 :]))
    parser = _parser()
    if body.count("[") > MAX_BRACKETS:
        parser.disable(["link", "image", "reference"])
    tokens = parser.parse(body)
    _number_items(tokens)
    return (
        f"<html><head>{head}</head><body>{parser.renderer.render(tokens, parser.options, {})}</body></html>"
    )


def _parser() -> MarkdownIt:
    """CommonMark with tables, but: indents are no code, line breaks stay, `[年](号)` is no link without an
    address, and `**` ends and begins beside Chinese marks."""
    parser = MarkdownIt("commonmark", {"breaks": True, "maxNesting": 100}).enable("table").disable("code")
    parser.inline.ruler.at("emphasis", mark_emphasis)
    parser.validateLink = _is_address  # type: ignore[method-assign, assignment]
    return parser


def _is_address(target: str) -> bool:
    """Whether what stands where a link's address does is one; what is not is text that would be lost."""
    return not target or _ADDRESS.match(_ENCODED.sub("x", target)) is not None


def _head(front: str) -> str:
    found: dict[str, str] = {}
    for name, value in _FRONT_FIELD.findall(front):
        found.setdefault("ArticleTitle" if name.lower() == "title" else "PubDate", value.strip("\"'"))
    return "".join(f'<meta name="{name}" content="{html.escape(value)}">' for name, value in found.items())


def _with_whole_rows(markdown: str) -> str:
    """Heads of tables made as wide as their widest row: further cells of a row are not shown otherwise."""
    lines = markdown.split("\n")
    index = 1
    while index < len(lines):
        if "|" in lines[index - 1] and _is_rule(lines[index]):
            below = index + 1
            while below < len(lines) and "|" in lines[below]:
                below += 1
            _widen(lines, index, max(map(_width, lines[index + 1 : below]), default=0))
            index = below
        index += 1
    return "\n".join(lines)


def _is_rule(line: str) -> bool:
    return "|" in line and _DELIMITERS.fullmatch(line) is not None


def _widen(lines: list[str], rule: int, width: int) -> None:
    missing = min(width, MAX_COLUMNS) - _width(lines[rule])
    if missing > 0 and _width(lines[rule]) == _width(lines[rule - 1]):
        lines[rule - 1] = lines[rule - 1].rstrip().removesuffix("|") + "| " * missing + "|"
        lines[rule] = lines[rule].rstrip().removesuffix("|") + "|---" * missing + "|"


def _width(row: str) -> int:
    return len(_PIPE.findall(row.strip().removeprefix("|").removesuffix("|"))) + 1


def _number_items(tokens: list[Token]) -> None:
    """Numbers of ordered lists as text, as they are written: a browser would count on from the first."""
    opened: list[list[int]] = []
    for index, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            token.attrSet("style", "list-style:none")
            opened.append([])
        elif token.type == "list_item_open":
            opened[-1].append(index)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = opened.pop()
            if token.type == "ordered_list_close":
                _number(tokens, items)


def _number(tokens: list[Token], items: list[int]) -> None:
    written = [tokens[item].info for item in items]
    if len(set(written)) == 1:  # `1.` before every item: they are counted when they are shown
        written = [str(number) for number in range(int(written[0]), int(written[0]) + len(items))]
    for item, number in zip(items, written, strict=True):
        inline = tokens[item + 2] if item + 2 < len(tokens) else None
        if inline is None or inline.type != "inline" or has_own_number(inline.content):
            continue
        space = " " if inline.content[:1].isdigit() else ""
        marker = Token("text", "", 0, content=number + tokens[item].markup + space)
        inline.children = [marker, *(inline.children or [])]
