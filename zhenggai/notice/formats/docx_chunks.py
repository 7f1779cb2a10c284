"""Files embedded in a Word document as they are (altChunk): what is made of pages by programs."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping

from zhenggai.notice.formats.base import Limits, failure
from zhenggai.notice.formats.detect import kind_of

_MODULES = {"html": "html", "mhtml": "mhtml", "txt": "text", "doc": "doc", "docx": "docx"}


def chunk_lines(chunks: Mapping[str, bytes], limits: Limits) -> Callable[[str], list[str]]:
    """The lines of an embedded file by the id of its relationship; files embedded in it are left out.

    The function raises ReadingError: a file that cannot be read.
    """

    def lines(name: str) -> list[str]:
        data = chunks.get(name)
        if not data:
            return []
        module = _MODULES.get(kind_of("", data))
        if module is None:
            raise failure(
                "普通的 Word 文档（docx）", "正文是嵌入的文件", "用 Word 或 WPS 打开后重新另存为 docx"
            )
        if module == "docx":
            from zhenggai.notice.formats import docx

            return docx.extract(data, limits, embedded=False).text.split("\n")
        extract = importlib.import_module(f"zhenggai.notice.formats.{module}").extract
        found: str = extract(data, limits).text
        return [line for line in found.split("\n") if line.strip()]

    return lines
