"""Workbooks of Excel 97-2003, WPS, OpenDocument and Excel 2003 XML: each to the reader of its format."""

from __future__ import annotations

from zhenggai.notice.formats.base import Extracted, Limits
from zhenggai.notice.formats.xml_kinds import is_open, is_xml


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the workbook.

    Raises:
        ReadingError: damaged, encrypted, out of time, our own ledger.
    """
    is_flat = is_xml(data)
    if data.startswith(b"PK") or (is_flat and is_open(data)):
        from zhenggai.notice.formats.ods import extract as ods_text

        return ods_text(data, limits)
    if is_flat:
        from zhenggai.notice.formats.excel_xml import extract as excel_xml_text

        return excel_xml_text(data, limits)
    return _binary(data, limits)


def _binary(data: bytes, limits: Limits) -> Extracted:
    from zhenggai.notice.formats.libreoffice import read_or_convert
    from zhenggai.notice.formats.xls_binary import extract as xls_binary_text

    def converted(left: Limits) -> Extracted:
        from zhenggai.notice.formats.libreoffice import Given, Target, convert
        from zhenggai.notice.formats.xlsx import extract as xlsx_text

        target = Target("xlsx", "Calc MS Excel 2007 XML", "Excel 95")
        return xlsx_text(convert(Given(data, "xls", "MS Excel 97"), target, left), left)

    return read_or_convert(lambda: xls_binary_text(data, limits), converted, limits)
