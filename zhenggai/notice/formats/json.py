"""A record in JSON, as programs that collect web pages write them → the article in it."""

from __future__ import annotations

from itertools import islice

from zhenggai.notice.formats.article import article_text
from zhenggai.notice.formats.article_fields import find_article
from zhenggai.notice.formats.base import Extracted, Limits, failure
from zhenggai.notice.formats.json_records import json_records
from zhenggai.notice.formats.literals import string_fields
from zhenggai.notice.formats.text import decoded


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the record. Raises ReadingError: no article in it, or several records."""
    found = decoded(data, limits)
    if len(list(islice(json_records(found.text), 2))) > 1:
        raise failure("一条记录", "是含有多条记录的 JSON", "写成 文件名!/序号，或交给 expand 逐条展开")
    article = find_article(string_fields(found.text))
    if article is None:
        raise failure("有正文字段（content、正文等）的 JSON 记录", "没有找到正文", "将正文另存为 txt 或 docx")
    return article_text(article, limits, found.encoding, found.warnings)
