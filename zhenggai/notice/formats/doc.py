"""Old Word, WPS, RTF and OpenDocument texts: turned into docx and read as such."""

from __future__ import annotations

from zhenggai.notice.formats import docx
from zhenggai.notice.formats.base import Extracted, Limits
from zhenggai.notice.formats.libreoffice import Given, Target, convert
from zhenggai.notice.formats.xml_kinds import is_xml, text_filter

_DOCX = Target("docx", "MS Word 2007 XML", "doc、wps、rtf、odt、Word 2003 XML")


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the document. Raises ReadingError: no LibreOffice, out of time, damaged."""
    given = Given(data, *text_filter(data)) if is_xml(data) else Given(data, _ending(data))
    return docx.extract(convert(given, _DOCX, limits), limits)


def _ending(data: bytes) -> str:
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    return "odt" if data.startswith(b"PK") else "doc"
