"""From which confidence labels are right often enough: `review.json` of a model folder.

The table comes from out-of-fold predictions of the training notices (train/review_thresholds.py).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from zhenggai.config import from_mapping
from zhenggai.errors import ConfigError, ModelError
from zhenggai.reviewing import ReviewPolicy

FILE = "review.json"
DEFAULT_ACCURACY = 0.95
"""Accuracy of what is not flagged that the default threshold is chosen for."""
Z_ONE_SIDED = 1.0
"""Standard errors below the estimate at which the promise must still hold: five cases of six keep it."""
STEPS = 100
"""Points of a table."""


@dataclass(frozen=True)
class Point:
    """What flagging everything below `threshold` comes to, out of fold."""

    threshold: float
    flagged: float
    """Share of the items below the threshold."""
    accuracy: float
    """Share of the others that are right."""
    least: float
    """Lower bound of `accuracy` at one standard error (Wilson 1927)."""


@dataclass(frozen=True)
class ReviewTable:
    """Thresholds of one model, the lowest first."""

    items: int
    notices: int
    points: tuple[list[float], ...]
    """Threshold, flagged, accuracy, least of each `Point`: as lists, to be read by eye in the file."""

    def for_accuracy(self, wanted: float) -> Point | None:
        """The lowest threshold with a lower bound of at least `wanted`; None: there is none."""
        return next((point for point in self._points if point.least >= wanted), None)

    def for_rate(self, wanted: float) -> Point:
        """The threshold that flags the share nearest to `wanted`."""
        return min(self._points, key=lambda point: abs(point.flagged - wanted))

    @property
    def most(self) -> float:
        """The highest accuracy that a threshold can be chosen for."""
        return max(point.least for point in self._points)

    @property
    def _points(self) -> list[Point]:
        return [Point(*values) for values in self.points]


def make_table(confidences: Sequence[float], right: Sequence[bool], notices: int) -> ReviewTable:
    """The table of predictions with these confidences; items of one confidence stay together."""
    pairs = sorted(zip(confidences, right, strict=True))
    points: list[list[float]] = []
    for step in range(STEPS):
        threshold = math.floor(10_000 * pairs[step * len(pairs) // STEPS][0]) / 10_000
        kept = [good for confidence, good in pairs if confidence >= threshold]
        if not points or threshold > points[-1][0]:
            flagged, accuracy = 1 - len(kept) / len(pairs), sum(kept) / len(kept)
            values = (threshold, flagged, accuracy, lower_bound(sum(kept), len(kept)))
            points.append([round(value, 4) for value in values])
    return ReviewTable(len(pairs), notices, tuple(points))


def lower_bound(right: int, items: int, z: float = Z_ONE_SIDED) -> float:
    """Lower end of Wilson's interval for a share of `right` in `items`."""
    share, spread = right / items, z * z / items
    middle = share + spread / 2
    return (middle - math.sqrt(spread * (share * (1 - share) + spread / 4))) / (1 + spread)


def read_table(folder: Path) -> ReviewTable:
    """The table in `folder`.

    Raises:
        ModelError: it is missing or wrong.
    """
    try:
        return from_mapping(json.loads((folder / FILE).read_text(encoding="utf-8")), ReviewTable, FILE)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"模型文件夹 {folder} 中应有 {FILE}（复核阈值表），读取时出错：{error}。"
            "请去掉 --target-accuracy 和 --review-rate，或用 train/review_thresholds.py 生成该表。"
        ) from error


def write_table(folder: Path, table: ReviewTable) -> None:
    """Write `review.json`, one point a line."""
    values = asdict(table)
    points = ",\n  ".join(json.dumps(point) for point in values.pop("points"))
    head = json.dumps(values)[:-1]
    (folder / FILE).write_text(f'{head}, "points": [\n  {points}\n]}}\n', encoding="utf-8")


def policy_for(
    folders: tuple[Path, Path],
    default: ReviewPolicy,
    target_accuracy: float | None = None,
    review_rate: float | None = None,
) -> ReviewPolicy:
    """The thresholds for what the user asks for; `default` where nothing is.

    Args:
        folders: of the category model and of the status model.
        default: the thresholds of the models.
        target_accuracy: of the categories, and of the statuses, of what is not flagged.
        review_rate: share of the items to be flagged for either label. The two doubts are nearly independent
            of each other, so each task flags 1 − √(1 − rate).

    Raises:
        ConfigError: both are given, or one is out of range or out of reach.
        ModelError: a model has no table.
    """
    if target_accuracy is None and review_rate is None:
        return default
    if target_accuracy is not None and review_rate is not None:
        raise ConfigError("--target-accuracy 与 --review-rate 只能给出一个。")
    if review_rate is not None:
        _check("--review-rate", review_rate)
        each = 1 - math.sqrt(1 - review_rate)
        return ReviewPolicy(*(read_table(folder).for_rate(each).threshold for folder in folders))
    assert target_accuracy is not None
    _check("--target-accuracy", target_accuracy)
    return ReviewPolicy(*(_threshold(folder, target_accuracy) for folder in folders))


def _check(option: str, value: float) -> None:
    if not 0 < value < 1:
        raise ConfigError(f"{option} 应在 0 与 1 之间，实际为 {value}。例如 0.95 表示 95 %。")


def _threshold(folder: Path, wanted: float) -> float:
    table = read_table(folder)
    if (point := table.for_accuracy(wanted)) is None:
        raise ConfigError(
            f"--target-accuracy {wanted}：模型 {folder} 达不到，按折外 {table.items} 条预测最高可取 "
            f"{math.floor(1000 * table.most) / 1000}。请降低目标，或改用 --review-rate 多复核一些。"
        )
    return point.threshold
