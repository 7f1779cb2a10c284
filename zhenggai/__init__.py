"""Reads published inspection-rectification notices and writes a ledger of problems, outcomes and labels."""

from __future__ import annotations

__version__ = "0.1.0"
