"""A record in XML, as databases and feeds export them → the article in it; other XML is read as a page."""

from __future__ import annotations

from itertools import islice

from zhenggai.notice.formats import html
from zhenggai.notice.formats.article import article_text
from zhenggai.notice.formats.article_fields import find_article
from zhenggai.notice.formats.base import Extracted, Limits, failure
from zhenggai.notice.formats.text import decode
from zhenggai.notice.formats.xml_records import xml_fields, xml_records


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the record. Raises ReadingError: several records, or no text."""
    text, encoding, warnings = decode(data, html.declared_encoding(data))
    if len(list(islice(xml_records(text), 2))) > 1:
        raise failure("一条记录", "是含有多条记录的 XML", "写成 文件名!/序号，或交给 expand 逐条展开")
    article = find_article(xml_fields(text))
    if article is None:
        return html.extracted(text, limits, encoding, warnings)
    return article_text(article, limits, encoding, warnings)
