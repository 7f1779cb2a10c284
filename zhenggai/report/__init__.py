"""A ledger becomes one self-contained page."""

from zhenggai.report.page import write_report

__all__ = ["write_report"]
