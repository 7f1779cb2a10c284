"""Figures of a prediction file, with intervals, beside a baseline's.

    python train/evaluate.py runs/category/predictions.jsonl \\
        --against runs/baseline/predictions.jsonl --output runs/category/report

Writes report.json, report.md and, where matplotlib is installed (extra `train`), reliability.png,
coverage.png and confusion.png.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: this file's own name would hide the library `evaluate`
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from train._finetuning import figures
from train._finetuning.annotators import agreement, read_passes
from train._finetuning.predictions import Predictions, aligned, read_predictions
from train._finetuning.report import draw, markdown
from train._finetuning.resampling import FIGURES, ROUNDS, difference, interval
from zhenggai.taxonomy import load_taxonomy

WORST = 25
"""Mistakes shown, the most confident first."""


def main() -> None:
    """Read the options and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--against", type=Path, help="a baseline's predictions of the same items")
    parser.add_argument("--annotations", type=Path, default=Path("data/annotations"))
    parser.add_argument("--output", type=Path, required=True, help="folder for the report")
    given = parser.parse_args()
    other = read_predictions(given.against) if given.against else None
    found = read_predictions(given.predictions)
    report = evaluate(found, other, passes=read_passes(given.annotations, found.labels))
    given.output.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (given.output / "report.json").write_text(text + "\n", encoding="utf-8")
    (given.output / "report.md").write_text(markdown(report), encoding="utf-8")
    draw(report, given.output)
    print(markdown(report).split("\n## ")[0])


def evaluate(
    found: Predictions,
    other: Predictions | None,
    rounds: int = ROUNDS,
    passes: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """All figures of `found`.

    Args:
        found: what is measured.
        other: the baseline that it is compared with.
        rounds: resamples of the notices.
        passes: the labels of both annotation passes by item.
    """
    rows, taxonomy = found.rows, load_taxonomy()
    report: dict[str, Any] = {
        "items": len(found.ids),
        "notices": len(set(rows.notices)),
        "labels": list(found.labels),
        "main": figures.main_figures(rows),
        "intervals": {name: vars(interval(rows, figure, rounds=rounds)) for name, figure in FIGURES.items()},
        "per_class": figures.per_class(rows),
        "confusion": figures.confusion(rows),
        "ece_before": figures.calibration_error(found.unscaled),
        "reliability": figures.reliability(rows),
        "reliability_before": figures.reliability(found.unscaled),
        "coverage": figures.coverage_curve(rows),
        "worst": _worst(found),
    }
    if passes and all(item in passes for item in found.ids):
        report["annotators"] = agreement(rows.predicted, [passes[item] for item in found.ids])
    if set(found.labels) == set(taxonomy.category_names):
        parent = {name: taxonomy.theme_of(name) or "" for name in found.labels}
        report["theme_macro_f1"] = figures.parent_f1(rows, parent)
    if other is not None:
        theirs = other.rows.predicted
        matched = [theirs[i] for i in aligned(found, other)]
        compared = {
            name: difference(rows, matched, figure, rounds=rounds) for name, figure in FIGURES.items()
        }
        report["against"] = {
            name: {**vars(gain), "share_not_better": share} for name, (gain, share) in compared.items()
        }
    return report


def _worst(found: Predictions) -> list[dict[str, Any]]:
    """The mistakes of which the model was surest."""
    predicted, rows = found.rows.predicted, found.rows
    wrong = [i for i in range(len(found.ids)) if predicted[i] != rows.gold[i]]
    wrong.sort(key=lambda i: -float(rows.probabilities[i].max()))
    return [
        {
            "id": found.ids[i],
            "text": found.texts[i],
            "gold": rows.gold[i],
            "predicted": predicted[i],
            "score": float(rows.probabilities[i].max()),
        }
        for i in wrong[:WORST]
    ]


if __name__ == "__main__":
    main()
