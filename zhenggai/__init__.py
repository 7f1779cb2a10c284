"""Reads published inspection-rectification notices and writes a ledger of problems, outcomes and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "classify", "load_classifier"]

if TYPE_CHECKING:
    from zhenggai.api import classify, load_classifier


def __getattr__(name: str) -> Any:
    """Load the API at its first use, so that `import zhenggai` stays quick."""
    if name in ("classify", "load_classifier"):
        from zhenggai import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
