"""Thresholds for a wanted accuracy or share: by hand, from the shipped tables, and what cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenggai.classification.calibration import read_calibration
from zhenggai.classification.classifier import Classifier
from zhenggai.classification.thresholds import (
    DEFAULT_ACCURACY,
    lower_bound,
    make_table,
    policy_for,
    read_table,
    write_table,
)
from zhenggai.errors import ConfigError, ModelError
from zhenggai.resources import model_path
from zhenggai.reviewing import ReviewPolicy

DEFAULT = ReviewPolicy(0.5, 0.6)
FOLDERS = (model_path("category"), model_path("status"))


def table_of(pairs: list[tuple[float, bool]]):  # type: ignore[no-untyped-def]
    return make_table([c for c, _ in pairs], [r for _, r in pairs], 3)


def test_points_by_hand() -> None:
    # 100 sure and right, 50 half-sure of which 25 are wrong.
    table = table_of([(0.9, True)] * 100 + [(0.5, i < 25) for i in range(50)])
    assert [point[:3] for point in table.points] == [[0.5, 0.0, 0.8333], [0.9, 0.3333, 1.0]]
    least = 1 / (1 + 1 / 100)  # Wilson's bound where all are right: n / (n + z²)
    assert table.points[1][3] == pytest.approx(least, abs=1e-4)
    assert table.for_accuracy(0.8).threshold == 0.5  # type: ignore[union-attr]
    assert table.for_accuracy(0.95).threshold == 0.9  # type: ignore[union-attr]
    assert table.for_accuracy(0.995) is None
    assert (table.for_rate(0.3).flagged, table.for_rate(0.05).flagged) == (0.3333, 0.0)


def test_items_of_one_confidence_stay_together() -> None:
    table = table_of([(0.7, i % 2 == 0) for i in range(40)])
    assert [point[:3] for point in table.points] == [[0.7, 0.0, 0.5]]


def test_lower_bound_of_wilson() -> None:
    assert lower_bound(82, 86, 1.96) == pytest.approx(0.8864, abs=1e-4)


def test_written_and_read_again(tmp_path: Path) -> None:
    table = table_of([(i / 40, i > 12) for i in range(40)])
    write_table(tmp_path, table)
    assert read_table(tmp_path) == table


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_shipped_default_is_the_tables(folder: Path) -> None:
    """Fails where a model was trained anew without train/review_thresholds.py."""
    point = read_table(folder).for_accuracy(DEFAULT_ACCURACY)
    assert point is not None
    assert point.threshold == read_calibration(folder).review_threshold


def test_what_the_user_asks_for() -> None:
    default = Classifier.load().policy
    assert policy_for(FOLDERS, DEFAULT) == DEFAULT
    assert policy_for(FOLDERS, DEFAULT, target_accuracy=0.95) == default
    lower = policy_for(FOLDERS, DEFAULT, target_accuracy=0.9)
    assert lower.category < default.category
    assert lower.status < default.status
    few, many = (policy_for(FOLDERS, DEFAULT, review_rate=rate) for rate in (0.1, 0.4))
    assert few.category < many.category
    assert few.status < many.status
    # each task flags 1 − √0.6 = 22.5 %, both together 40 %
    assert [read_table(f).for_rate(0.225).threshold for f in FOLDERS] == [many.category, many.status]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"target_accuracy": 0.95, "review_rate": 0.2}, "只能给出一个"),
        ({"target_accuracy": 95.0}, "应在 0 与 1 之间"),
        ({"review_rate": 0.0}, "应在 0 与 1 之间"),
        ({"target_accuracy": 0.9999}, r"达不到，按折外 \d+ 条预测最高可取 0\.9"),
    ],
)
def test_what_cannot_be_had_is_explained(asked: dict[str, float], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        policy_for(FOLDERS, DEFAULT, **asked)


def test_a_model_without_a_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"review\.json（复核阈值表）"):
        policy_for((tmp_path, tmp_path), DEFAULT, review_rate=0.2)
