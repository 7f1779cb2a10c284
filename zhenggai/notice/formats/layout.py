"""Text of the pages of a document with a fixed layout (PDF, OFD), and whether there is enough of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.layout_columns import one_after_the_other
from zhenggai.notice.formats.layout_lines import PageLines, without_margins
from zhenggai.notice.formats.layout_paragraphs import join
from zhenggai.notice.model import CELL_SEPARATOR
from zhenggai.patterns import compiled

MIN_CHARACTERS = 10
"""Per page on average; scanned pages have none, or a stamp's."""


def text_of(pages: Sequence[PageLines]) -> str:
    """Paragraphs and table rows of a document, one a line, without page numbers and running heads."""
    return "\n".join(join(list(one_after_the_other(without_margins(pages)))))


def check_count(pages: int, what: str, limit: int) -> None:
    """Raises ReadingError when a document of the kind `what` has no pages, or too many."""
    if pages == 0:
        raise failure(f"有页面的 {what}", "没有页面", "重新下载或重新导出")
    if pages > limit:
        raise failure(f"不超过 {limit} 页的 {what}", f"有 {pages} 页", "拆分文件后重试")


def check_text(text: str, pages: int, scanned: Sequence[int], what: str) -> None:
    """Raises ReadingError when there is no text, or next to none beside `scanned` pages."""
    characters = sum(map(len, text.split()))
    if characters < MIN_CHARACTERS * pages and (scanned or characters == 0):
        found = "是扫描件（只有图像）" if scanned else "没有文字层"
        raise failure(f"有文字层的 {what}", found, "先用 OCR 软件识别文字，再存为 docx 或 txt")


_TABLE_HEAD = compiled(r"[序编][ 　]*号[ 　]*\S{0,8}问题\S{0,6}[ 　]+\S{0,6}(?:整改|措施|进展|情况|成效)")
_COLUMN_NAME, _COLUMN_NUMBER = compiled(r"^[序编]\s*号$", re.M), compiled(r"^\d{1,3}$", re.M)
_FEWEST_NUMBERS = 3


def table_warnings(text: str) -> list[str]:
    """What to say of a table without lines, whose cells cannot be told apart."""
    if CELL_SEPARATOR in text:
        return []
    column = _COLUMN_NAME.search(text) and len(_COLUMN_NUMBER.findall(text)) >= _FEWEST_NUMBERS
    if not column and not _TABLE_HEAD.search(text):
        return []
    return [
        "文中像是有没有框线的表格，各列无法分清，或只有一部分列有文字："
        "请改用 Word、Excel 原件，或带框线的 PDF。"
    ]


def scan_warnings(scanned: Sequence[int]) -> list[str]:
    """What to say of scanned pages among others, by their numbers."""
    return [f"第 {'、'.join(map(str, scanned))} 页是扫描图像，没有文字，已略去"] if scanned else []
