"""PDF files with a text layer: lines joined to whole paragraphs, ruled tables as rows."""

from __future__ import annotations

import io
import logging

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Deadline, Extracted, Limits, failure
from zhenggai.notice.formats.pdf_guard import check_streams
from zhenggai.notice.formats.pdf_lines import PageLines, page_lines, without_margins
from zhenggai.notice.formats.pdf_paragraphs import join
from zhenggai.notice.formats.pdf_tables import find_tables
from zhenggai.patterns import compiled

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it reports every oddity of a font

MIN_CHARACTERS = 10
"""Per page on average; scanned pages have none, or a stamp's."""
MAX_UNKNOWN = 0.3
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
        raise failure("完整的 PDF", f"文件损坏（{error}）", "重新下载或重新导出") from error


def _read(document: pdfplumber.PDF, limits: Limits, deadline: Deadline) -> Extracted:
    count = len(document.pages)
    if count == 0:
        raise failure("有页面的 PDF", "没有页面", "重新下载或重新导出")
    if count > limits.pages:
        raise failure(f"不超过 {limits.pages} 页的 PDF", f"有 {count} 页", "拆分文件后重试")
    pages: list[PageLines] = []
    empty: list[int] = []
    for number, page in enumerate(document.pages, 1):
        deadline.check()
        lines = _page(page)
        if not lines.lines and page.images:
            empty.append(number)
        pages.append(lines)
        page.close()
    text = "\n".join(join(without_margins(pages)))
    _check_text(text, count, empty)
    warnings = [f"第 {'、'.join(map(str, empty))} 页是扫描图像，没有文字，已略去"] if empty else []
    if _UNKNOWN.search(text):
        text = _UNKNOWN.sub("\ufffd", text)
        warnings.append("有些字符没有编码信息，已用“\ufffd”代替")
    return Extracted(text, None, tuple(warnings))


def _page(page: Page) -> PageLines:
    tables = find_tables(page)
    return page_lines(page.chars, tables, float(page.width), float(page.height))


def _check_text(text: str, pages: int, empty: list[int]) -> None:
    characters = sum(map(len, text.split()))
    if characters < MIN_CHARACTERS * pages and (empty or characters == 0):
        what = "是扫描件（只有图像）" if empty else "没有文字层"
        raise failure("有文字层的 PDF", what, "先用 OCR 软件识别文字，再存为 docx 或 txt")
    unknown = _UNKNOWN.findall(text)
    if unknown and sum(map(len, unknown)) > MAX_UNKNOWN * len(text):
        raise failure("字符有编码的 PDF", "字体没有编码信息，读出的是乱码", "用 OCR 软件识别，或改用 Word 版")
