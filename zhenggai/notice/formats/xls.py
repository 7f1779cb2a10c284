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
        from zhenggai.notice.formats import ods

        return ods.extract(data, limits)
    if is_flat:
        from zhenggai.notice.formats import excel_xml

        return excel_xml.extract(data, limits)
    return _binary(data, limits)


def _binary(data: bytes, limits: Limits) -> Extracted:
    from zhenggai.notice.formats import xls_binary
    from zhenggai.notice.formats.libreoffice import read_or_convert

    def converted(left: Limits) -> Extracted:
        from zhenggai.notice.formats import xlsx
        from zhenggai.notice.formats.libreoffice import Given, Target, convert

        target = Target("xlsx", "Calc MS Excel 2007 XML", "Excel 95")
        return xlsx.extract(convert(Given(data, "xls", "MS Excel 97"), target, left), left)

    return read_or_convert(lambda: xls_binary.extract(data, limits), converted, limits)
