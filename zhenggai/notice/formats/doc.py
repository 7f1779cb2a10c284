"""Documents of Word 97-2003, WPS, RTF, OpenDocument and Word 2003 XML: each to the reader of its format."""

from __future__ import annotations

from zhenggai.notice.formats.base import Extracted, Limits
from zhenggai.notice.formats.xml_kinds import is_open, is_xml


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the document.

    Raises:
        ReadingError: damaged, encrypted, out of time; Word 95 without LibreOffice.
    """
    if data.lstrip()[:5] == b"{\\rtf":
        from zhenggai.notice.formats.rtf import extract as rtf_text

        return rtf_text(data, limits)
    is_flat = is_xml(data)
    if data.startswith(b"PK") or (is_flat and is_open(data)):
        from zhenggai.notice.formats.odt import extract as odt_text

        return odt_text(data, limits)
    if is_flat:
        from zhenggai.notice.formats.word_xml import extract as word_xml_text

        return word_xml_text(data, limits)
    return _binary(data, limits)


def _binary(data: bytes, limits: Limits) -> Extracted:
    from zhenggai.notice.formats.libreoffice import read_or_convert
    from zhenggai.notice.formats.word_binary import extract as word_binary_text

    def converted(left: Limits) -> Extracted:
        from zhenggai.notice.formats.docx import extract as docx_text
        from zhenggai.notice.formats.libreoffice import Given, Target, convert

        target = Target("docx", "MS Word 2007 XML", "Word 95")
        return docx_text(convert(Given(data, "doc"), target, left), left)

    return read_or_convert(lambda: word_binary_text(data, limits), converted, limits)
