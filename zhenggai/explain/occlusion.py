"""Leave out one part at a time and see what becomes of the probabilities.

Source: Zeiler & Fergus 2014; Li, Monroe & Jurafsky 2016.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhenggai.classification.model import Query
from zhenggai.explain.model import Effect, Part
from zhenggai.explain.scoring import Scorer
from zhenggai.explain.segments import without

_LEAST = 1e-6
"""Probabilities are floored here before their logarithm is taken."""


def occlude(query: Query, parts: Sequence[Part], scorer: Scorer, first: int, second: int) -> list[Effect]:
    """The effect of each of `parts`; `first` and `second` are the columns of the two best labels."""
    if not parts:
        return []
    # One batch; the whole text comes first, so that one engine call measures both sides of a difference.
    scores = scorer([query, *(without(query, part) for part in parts)])
    odds = np.log(np.maximum(scores[:, first], _LEAST)) - np.log(np.maximum(scores[:, second], _LEAST))
    return [
        Effect(part, float(scores[0, first] - row[first]), float(odds[0] - own))
        for part, row, own in zip(parts, scores[1:], odds[1:], strict=True)
    ]
