"""Old Excel, WPS and OpenDocument workbooks: turned into xlsx and read as such."""

from __future__ import annotations

from zhenggai.notice.formats import xlsx
from zhenggai.notice.formats.base import Extracted, Limits
from zhenggai.notice.formats.libreoffice import Given, Target, convert

_XLSX = Target("xlsx", "Calc MS Excel 2007 XML", "xls、et、ods")


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the workbook. Raises ReadingError: no LibreOffice, out of time, damaged, our own ledger."""
    is_open = data.startswith(b"PK")
    given = Given(data, "ods", "calc8") if is_open else Given(data, "xls", "MS Excel 97")
    return xlsx.extract(convert(given, _XLSX, limits), limits)
