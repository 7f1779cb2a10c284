"""What kind of file is it? Its content decides; its ending only where the content does not say."""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from pathlib import PurePath

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.mail_kind import is_mail
from zhenggai.notice.formats.xml_kinds import xml_kind
from zhenggai.patterns import compiled

READABLE = (
    "Word（docx、doc、wps、rtf、odt）、Excel（xlsx、xls、et、ods、csv）、PDF、OFD、网页（html、mhtml）、邮件（eml）、"
    "电子书（epub）、抓取的网页数据（json、jsonl、xml）、txt、md，以及含有这些文件的 zip"
)

ENDINGS = {
    "html": "html",
    "htm": "html",
    "shtml": "html",
    "xhtml": "html",
    "mhtml": "mhtml",
    "mht": "mhtml",
    "csv": "csv",
    "tsv": "csv",
    "md": "markdown",
    "markdown": "markdown",
}

_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"\xfd7zXZ\0", "xz 压缩包"),
    (b"BZh", "bzip2 压缩包"),
    (b"\x28\xb5\x2f\xfd", "zstd 压缩包"),
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
    (b"SQLite format 3\0", "数据库"),
    (b"PAR1", "Parquet 数据"),
    (b"\x93NUMPY", "NumPy 数据"),
)
_MAY_BE_TEXT = (b"BM", b"MZ", b"GIF8", b"BZh", b"PAR1", b"MM\0*", b"II*\0")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOM_ENCODINGS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HTML_START = compiled(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*){0,20}<(!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S
)
_HTML_TAG = compiled(
    r"</?(p|div|br|span|table|tr|td|h[1-6]|a|font|strong|ul|ol|li|section)\b[^<>]{0,500}>", re.I
)
_JSON_START = compiled(r"\s*(?:\[\s*)?\{\s*\"[^\"\n]{1,80}\"\s*:")
_RECORD = compiled(r"!/\d+(?:-\d+)?$")
_MARKDOWN = (
    compiled(r"^#{2,6}[ \t]+[^\s#]", re.M),
    compiled(r"^[ \t]*(?:[*+-][ \t]+|\d{1,3}[.)][ \t]+|>[ \t]?)?\*\*[^*\s][^*\n]{0,200}\*\*(?![*])", re.M),
    compiled(r"^# +[^\s#]", re.M),
    compiled(r"^\d{1,3}\\[.)]", re.M),
    compiled(r"(?<!^)\*\*[^*\s][^*\n]{0,200}\*\*", re.M),
    compiled(r"!?\[[^\]\n]{0,200}\]\((?:https?:/|\.{0,2})/[^)\s]{1,500}\)"),
    compiled(r"^(?:&nbsp;){2}|&nbsp;\\?$", re.M),
)
"""Headings, bold beginnings of lines; then marks that other texts have too, which alone say nothing."""
_MARKDOWN_PARTS = ("**", "# ", "\\", "](", "&nbsp;", "|")
"""Every mark has one of these in it, and most texts have none."""
_CERTAIN = 3
_RULE = r"[ \t]*(?:-{2,}:?|:-+:?|-:)[ \t]*"
_MARKDOWN_TABLE = compiled(rf"^[^\n|]*\|[^\n]*\n[ \t]*\|{_RULE}(?:\|{_RULE})+\|?[ \t]*$", re.M)
_MHTML_HEADER = compiled(r"^(MIME-Version:|From:\s*[\"<]?Saved by|Snapshot-Content-Location:)", re.I | re.M)
_MHTML_TYPE = compiled(r"^Content-Type:\s*(multipart/|text/html)", re.I | re.M)


def kind_of(name: str, data: bytes) -> str:
    """One of the kinds of `SourceText.kind`, or `zip`.

    Raises:
        ReadingError: the content is of a kind that cannot be read; the message names it.
    """
    if data.startswith(_ZIP):
        kind = _zip_kind(data)
        if kind == "zip":
            _refuse_ending(name)
        return kind
    if data.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.lstrip()[:5] == b"{\\rtf":
        return "doc"
    _refuse_foreign(data)
    _refuse_ending(name)
    return _text_kind(name, data)


def zip_kind(names: Collection[str]) -> str:
    """`docx`, `ofd`, `epub`, `doc` (OpenDocument), `xlsx` or `zip`, by the names in a zip file's directory.

    Raises:
        ReadingError: an office file of a kind that cannot be read.
    """
    parts = {name.replace("\\", "/").lstrip("/") for name in names}
    if "word/document.xml" in parts or ("[Content_Types].xml" in parts and _has(parts, "word/")):
        return "docx"
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if "xl/workbook.bin" in parts:
        raise _unreadable("二进制的 Excel 工作簿（xlsb）", "另存为 xlsx")
    if "ppt/presentation.xml" in parts:
        raise _unreadable("PowerPoint 演示文稿", "另存为 docx 或 pdf")
    if "OFD.xml" in parts:
        return "ofd"
    if "META-INF/container.xml" in parts and any(part.endswith(".opf") for part in parts):
        return "epub"
    if {"mimetype", "content.xml", "META-INF/manifest.xml"} <= parts:
        return "doc"
    return "zip"


def _has(parts: Collection[str], folder: str) -> bool:
    return any(part.startswith(folder) for part in parts)


