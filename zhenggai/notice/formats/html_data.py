"""An article that stands only in the data of a script: `__INITIAL_STATE__`, `__NEXT_DATA__`, `__NUXT__`."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from zhenggai.notice.formats.article_fields import FEWEST_CHINESE, Field, as_page, find_article
from zhenggai.notice.formats.literals import string_fields
from zhenggai.notice.formats.whitespace import collapse
from zhenggai.patterns import compiled

_MOST_SCRIPTS = 500
_CHINESE = compiled(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}|%E[4-9]%")


def script_page(parser: LexborHTMLParser) -> str | None:
    """HTML of the longest text in the scripts of a page that may be an article.

    It has the title of the page where the data names none.
    """
    found = [article for script in _scripts(parser) if (article := find_article(_fields(script)))]
    if not found:
        return None
    longest = max(found, key=lambda article: len(article.text))
    title = parser.css_first("title")
    return as_page(longest._replace(title=longest.title or collapse(title.text(deep=True) if title else "")))


def _scripts(parser: LexborHTMLParser) -> Iterator[str]:
    """Those with enough Chinese in them, by their text or its escapes."""
    for node in parser.css("script")[:_MOST_SCRIPTS]:
        text = node.text(deep=True) or ""
        if len(_CHINESE.findall(text)) >= FEWEST_CHINESE:
            yield text


def _fields(script: str) -> Iterator[Field]:
    for field in string_fields(script):
        if field.value[:3].upper() in ("%7B", "%5B"):  # decodeURIComponent("%7B%22title%22…")
            yield from string_fields(unquote(field.value))
        else:
            yield field
