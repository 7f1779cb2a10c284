"""Office documents that are a single XML file, as office systems export them: which kind is it?"""

from __future__ import annotations

from zhenggai.notice.formats.base import failure

_STARTS = ("<?xml", "<w:worddocument", "<workbook", "<office:document", "<pkg:package")
_PACKAGE = "schemas.microsoft.com/office/2006/xmlpackage"
_WORD = "schemas.microsoft.com/office/word/2003/wordml"
_EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"
_OPEN = "application/vnd.oasis.opendocument."


def xml_kind(head: str) -> str | None:
    """`docx`, `doc` or `xls` by the beginning of an XML file; None where it is no office document.

    Raises:
        ReadingError: an office document of a kind that is not read.
    """
    start = head[:200].lstrip("\ufeff \t\r\n").lower()
    if not start.startswith(_STARTS):
        return None
    lower = head.lower()
    if _PACKAGE in lower:
        if 'progid="powerpoint.show"' in lower or 'pkg:name="/ppt/' in lower:
            raise failure("通报的文字版", "是 PowerPoint 演示文稿（XML）", "另存为 docx 或 pdf")
        return "docx"
    if _WORD in lower:
        return "doc"
    if _EXCEL in lower and "<workbook" in lower:
        return "xls"
    if _OPEN in lower and "<office:document" in lower:
        return "xls" if f"{_OPEN}spreadsheet" in lower else "doc"
    return None


def is_open(data: bytes) -> bool:
    """Whether an XML file is a flat OpenDocument file."""
    return _OPEN.encode() in data[:16_000].replace(b"\0", b"")


def is_xml(data: bytes) -> bool:
    """Whether the data is such a file, and neither a zip file nor an old binary one."""
    return data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
