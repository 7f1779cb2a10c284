"""Named strings of a record (JSON, XML, the data of a page) → the article among them, with title and date."""

from __future__ import annotations

import html as markup
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from zhenggai.patterns import compiled

FEWEST_CHINESE = 100
"""Characters of a string that may be an article."""
_CHINESE = compiled("[\u4e00-\u9fff]")
_TITLES = compiled(r"(?:.*[_-])?(?:title|headline|subject|biaoti|bt)|.*title|.*标题|题名", re.I)
_DATES = compiled(
    r"(?:.*[_-])?(?:pub|publish|published|release|issue|create|created|post|news|show|display|update|updated)?[_-]?"
    r"(?:date|time|at|datetime|rq|sj|on)|(?:发布|发文|成文|公布|公开|公示|创建|更新)?(?:日期|时间)",
    re.I,
)
_FIRST_DATES = compiled(r"pub|release|issue|发布|公布|公开", re.I)
_DATE = compiled(r"(?:19|20)\d{2}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}")
_COMPACT = compiled(r"((?:19|20)\d{2})([01]\d)([0-3]\d)(?:\d{6})?")
_EPOCH = compiled(r"\d{10}|\d{13}")
_TAG = compiled(r"<(?:/?(?:p|div|br|span|table|tr|td|h[1-6]|section|strong|li|html|body)\b)", re.I)
_ESCAPED_TAG = compiled(r"&lt;/?(?:p|div|br|span|table|section|h[1-6])\b", re.I)
_LONGEST_TITLE = 150
_MOST_KEPT = 10_000
"""Titles and dates, of the article and of what is linked beside it."""
_EAST = timedelta(hours=8)


_TEXTS = compiled(
    r".*(?:content|text|body|html|article|detail|zhengwen|neirong|encoded|description)|(?:.*(?:正文|内容|全文))|txt|zw|nr",
    re.I,
)
_STOPS = compiled(r"(?:(?:。|\\u3002|&#(?:x3002|12290);)[^。]{0,500}){3}")
_FEWEST_UNNAMED = 400
"""Chinese characters of a string whose name does not say that it is the text."""
_MAY_BE_CHINESE = compiled(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}|&#(?:x[4-9][0-9a-fA-F]{3}|[2-4]\d{4});")


class Field(NamedTuple):
    """A string of a record."""

    name: str
    value: str
    at: int = 0
    """Where it stands: of several titles the one beside the article is meant."""
    owner: int = 0
    """The object that it is a part of."""


class Article(NamedTuple):
    """What a record says."""

    text: str
    title: str = ""
    date: str = ""

    @property
    def is_page(self) -> bool:
        """Whether the text is HTML."""
        return _TAG.search(self.text) is not None


def may_be_article(text: str, start: int, end: int, name: Callable[[], str]) -> bool:
    """Whether a string that stands in data, maybe with escapes, may be the text of a record."""
    if end - start < FEWEST_CHINESE:
        return False
    chinese = sum(1 for _ in islice(_MAY_BE_CHINESE.finditer(text, start, end), _FEWEST_UNNAMED))
    if chinese < FEWEST_CHINESE:
        return False
    if _TEXTS.fullmatch(name()) is not None:
        return True
    return chinese >= _FEWEST_UNNAMED and _STOPS.search(text, start, end) is not None


def find_article(fields: Iterable[Field]) -> Article | None:
    """The string with most Chinese text, if it may be an article."""
    kept: list[Field] = []
    best: Field | None = None
    most = FEWEST_CHINESE - 1
    for field in fields:
        if len(field.value) > most and (count := len(_CHINESE.findall(field.value))) > most:
            best, most = field, count
        elif len(kept) < _MOST_KEPT and len(field.value) <= _LONGEST_TITLE and _is_named(field.name):
            kept.append(field)
    if best is None:
        return None
    text = markup.unescape(best.value) if _is_escaped(best.value) else best.value
    return Article(text, _title(kept, best), _date(kept, best))


def _is_named(name: str) -> bool:
    return _TITLES.fullmatch(name) is not None or _DATES.fullmatch(name) is not None


def _is_escaped(text: str) -> bool:
    return _TAG.search(text) is None and len(_ESCAPED_TAG.findall(text)) >= 2


def _beside(fields: Iterable[Field], article: Field) -> list[Field]:
    """Those of the same object first, then what stands before it, the nearest first."""
    return sorted(fields, key=lambda f: (f.owner != article.owner, f.at > article.at, abs(f.at - article.at)))


def _title(fields: list[Field], article: Field) -> str:
    named = [
        f
        for f in fields
        if _TITLES.fullmatch(f.name) and len(_CHINESE.findall(f.value)) >= 4 and _TAG.search(f.value) is None
    ]
    return re.sub(r"\s+", " ", _beside(named, article)[0].value).strip() if named else ""


def _date(fields: list[Field], article: Field) -> str:
    """Year, month and day; the date of publication before one of a change."""
    named = [(f, day) for f in fields if _DATES.fullmatch(f.name) and (day := _day(f.value))]
    days = dict(named)
    near = _beside(days, article)
    near.sort(key=lambda f: _FIRST_DATES.search(f.name) is None)
    return days[near[0]] if near else ""


def _day(value: str) -> str:
    value = value.strip()
    if found := _DATE.match(value):
        return found.group()
    if found := _COMPACT.fullmatch(value):
        return "-".join(found.groups())
    if _EPOCH.fullmatch(value):
        seconds = int(value[:10])
        return (datetime.fromtimestamp(seconds, UTC) + _EAST).strftime("%Y-%m-%d")
    return ""


def as_page(article: Article) -> str:
    """HTML of an article, its title and date where pages have them."""
    metas = [
        f'<meta name="{name}" content="{markup.escape(value)}">'
        for name, value in (("ArticleTitle", article.title), ("PubDate", article.date))
        if value
    ]
    body = article.text if article.is_page else f"<pre>{markup.escape(article.text)}</pre>"
    return f"<html><head>{''.join(metas)}</head><body>{body}</body></html>"
