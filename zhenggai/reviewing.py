"""Which items a person should look at, and why, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from zhenggai.classification.model import Prediction
from zhenggai.classification.outcome.clauses import MOST_READ

_CLOSE = 0.2
"""Two categories whose probabilities differ by less are called close."""


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """Below these calibrated probabilities a label is to be reviewed; chosen on validation data."""

    category: float = 0.5
    status: float = 0.6


def review_reasons(
    outcome: str, listed_open: bool, prediction: Prediction, policy: ReviewPolicy
) -> tuple[str, ...]:
    """Reasons for a review in Chinese; empty when there is none."""
    reasons = []
    category, status = prediction.category, prediction.status
    if category.score < policy.category:
        ranked = category.ranked
        if len(ranked) > 1 and ranked[0].score - ranked[1].score < _CLOSE:
            reasons.append(f"两类相近：{ranked[0].label} / {ranked[1].label}")
        else:
            reasons.append(f"类别把握不足（{_below(category.score, policy.category)}）")
    if not outcome.strip():
        reasons.append("没有整改情况")
    elif status.score < policy.status:
        reasons.append(f"完成状态把握不足（{_below(status.score, policy.status)}）")
    if len(outcome) > MOST_READ:
        reasons.append("整改情况过长，判定时只看了开头和结尾")
    if listed_open and status.label == "已完成":
        reasons.append("通报自列为尚未完成，正文判为已完成")
    return tuple(reasons)


def _below(score: float, threshold: float) -> str:
    """Both as percentages, rounded apart, so that the first is seen to be the smaller."""
    return f"{math.floor(100 * score)}%，低于 {math.ceil(100 * threshold)}%"
