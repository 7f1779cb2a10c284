"""The article of a record → text, with title and date of the record where the article has none of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from zhenggai.notice.formats.article_fields import Article
from zhenggai.notice.formats.base import Extracted, Limits
from zhenggai.notice.head.published import read_published

_HEAD = 400
"""Characters in which an article has its title."""


def article_text(
    article: Article, limits: Limits, encoding: str | None, warnings: tuple[str, ...]
) -> Extracted:
    """Text of the article, whether it is a page or not."""
    if article.is_page:
        from zhenggai.notice.formats.html import extracted

        found = extracted(article.text, limits, encoding, warnings)
    else:
        found = Extracted(article.text.replace("\r\n", "\n").replace("\r", "\n"), encoding, warnings)
    return with_head(found, article.title, article.date)


def with_head(found: Extracted, title: str, date: str = "") -> Extracted:
    """A text below the title and the date that it does not have itself."""
    above = [title] if title and not _has_title(found.text, title) else []
    lines = [line.strip() for line in found.text.split("\n") if line.strip()] if date else []
    if date and read_published(lines, title or None) is None:
        above.append(date)
    head = "".join(f"{line}\n" for line in above)
    return replace(
        found, text=head + found.text, headings=tuple(len(head) + start for start in found.headings)
    )


def _has_title(text: str, title: str) -> bool:
    return re.sub(r"\s", "", title) in re.sub(r"\s", "", text[:_HEAD])
