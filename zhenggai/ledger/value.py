"""How much is won by having a person look at an item: contradictions first, then the least certain labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhenggai.taxonomy import Taxonomy

CONTRADICTION = 1.0
FLAGGED = 0.25
LOW_CONFIDENCE = 0.6
"""Below this probability a label is coloured as doubtful."""
FAIR_CONFIDENCE = 0.8


def contradicted(row: Mapping[str, Any], taxonomy: Taxonomy) -> bool:
    """Whether the notice's own closing list names as open what was read as completed (the first status)."""
    return bool(row["listed_open"]) and row["status"] == taxonomy.status_names[0]


def confidence(row: Mapping[str, Any]) -> float:
    """The smaller of the two probabilities; 1.0 for a row without labels."""
    scores = [row[name] for name in ("category_score", "status_score") if row[name] is not None]
    return min(scores, default=1.0)


def review_value(row: Mapping[str, Any], taxonomy: Taxonomy) -> float:
    """The larger, the sooner to be looked at.

    1 for a contradiction, a quarter for being flagged, and 1 − the smaller probability.
    """
    contradiction = CONTRADICTION if contradicted(row, taxonomy) else 0.0
    flagged = FLAGGED if row["needs_review"] else 0.0
    return contradiction + flagged + 1.0 - confidence(row)
