"""Corrections out of a ledger and back in."""

from zhenggai.review.exporting import Tool, export_review
from zhenggai.review.importing import ImportSummary, import_review

__all__ = ["ImportSummary", "Tool", "export_review", "import_review"]
