"""The linear models: fits on tiny data, saved and read again, folds kept apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from train._finetuning.examples import Outcome, Problem, load_outcomes, load_problems
from train._linear.category import held_out_scores
from train._linear.evidence import evidence_figures, is_explicit
from train._linear.fitting import LinearSettings, fit_linear
from train._linear.status import read_out_of_fold
from zhenggai.classification.linear_models.linear import load_linear
from zhenggai.classification.model import Evidence, Query, StatusPrediction
from zhenggai.errors import ModelError

DATA = Path(__file__).resolve().parents[2] / "data"
SETTINGS = LinearSettings(field_weights=(1.0, 0.5), least=1)
ITEMS = [("公务接待超标准", "作风"), ("违规接待", "作风"), ("党费收缴不及时", "党建"), ("党费未缴", "")] * 3
TARGETS = ["八项规定", "八项规定", "基层党建", "基层党建"] * 3


@pytest.mark.parametrize("labels", [("八项规定", "基层党建"), ("其他", "基层党建", "八项规定")])
def test_fit_save_and_read_again(labels: tuple[str, ...], tmp_path: Path) -> None:
    model = fit_linear(ITEMS, TARGETS, labels, SETTINGS)
    scores = model.scores(ITEMS)
    assert [labels[i] for i in scores.argmax(axis=1)] == TARGETS
    model.save(tmp_path, "linear")
    np.testing.assert_array_equal(load_linear(tmp_path, "linear").scores(ITEMS), scores)


def test_two_labels_give_the_probabilities_of_the_fit() -> None:
    labels = ("八项规定", "基层党建")
    two = fit_linear(ITEMS, TARGETS, labels, SETTINGS).scores(ITEMS)
    other = fit_linear(ITEMS, TARGETS, labels[::-1], SETTINGS).scores(ITEMS)
    np.testing.assert_allclose(two, other[:, ::-1], atol=1e-3)


def test_a_broken_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "linear.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="线性模型不完整"):
        load_linear(tmp_path, "linear")


def test_no_unit_is_scored_by_a_model_that_saw_its_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        Problem(Query(f"问题{i}"), "其他", (), i % 3, id=str(i), notice=f"n{i % 3}", is_unit=True)
        for i in range(9)
    ]
    seen: list[set[int | None]] = []

    class Model:
        def scores(self, items: list[object]) -> np.ndarray:
            return np.zeros((len(items), 1), np.float32)

    def fit(used: list[Problem], labels: object) -> Model:
        seen.append({row.fold for row in used})
        return Model()

    monkeypatch.setattr("train._linear.category.fit_category", fit)
    found = held_out_scores(rows, ("其他",), (0, 1))
    assert seen == [{1}, {0}]
    assert set(found) == {row.id for row in rows if row.fold in (0, 1)}


def test_data_loads_with_roles_and_without_repeated_statements() -> None:
    problems, outcomes = load_problems(DATA), load_outcomes(DATA)
    assert sum(p.is_unit for p in problems) == 698
    assert all(p.fold is not None for p in problems if p.is_unit)
    assert sum(o.fold is not None for o in outcomes) == 698
    assert all(o.clauses for o in outcomes if o.fold is not None)
    assert all(o.query.outcome for o in outcomes)


def test_readings_come_from_models_without_the_own_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        Outcome(Query("p", outcome="已办结。"), "已完成", False, "", (("已办结。", "D"),), 0, notice=f"n{i}")
        for i in range(6)
    ]
    fitted: list[set[str]] = []
    monkeypatch.setattr(
        "train._linear.status.fit_roles", lambda used: fitted.append({r.notice for r in used}) or len(fitted)
    )
    monkeypatch.setattr("train._linear.status.read_with", lambda roles, held: [(roles, r) for r in held])
    for roles, row in read_out_of_fold(rows, seed=0):
        assert row.notice not in fitted[roles - 1]


def test_evidence_figures_by_hand() -> None:
    rows = [
        Outcome(Query("p"), "已完成", False, "已整改到位", (("该问题已整改到位。", "V"),), 0),
        Outcome(Query("p"), "已完成", False, "印发《办法》", (("印发《办法》。", "D"),), 0),
        Outcome(Query("p"), "未说明", False, "", (), 0),
    ]
    found = [
        StatusPrediction("已完成", 0.9, False, "explicit", Evidence("该问题已整改到位。", "outcome", 0)),
        StatusPrediction("已完成", 0.9, False, "inferred", Evidence("加强管理。", "outcome", 0)),
        StatusPrediction("未说明", 0.9, False, "none"),
    ]
    assert [is_explicit(row) for row in rows] == [True, False, False]
    figures = evidence_figures(rows, found)
    assert (figures.all, figures.explicit, figures.items, figures.explicit_items) == (0.5, 1.0, 2, 1)
