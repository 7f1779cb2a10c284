"""Temperature scaling (Guo et al. 2017)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize_scalar

from zhenggai.classification.calibration import log_softmax
from zhenggai.classification.linear_models.ngrams import Floats


def fit_temperature(scores: Floats, gold: Sequence[int]) -> float:
    """The temperature in [0.2, 5] with the least log-loss of `gold` under softmax(scores / temperature)."""
    index = np.asarray(gold)

    def loss(temperature: float) -> float:
        chosen = log_softmax((scores / temperature).astype(np.float32))[np.arange(len(index)), index]
        return float(-chosen.mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x)
