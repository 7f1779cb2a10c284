"""Learning curves: shares of notices and written examples, no held-out notice in training, resumable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from train import learning_curve
from train._finetuning.examples import Problem, load_outcomes, load_problems
from train.learning_curve import Point, evaluate, markdown, measure
from zhenggai.classification.classifier import Classifier
from zhenggai.classification.model import Query

DATA = Path(__file__).resolve().parents[2] / "data"
LABELS = ("八项规定", "基层党建")


def rows() -> list[Problem]:
    """Ten notices of two units, two a fold; eight written statements."""
    real = [
        Problem(Query(f"问题{n}-{i}"), LABELS[i], (), n % 5, f"{n}-{i}", f"n{n}", True)
        for n in range(10)
        for i in range(2)
    ]
    return real + [Problem(Query(f"另写{i}"), LABELS[i % 2], (), None) for i in range(8)]


def test_shares_are_kept_and_the_fold_is_held_out() -> None:
    seen = []

    def predict(train: Sequence[Problem], units: Sequence[Problem], seed: int) -> list[str]:
        seen.append(({r.notice for r in train if r.fold is not None}, sum(r.fold is None for r in train)))
        assert not {r.notice for r in train} & {r.notice for r in units}
        return [LABELS[0]] * len(units)

    found = evaluate(rows(), Point(0.5, 0.25, 0), predict)  # type: ignore[arg-type]
    assert [len(notices) for notices, _ in seen] == [4] * 5
    assert {written for _, written in seen} == {2}
    assert (found["labelled"], found["written"], found["accuracy"]) == (8, 2, 0.5)


def test_a_larger_share_holds_the_smaller() -> None:
    kept = {}

    def predict(train: Sequence[Problem], units: Sequence[Problem], seed: int) -> list[str]:
        kept.setdefault(len(train), set()).update(r.query.problem for r in train if r.fold is None)
        return [LABELS[0]] * len(units)

    for share in (0.25, 0.75):
        evaluate(rows(), Point(1.0, share, 1), predict)  # type: ignore[arg-type]
    small, large = (kept[size] for size in sorted(kept))
    assert len(small) == 2
    assert small < large


def test_finished_points_are_not_measured_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def predict(train: Sequence[Problem], units: Sequence[Problem], seed: int) -> list[str]:
        calls.append(seed)
        return [row.category for row in units]

    monkeypatch.setattr(learning_curve, "_categories", predict)
    path = tmp_path / "curve.jsonl"
    measure("category", rows(), [Point(1.0, 1.0, 0)], path)
    measure("category", rows(), [Point(1.0, 1.0, 0), Point(1.0, 1.0, 1)], path)
    assert calls == [0] * 5 + [1] * 5
    assert "| 16 (100%) | 8 (100%) | 1.000 ± 0.000 | 1.000 ± 0.000 |" in markdown("category", path)


def test_labels_are_those_of_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped models in place of fitted ones: they have seen the notice."""
    models = Classifier.load()
    monkeypatch.setattr(learning_curve, "fit_category", lambda rows, labels: models.category.linear)
    monkeypatch.setattr(learning_curve, "fit_status", lambda rows, labels, seed: models.status.models)
    problems = [row for row in load_problems(DATA) if row.notice == "notice-29"]
    outcomes = [row for row in load_outcomes(DATA) if row.notice == "notice-29"]
    assert evaluate(problems, Point(1.0, 0.0, 0), learning_curve._categories)["accuracy"] > 0.9
    assert evaluate(outcomes, Point(1.0, 0.0, 0), learning_curve._statuses)["accuracy"] > 0.8
