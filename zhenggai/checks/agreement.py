"""How far two passes over the same units agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from zhenggai.errors import LedgerError
from zhenggai.ledger.extras import load_extra


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures of one task."""

    task: str
    units: int
    passes: int
    share: float
    """Units on which all passes agree."""
    kappa: float
    """Cohen's κ (1960), the mean over pairs of passes."""
    alpha: float
    """Krippendorff's α for nominal data (2011)."""


def agreement(task: str, units: Sequence[tuple[str, ...]]) -> Agreement:
    """Agreement of the passes; `units` holds the label of every pass per unit.

    Where all passes gave one and the same label throughout, chance agreement is total and κ and α are nan.

    Raises:
        LedgerError: units differ in the number of passes, there are fewer than two, or a library is missing.
    """
    passes = {len(u) for u in units}
    if len(passes) != 1 or min(passes) < 2:
        raise LedgerError(
            f"每个条目的 passes 应有相同的次数（至少 2），实际为 {sorted(passes)}。请补全标注。"
        )
    metrics: Any = load_extra("sklearn.metrics", "checks", "计算一致性")
    krippendorff: Any = load_extra("krippendorff", "checks", "计算一致性")
    names = sorted({label for unit in units for label in unit})
    codes = np.array([[names.index(label) for label in unit] for unit in units], float).T
    count = next(iter(passes))
    share = float((codes == codes[0]).all(axis=0).mean())
    if len(names) == 1:
        return Agreement(task, len(units), count, share, float("nan"), float("nan"))
    kappas = [metrics.cohen_kappa_score(a, b) for a, b in combinations(codes, 2)]
    alpha = krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal")
    return Agreement(task, len(units), count, share, float(np.mean(kappas)), float(alpha))
