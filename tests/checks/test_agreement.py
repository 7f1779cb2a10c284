from __future__ import annotations

import math

import pytest

from zhenggai.checks.agreement import agreement
from zhenggai.errors import LedgerError


def test_figures_of_a_known_table() -> None:
    # 50 units, 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: κ = 0.4 (the textbook example of Cohen's κ).
    units = [("是", "是")] * 20 + [("是", "否")] * 5 + [("否", "是")] * 10 + [("否", "否")] * 15
    found = agreement("category", units)
    assert (found.units, found.passes, found.share) == (50, 2, 0.7)
    assert found.kappa == pytest.approx(0.4)
    # α = 1 − (n − 1)·Do/De with n = 100 values: 1 − 99·30/(2·55·45) = 0.4
    assert found.alpha == pytest.approx(1 - 99 * 30 / (2 * 55 * 45))


def test_one_label_throughout_has_no_chance_corrected_figure() -> None:
    found = agreement("status", [("已完成", "已完成")] * 5)
    assert found.share == 1
    assert math.isnan(found.kappa)
    assert math.isnan(found.alpha)


def test_a_missing_pass_is_named() -> None:
    with pytest.raises(LedgerError, match=r"至少 2.*\[1, 2\]"):
        agreement("status", [("已完成", "已完成"), ("已完成",)])
