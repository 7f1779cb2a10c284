"""Figures against hand-made predictions, intervals, reports."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from train._finetuning.annotators import agreement, read_passes
from train._finetuning.duplicates import refuse_near_duplicates
from train._finetuning.figures import Labelled, calibration_error, main_figures, per_class, review_threshold
from train._finetuning.metric import LabelFigures
from train._finetuning.predictions import Predictions, read_predictions
from train._finetuning.report import draw, markdown
from train._finetuning.resampling import accuracy, difference, interval
from train._finetuning.temperature import fit_temperature
from train.evaluate import evaluate
from zhenggai.errors import ZhenggaiError
from zhenggai.taxonomy import load_taxonomy

ROOT = Path(__file__).resolve().parents[2]

LABELS = ("甲", "乙", "丙")


def labelled(gold: str, predicted: str, confidence: float = 0.8) -> Labelled:
    probabilities = np.full((len(gold), 3), (1 - confidence) / 2)
    for row, label in enumerate(predicted):
        probabilities[row, LABELS.index(label)] = confidence
    return Labelled(LABELS, tuple(gold), probabilities, tuple(f"n{i % 4}" for i in range(len(gold))))


ROWS = labelled("甲甲甲乙乙丙", "甲甲乙乙乙甲")


def test_main_figures_by_hand() -> None:
    found = main_figures(ROWS)
    assert found["accuracy"] == pytest.approx(4 / 6)
    assert found["macro_f1"] == pytest.approx((2 / 3 + 4 / 5 + 0) / 3)
    assert found["ece"] == pytest.approx(abs(0.8 - 4 / 6))
    assert per_class(ROWS)["乙"] == {
        "precision": pytest.approx(2 / 3), "recall": 1.0, "f1": pytest.approx(0.8), "support": 2.0
    }  # fmt: skip


def test_our_metric_works_offline_and_agrees() -> None:
    gold = [LABELS.index(g) for g in ROWS.gold]
    found = LabelFigures(LABELS).compute(predictions=ROWS.probabilities.tolist(), references=gold)
    assert found["macro_f1"] == pytest.approx(main_figures(ROWS)["macro_f1"])


def test_threshold_keeps_the_wanted_share_right() -> None:
    rows = labelled("甲" * 20, "甲" * 18 + "乙乙")
    rows.probabilities[18:, 1] = 0.5
    assert review_threshold(rows, 0.95) > 0.5
    assert review_threshold(rows, 0.9) == 0.5
    assert review_threshold(labelled("甲甲", "乙乙"), 0.95) == 1.0


def test_temperature_softens_overconfident_scores() -> None:
    rng = np.random.default_rng(0)
    gold = rng.integers(0, 3, 400)
    scores = rng.normal(size=(400, 3)).astype(np.float32)
    scores[np.arange(400), gold] += 1.0
    temperature = fit_temperature(scores * 4, gold.tolist())
    assert temperature == pytest.approx(4 * fit_temperature(scores, gold.tolist()), rel=0.02)


def test_intervals_hold_the_value_and_resample_notices() -> None:
    rows = labelled("甲乙丙甲" * 10, "甲乙丙乙" * 10)
    found = interval(rows, accuracy, rounds=200)
    assert found.low < found.value == 0.75 < found.high  # rows i ≡ 3 (mod 4), one notice, are all wrong
    better, share = difference(rows, ["丙"] * 40, accuracy, rounds=200)
    assert better.value == pytest.approx(0.5)
    assert share < 0.2


def test_report_round_trip(tmp_path: Path) -> None:
    predictions = Predictions(LABELS, tuple("123456"), ("某问题",) * 6, ROWS)
    predictions.save(tmp_path / "p.jsonl")
    again = read_predictions(tmp_path / "p.jsonl")
    assert again.rows.gold == ROWS.gold
    report = evaluate(again, predictions, rounds=50)
    assert report["against"]["accuracy"]["value"] == 0
    assert [w["id"] for w in report["worst"]] == ["3", "6"]
    text = markdown(report)
    assert "| 准确率 | 0.667" in text
    assert "某问题" in text
    assert calibration_error(again.rows) == pytest.approx(report["main"]["ece"])


def test_probabilities_before_scaling_come_back() -> None:
    raw = np.array([[2.0, 0.5, 0.1], [0.3, 1.0, 0.2]])
    scaled = np.exp(raw / 2) / np.exp(raw / 2).sum(axis=1, keepdims=True)
    rows = Labelled(LABELS, ("甲", "乙"), scaled, ("n1", "n2"))
    found = Predictions(LABELS, ("1", "2"), ("", ""), rows, (2.0, 1.0)).unscaled.probabilities
    np.testing.assert_allclose(found[0], np.exp(raw[0]) / np.exp(raw[0]).sum())
    np.testing.assert_allclose(found[1], scaled[1])


def test_agreement_with_each_pass() -> None:
    found = agreement(["甲", "乙", "甲", "乙"], [("甲", "甲"), ("乙", "甲"), ("甲", "甲"), ("乙", "乙")])
    assert found["模型与第一遍标注"] == 1.0
    assert found["模型与第二遍标注"] == found["两遍标注之间"] == pytest.approx(0.5)
    passes = read_passes(ROOT / "data" / "annotations", load_taxonomy().status_names)
    assert len(passes) == 698
    assert passes["01-001"] == ("已完成", "已完成")


def test_pictures_are_drawn_where_matplotlib_is_installed(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    predictions = Predictions(LABELS, tuple("123456"), ("某问题",) * 6, ROWS)
    assert draw(evaluate(predictions, None, rounds=20), tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"reliability.png", "coverage.png", "confusion.png"}


def test_a_wrong_file_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(ZhenggaiError, match="应为预测文件"):
        read_predictions(path)


def test_near_duplicates_of_real_statements_are_refused() -> None:
    written = ["（1）公务接待管理不规范。", "公务接待管理不够规范有序", "固定资产账实不符"]
    kept = refuse_near_duplicates(written, str, ["针对“公务接待管理不规范”的问题"])
    assert kept == written[1:]
