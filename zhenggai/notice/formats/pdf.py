"""PDF files with a text layer: lines joined to whole paragraphs, ruled tables as rows."""

from __future__ import annotations

import io
import logging

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure
from zhenggai.notice.formats.layout import check_count, check_text, scan_warnings, table_warnings, text_of
from zhenggai.notice.formats.layout_lines import PageLines, page_lines
from zhenggai.notice.formats.layout_tables import Glyph
from zhenggai.notice.formats.pdf_guard import check_streams
from zhenggai.notice.formats.pdf_tables import find_tables
from zhenggai.notice.formats.pdf_watermarks import without_watermark
from zhenggai.patterns import compiled

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it reports every oddity of a font

MAX_UNKNOWN = 0.3
_TRAILER = 2048
"""Bytes in which the end of a whole file is marked; mails and servers may add some behind it."""
_UNKNOWN = compiled(r"\(cid:\d+\)")


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of a PDF. Raises ReadingError: damaged, encrypted, scanned, too long, without character codes."""
    check_streams(data, limits)
    deadline = Deadline(limits.seconds)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return _read(document, limits, deadline)
    except ReadingError:
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise failure("未加密的 PDF", "需要密码", "解除密码后另存") from error
        raise _damaged(data) from error
    except PSException as error:  # of a page, met when it is read
        raise _damaged(data) from error


def _damaged(data: bytes) -> ReadingError:
    cut = b"%%EOF" not in data[-_TRAILER:]
    found = "文件不完整或已损坏（没有结尾，可能没有下载完）" if cut else "文件已损坏"
    return failure("完整的 PDF", found, "重新下载或重新导出")


def _read(document: pdfplumber.PDF, limits: Limits, deadline: Deadline) -> Extracted:
    count = len(document.pages)
    check_count(count, "PDF", limits.pages)
    pages: list[PageLines] = []
    scanned: list[int] = []
    for number, page in enumerate(document.pages, 1):
        deadline.check()
        lines = _page(page, pages[-1] if pages else None)
        if not lines.lines and page.images:
            scanned.append(number)
        pages.append(lines)
        page.close()
    text = text_of(pages)
    check_text(text, count, scanned, "PDF")
    _check_codes(text)
    warnings = scan_warnings(scanned) + table_warnings(text)
    if _UNKNOWN.search(text):
        text = _UNKNOWN.sub("\ufffd", text)
        warnings.append("有些字符没有编码信息，已用“\ufffd”代替")
    return Extracted(text, None, tuple(warnings))


def _page(page: Page, before: PageLines | None) -> PageLines:
    printed = without_watermark(page)
    glyphs = (
        Glyph(char["text"], char["x0"], char["x1"], char["top"], char["bottom"], char["size"])
        for char in printed.chars
    )
    return page_lines(glyphs, find_tables(printed), float(page.width), float(page.height), before)


def _check_codes(text: str) -> None:
    unknown = _UNKNOWN.findall(text)
    if unknown and sum(map(len, unknown)) > MAX_UNKNOWN * len(text):
        raise failure("字符有编码的 PDF", "字体没有编码信息，读出的是乱码", "用 OCR 软件识别，或改用 Word 版")
