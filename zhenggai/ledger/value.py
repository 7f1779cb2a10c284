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


def doubt(row: Mapping[str, Any]) -> float:
    """1 − the lead of the first label over the second, for category or status, whichever is larger.

    0 without labels. The lead rather than the probability alone, since it selects better
    (docs/active-learning.md). Of the status the ledger has the first probability only: the second is taken
    to be the rest.
    """
    doubts = [0.0]
    ranked = [float(entry["score"]) for entry in row["categories"][:2]]
    if len(ranked) == 2:
        doubts.append(1.0 - (ranked[0] - ranked[1]))
    elif row["category_score"] is not None:
        doubts.append(_by_first(row["category_score"]))
    if row["status_score"] is not None:
        doubts.append(_by_first(row["status_score"]))
    return max(doubts)


def _by_first(score: float) -> float:
    return min(1.0, 2.0 * (1.0 - score))


def review_value(row: Mapping[str, Any], taxonomy: Taxonomy) -> float:
    """The larger, the sooner to be looked at.

    1 for a contradiction, a quarter for being flagged, and the doubt.
    """
    contradiction = CONTRADICTION if contradicted(row, taxonomy) else 0.0
    flagged = FLAGGED if row["needs_review"] else 0.0
    return contradiction + flagged + doubt(row)
