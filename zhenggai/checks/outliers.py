"""Texts unlike all others: other matter, broken extraction, another language."""

from __future__ import annotations

import numpy as np

from zhenggai.checks.model import Context, Finding

NAME = "outlier"
TITLE = "离群"
FENCE = 1.5
"""Tukey's fence (1977): this many interquartile ranges beyond the quartile."""
_LEAST = 1e-3


def check(context: Context) -> list[Finding]:
    """Rows far from their neighbours: score = mean cosine distance to the three nearest.

    Source: Angiulli & Pizzuti (2002). The fence is set on the logarithm of the mean similarity: distances
    crowd below 1, where a fence on the distance itself would lie beyond what is possible.
    """
    _, similar = context.nearest
    if similar.shape[1] == 0:
        return []
    mean = similar.mean(axis=1)
    closeness = np.log(np.maximum(mean, _LEAST))
    low, high = np.quantile(closeness, [0.25, 0.75])
    limit = low - FENCE * (high - low)
    rows = [int(i) for i in np.argsort(closeness, kind="stable") if closeness[i] < limit]
    return [_finding(context, row, 1 - float(mean[row])) for row in rows]


def _finding(context: Context, row: int, distance: float) -> Finding:
    example = context.examples[row]
    return Finding(
        NAME,
        context.task,
        example.where,
        example.text,
        example.label,
        distance,
        "与其他条目都不相像；请确认文本完整、确属此类内容。",
        None,
        context.neighbours(row),
    )
