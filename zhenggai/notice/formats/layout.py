"""Text of the pages of a document with a fixed layout (PDF, OFD), and whether there is enough of it."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.layout_columns import one_after_the_other
from zhenggai.notice.formats.layout_lines import PageLines, without_margins
from zhenggai.notice.formats.layout_paragraphs import join

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


def scan_warnings(scanned: Sequence[int]) -> list[str]:
    """What to say of scanned pages among others, by their numbers."""
    return [f"第 {'、'.join(map(str, scanned))} 页是扫描图像，没有文字，已略去"] if scanned else []
