"""From which confidence labels are right often enough: choose out of fold, measure once on test notices.

    python train/baseline.py category --predictions runs/category.jsonl
    python train/baseline.py status --predictions runs/status.jsonl
    python train/review_thresholds.py --category runs/category.jsonl --status runs/status.jsonl

The files hold predictions of every fold by models that have not seen it. Those of the folds that are not the
test fold make the table `review.json` of each model folder, and the default threshold in its
`calibration.json`. Then the shipped models label the test notices, and docs/review/confidence.json says how
right they are above the thresholds; --picture draws it. The test notices choose nothing.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np

from train._finetuning.examples import load_outcomes
from train._finetuning.figures import Labelled, calibration_error, coverage_curve, reliability
from train._finetuning.predictions import Predictions, read_predictions
from train._finetuning.resampling import interval
from zhenggai.classification.calibration import read_calibration, write_calibration
from zhenggai.classification.classifier import Classifier
from zhenggai.classification.model import Prediction, Query
from zhenggai.classification.thresholds import DEFAULT_ACCURACY, lower_bound, make_table, write_table
from zhenggai.errors import ConfigError
from zhenggai.reviewing import ReviewPolicy, review_reasons

TASKS = ("category", "status")


@dataclass(frozen=True)
class Judged:
    """Predictions of one task with gold labels, one per item."""

    rows: Labelled

    @property
    def confidence(self) -> np.ndarray:
        """The largest probability of each row, as the ledger rounds it."""
        return np.round(self.rows.probabilities.max(axis=1), 4)

    @property
    def right(self) -> np.ndarray:
        """Whether each row's label is right."""
        return np.array([g == p for g, p in zip(self.rows.gold, self.rows.predicted, strict=True)])


