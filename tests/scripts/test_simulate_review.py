"""The simulation of the review loop: by hand on a tiny pool, and the factor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from scripts import simulate_review
from scripts.simulate_review import Plan, by_value, factors, simulate
from train._finetuning.examples import Problem
from train._linear.category import fit_category
from zhenggai.classification.model import Query

TEXTS = {"八项规定": "公务接待超标准", "基层党建": "党费收缴不及时", "财经纪律": "报销凭证不规范"}
ROWS = [
    Problem(Query(f"{text}{'甲乙丙丁'[i % 4] * i}"), name, (), i % 2, f"{name}{i}", f"n{i % 2}", True)
    for name, text in TEXTS.items()
    for i in range(8)
]


def test_factor_by_hand() -> None:
    # The selection reaches 0.7 after 10; chance reaches 0.7 half-way between 20 and 30.
    selected = {"corrections": [0, 10, 20, 30], "selected": {"accuracy": [0.5, 0.7, 0.9, 0.95]}}
    chance = {"corrections": [0, 10, 20, 30], "random": {"accuracy": [0.5, 0.6, 0.65, 0.75]}}
    found = factors(selected, chance)
    assert found[0] == {"selected": 10, "accuracy": 0.7, "random": 25, "factor": 2.5}
    assert found[1]["factor"] is None


def test_the_selection_is_that_of_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def select(records: Sequence[object], *given: object, **named: object) -> list[object]:
        asked.append((len(records), given[1], named["flagged_only"]))
        return [records[2], records[0]]

    monkeypatch.setattr(simulate_review, "select", select)
    model = fit_category(ROWS, tuple(TEXTS))
    assert [row.id for row in by_value(model, ROWS, 2)] == [ROWS[2].id, ROWS[0].id]
    assert asked == [(len(ROWS), 2, False)]


def test_held_out_notices_are_never_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[int | None]] = []

    def fit(rows: Sequence[Problem], labels: Sequence[str]) -> object:
        seen.append({row.fold for row in rows})
        return fit_category(rows, labels)

    monkeypatch.setattr(simulate_review, "fit_category", fit)
    found = simulate(ROWS, Plan(start=6, written=False, batch=3, most=6, draws=2), folds=(0,))
    assert seen
    assert all(0 not in folds for folds in seen)
    assert found["corrections"] == [0, 3, 6]
    assert found["runs"] == 2
    assert len(found["selected"]["accuracy"]) == 3
    assert found["selected"]["accuracy"][0] == found["random"]["accuracy"][0]  # the same beginning
    assert all(0 <= value <= 1 for value in found["random"]["accuracy"])
    assert np.isfinite(found["random"]["deviation"]).all()
