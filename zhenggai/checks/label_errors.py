"""Labels that out-of-fold predictions contradict: confident learning (Northcutt et al. 2021; `cleanlab`)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhenggai.checks.model import Context, Finding
from zhenggai.ledger.extras import load_extra

NAME = "label_error"
TITLE = "疑似标错"


def check(context: Context) -> list[Finding]:
    """Rows whose label is likely to be wrong; score = 1 − out-of-fold probability of the given label.

    Raises:
        LedgerError: cleanlab or scikit-learn is not installed.
    """
    probabilities = context.probabilities
    if probabilities is None:
        return []
    cleanlab: Any = load_extra("cleanlab.filter", "checks", "查找疑似标错的条目")
    rows = cleanlab.find_label_issues(
        context.targets, probabilities, return_indices_ranked_by="self_confidence", n_jobs=1
    )
    return [_finding(context, int(row), probabilities[int(row)]) for row in rows]


def _finding(context: Context, row: int, probabilities: NDArray[np.float64]) -> Finding:
    example, given = context.examples[row], float(probabilities[context.targets[row]])
    best = int(probabilities.argmax())
    proposed = context.labels[best]
    return Finding(
        NAME,
        context.task,
        example.where,
        example.text,
        example.label,
        1 - given,
        f"标注为“{example.label}”（概率 {given:.2f}），模型判为“{proposed}”（{probabilities[best]:.2f}）；"
        "请对照标注规范复核。",
        proposed,
        context.neighbours(row),
    )