def _zip_kind(data: bytes) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kind = zip_kind(archive.namelist())
            return "xls" if kind == "doc" and archive.read("mimetype").startswith(_SHEETS) else kind
    except ReadingError:
        raise
    except Exception:  # zipfile fails in many ways on damaged directories
        # damaged: the names stand uncompressed before the members as well
        if b"word/document.xml" in data or data[30:].startswith(b"word/"):
            return "docx"
        if data[30:38] == b"mimetype" and b"META-INF/container.xml" in data:
            return "epub"
        return "ofd" if b"OFD.xml" in data else "zip"


def _ole_kind(data: bytes) -> str:
    """Old office files: the directory names their main stream in UTF-16."""
    if _names(data, "WordDocument"):
        return "doc"
    if _names(data, "EncryptedPackage"):
        raise failure(
            "没有密码的文件", "文件有密码（加密的 Office 文件）", "在 Word、Excel 或 WPS 中取消密码后另存"
        )
    if _names(data, "PowerPoint Document"):
        raise _unreadable("PowerPoint 演示文稿", "另存为 docx 或 pdf")
    return "xls" if _names(data, "Workbook") or _names(data, "\0\0Book\0") else "doc"


def _names(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def _refuse_foreign(data: bytes) -> None:
    for magic, what in _FOREIGN:
        if data.startswith(magic) and not (magic in _MAY_BE_TEXT and b"\0" not in data[:4096]):
            if "图片" in what:
                raise _unreadable(what, "用 OCR 软件识别成文字，存为 docx 或 txt")
            other = f"换成通报的文字版；能读取的格式有 {READABLE}"
            raise _unreadable(what, "先解压，再读取其中的文件" if "压缩包" in what else other)


def _unreadable(what: str, action: str) -> ReadingError:
    return failure("通报的文字版", f"是{what}", action)


_NO_TEXT = {
    **dict.fromkeys(("ceb", "cebx"), ("方正 CEB 版式文件", "用方正阅读器打印为 PDF，或复制正文存为 txt")),
    **dict.fromkeys(("caj", "kdh", "nh"), ("CAJ 文件", "用 CAJ 阅读器另存或打印为 PDF，或复制正文存为 txt")),
    **dict.fromkeys(("gw", "gd", "sep"), ("专用版式公文", "用原来的阅读器打印为 PDF，或复制正文存为 txt")),
    **dict.fromkeys(("ppt", "pptx", "dps"), ("演示文稿", "另存为 docx 或 pdf")),
    "pages": ("Pages 文稿", "在 Pages 中导出为 docx 或 pdf"),
    "wpd": ("WordPerfect 文档", "另存为 docx"),
}
"""Ending → what such a file is, and what to do, where its content is no kind that is read."""


def is_refused(name: str) -> bool:
    """Whether files with the ending of `name` are refused unless their content is another kind."""
    return PurePath(name).suffix.lower().lstrip(".") in _NO_TEXT


def _refuse_ending(name: str) -> None:
    """Raises ReadingError: the file is of a kind whose text cannot be told from its content."""
    if known := _NO_TEXT.get(PurePath(name).suffix.lower().lstrip(".")):
        raise _unreadable(*known)


def _text_kind(name: str, data: bytes) -> str:
    head = _head(data)
    if kind := xml_kind(head) or _record_kind(name, head):
        return kind
    if _MHTML_HEADER.search(head[:2000]) and _MHTML_TYPE.search(head):
        return "mhtml"
    if is_mail(head):
        return "mhtml"
    if _HTML_START.match(head):
        return "html"
    ending = ENDINGS.get(PurePath(name).suffix.lower().lstrip("."), "txt")
    tags = len(_HTML_TAG.findall(head))
    if tags >= 3 and head.lstrip().startswith("<"):
        return "html"
    if ending == "markdown" or (ending == "txt" and _is_markdown(head)):
        return "markdown"
    if tags >= 20:
        return "html"
    return ending if ending == "csv" or (ending == "html" and tags) else "txt"


def _record_kind(name: str, head: str) -> str | None:
    """`json` or `xml` where a file is data, or a record of it (`dump.jsonl!/3`)."""
    dump = _RECORD.sub("", name)
    if _JSON_START.match(head):
        return "json"
    is_xml = dump.lower().endswith(".xml") and (dump != name or head.lstrip("\ufeff").startswith("<"))
    page = _HTML_START.match(head) is not None or "www.w3.org/1999/xhtml" in head
    return "xml" if is_xml and not page else None


def _is_markdown(head: str) -> bool:
    """Whether a text that does not call itself Markdown certainly is: by marks of several kinds, each often
    enough to be no chance, or by a kind that no other text has."""
    if ("\n" not in head and "\r" not in head) or not any(part in head for part in _MARKDOWN_PARTS):
        return False
    lines = head.replace("\r\n", "\n").replace("\r", "\n")
    found = [len(mark.findall(lines)) for mark in _MARKDOWN]
    if any(count >= _CERTAIN for count in found[:2]) or _MARKDOWN_TABLE.search(lines):
        return True
    return sum(count >= 2 for count in found) >= 2


def _head(data: bytes) -> str:
    """The beginning, well enough decoded to look for ASCII marks."""
    for mark, codec in _BOM_ENCODINGS:
        if data.startswith(mark):
            return data[2:16_000].decode(codec, "replace")
    return data[:16_000].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
