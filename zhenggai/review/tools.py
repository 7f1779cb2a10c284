"""The tools that items can be corrected in."""

from __future__ import annotations

from enum import StrEnum


class Tool(StrEnum):
    """Where the items are corrected."""

    XLSX = "xlsx"
    CSV = "csv"
    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