def main() -> None:
    """Read the options; choose, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for task in TASKS:
        parser.add_argument(f"--{task}", type=Path, required=True, help=f"out-of-fold predictions: {task}")
        parser.add_argument(f"--{task}-model", type=Path, default=Path("models") / task)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--output", type=Path, default=Path("docs/review/confidence.json"))
    parser.add_argument("--picture", type=Path, help="an .svg or .png of the figures; needs matplotlib")
    given = parser.parse_args()
    folders = given.category_model, given.status_model
    folds = read_folds(given.data)
    held_out = {task: Judged(not_test(read_predictions(getattr(given, task)), folds)) for task in TASKS}
    for task, folder in zip(TASKS, folders, strict=True):
        choose(held_out[task], folder)
    figures = measure(held_out, folders, given.data, max(folds.values()))
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    show(figures)
    if given.picture:
        draw(figures, given.picture)


def read_folds(data: Path) -> dict[str, int]:
    """Fold of each notice."""
    notices = json.loads((data / "splits.json").read_text(encoding="utf-8"))["notices"]
    return {name: row["fold"] for name, row in notices.items()}


def not_test(found: Predictions, folds: dict[str, int]) -> Labelled:
    """The rows of all folds but the last, the test fold."""
    test = max(folds.values())
    kept = [i for i, notice in enumerate(found.rows.notices) if folds[notice] != test]
    gold, notices = ([values[i] for i in kept] for values in (found.rows.gold, found.rows.notices))
    return Labelled(found.labels, tuple(gold), found.rows.probabilities[kept], tuple(notices))


def choose(found: Judged, folder: Path) -> None:
    """Write the table of `folder`, and the default threshold into its calibration.

    Raises:
        ConfigError: no threshold reaches the default accuracy.
    """
    table = make_table(found.confidence.tolist(), found.right.tolist(), len(set(found.rows.notices)))
    point = table.for_accuracy(DEFAULT_ACCURACY)
    if point is None:
        raise ConfigError(f"{folder}：没有使 {DEFAULT_ACCURACY:.0%} 正确的阈值，最高为 {table.most:.3f}。")
    write_table(folder, table)
    calibration = dataclasses.replace(read_calibration(folder), review_threshold=point.threshold)
    write_calibration(folder, calibration)


def measure(
    held_out: dict[str, Judged], folders: tuple[Path, Path], data: Path, test_fold: int
) -> dict[str, Any]:
    """All figures: out of fold, and of the shipped models on the test notices."""
    classifier = Classifier.load(*folders)
    units = [row for row in load_outcomes(data) if row.fold == test_fold]
    categories = _categories(data)
    queries = [row.query for row in units]
    found = classifier.classify(queries)
    notices = tuple(row.notice for row in units)
    test = {
        "category": Judged(
            Labelled(
                classifier.category.labels,
                tuple(categories[row.id] for row in units),
                classifier.category.probabilities([Query(q.problem, q.path) for q in queries]),
                notices,
            )
        ),
        "status": Judged(
            Labelled(
                classifier.status.labels,
                tuple(row.status for row in units),
                np.stack(classifier.status.distributions(queries)),
                notices,
            )
        ),
    }
    policy = classifier.policy
    thresholds = {"category": policy.category, "status": policy.status}
    return {
        "target": DEFAULT_ACCURACY,
        **{
            task: {
                "threshold": thresholds[task],
                "out_of_fold": _of_task(held_out[task], thresholds[task]),
                "test": _of_task(test[task], thresholds[task]),
            }
            for task in TASKS
        },
        "test_either": _of_both(queries, found, policy, test),
    }


def _categories(data: Path) -> dict[str, str]:
    lines = (data / "tables" / "problems" / "test.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["category"] for row in map(json.loads, lines)}


def _of_task(found: Judged, threshold: float) -> dict[str, Any]:
    """Calibration, curves, and what holds above `threshold`."""
    return {
        "items": len(found.right),
        "notices": len(set(found.rows.notices)),
        "accuracy": _round(found.right.mean()),
        "ece": _round(calibration_error(found.rows)),
        "ece_of_chance": _round(chance_error(found.confidence)),
        "unflagged": _share(found.rows, found.confidence >= threshold),
        "reliability": _rounded(reliability(found.rows)),
        "coverage": _rounded(coverage_curve(found.rows)),
    }


def chance_error(confidence: np.ndarray, rounds: int = 500, seed: int = 0) -> float:
    """Mean calibration error of a perfectly calibrated model with these confidences."""
    rng = np.random.default_rng(seed)
    errors = []
    for _ in range(rounds):
        right = rng.random(len(confidence)) < confidence
        probabilities = np.stack([confidence, np.zeros_like(confidence)], axis=1)
        gold = tuple("ab"[not good] for good in right)
        errors.append(calibration_error(Labelled(("a", "b"), gold, probabilities, gold)))
    return float(np.mean(errors))


def _of_both(
    queries: Sequence[Query],
    found: Sequence[Prediction],
    policy: ReviewPolicy,
    test: dict[str, Judged],
) -> dict[str, Any]:
    """What holds for the items that carry no flag at all, for whatever reason."""
    free = np.array(
        [not review_reasons(q.outcome, False, p, policy) for q, p in zip(queries, found, strict=True)]
    )
    both = test["category"].right & test["status"].right
    return {
        "flagged": _round(1 - free.mean()),
        **{task: _share(test[task].rows, free) for task in TASKS},
        "both_right": _round(both[free].mean()),
        "both_right_of_all": _round(both.mean()),
    }


def _share(rows: Labelled, kept: np.ndarray) -> dict[str, Any]:
    """Accuracy of the kept rows with two 95 % intervals: of Wilson, and by resampling notices."""
    chosen = np.flatnonzero(kept)
    part = Labelled(
        rows.labels,
        tuple(rows.gold[i] for i in chosen),
        rows.probabilities[chosen],
        tuple(rows.notices[i] for i in chosen),
    )
    right = sum(g == p for g, p in zip(part.gold, part.predicted, strict=True))
    bounds = interval(part, lambda gold, predicted: float(np.mean(np.array(gold) == np.array(predicted))))
    wrong = 1 - lower_bound(len(chosen) - right, len(chosen), 1.96)
    return {
        "items": len(chosen),
        "right": right,
        "accuracy": _round(right / len(chosen)),
        "wilson": [_round(lower_bound(right, len(chosen), 1.96)), _round(wrong)],
        "by_notice": [_round(bounds.low), _round(bounds.high)],
        "flagged": _round(1 - len(chosen) / len(kept)),
    }


def _round(value: float) -> float:
    return round(float(value), 4) if math.isfinite(value) else 0.0


def _rounded(rows: Sequence[tuple[float, float, float]]) -> list[list[float]]:
    return [[_round(value) for value in row] for row in rows]


def show(figures: dict[str, Any]) -> None:
    """Print the main figures."""
    for task in TASKS:
        for split in ("out_of_fold", "test"):
            part = figures[task][split]
            kept = part["unflagged"]
            print(
                f"{task} {split}: accuracy {part['accuracy']:.3f} ECE {part['ece']:.3f} "
                f"(chance alone {part['ece_of_chance']:.3f}); at "
                f"{figures[task]['threshold']}: {kept['right']}/{kept['items']} = {kept['accuracy']:.3f} "
                f"Wilson {kept['wilson']} notices {kept['by_notice']}, flagged {kept['flagged']:.3f}"
            )
    print("test, no flag at all:", json.dumps(figures["test_either"]))


def draw(figures: dict[str, Any], path: Path) -> None:
    """Reliability and coverage–accuracy of both tasks in one picture."""
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcParams["svg.hashsalt"] = "zhenggai"  # the same figures are the same file
    figure = Figure(figsize=(9, 3.8), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot([0, 1], [0, 1], color="0.75", linewidth=1)
    left.set(xlabel="confidence", ylabel="accuracy", xlim=(0, 1.02), ylim=(0, 1.02), title="reliability")
    right.set(xlabel="share not flagged", ylabel="accuracy of these", title="coverage and accuracy")
    right.axhline(figures["target"], color="0.75", linewidth=1)
    for task, colour in zip(TASKS, ("#1f4e79", "#b45309"), strict=True):
        for split, style in (("out_of_fold", "-"), ("test", "--")):
            part = figures[task][split]
            name = f"{task}, {'out of fold' if split == 'out_of_fold' else 'test'}"
            bins, curve = np.array(part["reliability"]), np.array(part["coverage"])
            left.plot(bins[:, 0], bins[:, 1], style, color=colour, marker="o", markersize=3, label=name)
            right.plot(curve[:, 1], curve[:, 2], style, color=colour, label=name)
            kept = part["unflagged"]
            right.plot(1 - kept["flagged"], kept["accuracy"], "o", color=colour, markersize=5)
    right.legend(fontsize=8)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None, dpi=120)


if __name__ == "__main__":
    main()
