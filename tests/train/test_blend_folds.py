"""The blend over all folds: every fold by models that have not seen it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from train import blend_folds
from train._finetuning.examples import Problem
from zhenggai.classification.calibration import Calibration
from zhenggai.classification.model import Query
from zhenggai.errors import ConfigError
from zhenggai.taxonomy import load_taxonomy

LABELS = load_taxonomy().category_names
ROWS = [
    Problem(Query(f"问题{i}"), LABELS[i], (), i % 5, id=str(i), notice=f"n{i % 5}", is_unit=True)
    for i in range(10)
]


def run(folder: Path, *held_out: int) -> Path:
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"settings": {"held_out": held_out}}), encoding="utf-8")
    return folder


def test_a_fold_goes_to_the_first_run_that_holds_it_out(tmp_path: Path) -> None:
    runs = [run(tmp_path / "a", 3, 4), run(tmp_path / "b", 0, 1, 2, 3)]
    assert [folds for _, folds in blend_folds.assign(runs)] == [(3, 4), (0, 1, 2)]


def test_a_fold_that_no_run_holds_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[0, 1, 2\]"):
        list(blend_folds.assign([run(tmp_path / "a", 3, 4)]))


def test_models_have_not_seen_what_they_label(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[int | None] = []

    class Model:
        labels = LABELS

        def scores(self, items: list[object]) -> np.ndarray:
            return np.eye(len(LABELS), dtype=np.float32)[: len(items)]

    class Engine(Model):
        def __init__(self, folder: Path, length: int, device: str) -> None:
            assert (folder, device) == (tmp_path, "cpu")

    def fit(rows: list[Problem], labels: object) -> Model:
        seen.extend(row.fold for row in rows)
        return Model()

    monkeypatch.setattr(blend_folds, "fit_category", fit)
    monkeypatch.setattr(blend_folds, "TorchEngine", Engine)
    some, others = (blend_folds.held_out(tmp_path, folds, ROWS) for folds in ((1, 3), (0, 2, 4)))
    assert set(seen[:6]) == {0, 2, 4}
    assert set(seen[6:]) == {1, 3}
    scored = blend_folds.joined([some, others])
    assert [unit.id for unit in scored.units] == ["1", "3", "6", "8", "0", "2", "4", "5", "7", "9"]
    kept = blend_folds.part(scored, np.array([unit.fold == 3 for unit in scored.units]))
    assert [unit.id for unit in kept.units] == ["3", "8"]
    np.testing.assert_array_equal(kept.linear, scored.linear[[1, 3]])
    found = blend_folds.predictions(scored, LABELS, Calibration(0.6, 0.4, temperature=0.5))
    assert found.ids == tuple(unit.id for unit in scored.units)
    assert tuple(found.rows.predicted) == (*LABELS[:4], *LABELS[:6])
    assert found.temperatures == (0.5,) * 10
