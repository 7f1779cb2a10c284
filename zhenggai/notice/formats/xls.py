"""Old Excel, WPS and OpenDocument workbooks: turned into xlsx and read as such."""

from __future__ import annotations

from zhenggai.notice.formats import xlsx
from zhenggai.notice.formats.base import Extracted, Limits
from zhenggai.notice.formats.libreoffice import Given, Target, convert
from zhenggai.notice.formats.xml_kinds import is_xml, sheet_filter

_XLSX = Target("xlsx", "Calc MS Excel 2007 XML", "xls、et、ods、Excel 2003 XML")


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the workbook. Raises ReadingError: no LibreOffice, out of time, damaged, our own ledger."""
    return xlsx.extract(convert(_given(data), _XLSX, limits), limits)


def _given(data: bytes) -> Given:
    if data.startswith(b"PK"):
        return Given(data, "ods", "calc8")
    return Given(data, *sheet_filter(data)) if is_xml(data) else Given(data, "xls", "MS Excel 97")
