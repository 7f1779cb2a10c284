"""Workbooks of Excel 97-2003, WPS, OpenDocument and Excel 2003 XML: each to the reader of its format."""

from __future__ import annotations

from zhenggai.notice.formats.base import Extracted, Limits
from zhenggai.notice.formats.xml_kinds import is_open, is_xml


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the workbook.

    Raises:
        ReadingError: damaged, encrypted, out of time, our own ledger; Excel 2003 XML without LibreOffice.
    """
    is_flat = is_xml(data)
    if data.startswith(b"PK") or (is_flat and is_open(data)):
        from zhenggai.notice.formats import ods

        return ods.extract(data, limits)
    return _converted(data, "xml", limits) if is_flat else _binary(data, limits)


def _binary(data: bytes, limits: Limits) -> Extracted:
    from zhenggai.notice.formats import xls_binary
    from zhenggai.notice.formats.libreoffice import read_or_convert

    def converted(left: Limits) -> Extracted:
        return _converted(data, "xls", left)

    return read_or_convert(lambda: xls_binary.extract(data, limits), converted, limits)


def _converted(data: bytes, ending: str, limits: Limits) -> Extracted:
    from zhenggai.notice.formats import xlsx
    from zhenggai.notice.formats.libreoffice import Given, Target, convert

    given = Given(data, ending, "MS Excel 2003 XML" if ending == "xml" else "MS Excel 97")
    target = Target("xlsx", "Calc MS Excel 2007 XML", "Excel 2003 XML")
    return xlsx.extract(convert(given, target, limits), limits)
