"""Put a fine-tuned encoder beside the linear model: choose its share on validation notices, write the card.

    python train/blend.py category models/category
    python train/blend.py category models/category --keep  # the share that train/blend_folds.py chose

The folder holds the checkpoint (train/finetune.py), its export (scripts/export_onnx.py) and the linear files
(train/baseline.py). The share of the encoder is the one with the best mean of accuracy and macro-F1 on the
validation fold, by models that have seen neither it nor the test fold (ties: the least log-loss); 0 is one of
the shares. The temperature is that of the least log-loss. The test fold is measured once, at the end.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np

from train._finetuning.examples import Problem, load_problems
from train._finetuning.figures import Labelled, main_figures, review_threshold
from train._finetuning.temperature import fit_temperature
from train._linear.category import fit_category
from zhenggai.classification.calibration import (
    Calibration,
    blend,
    log_softmax,
    read_calibration,
    write_calibration,
)
from zhenggai.classification.category import load_category
from zhenggai.classification.engines.engine import Engine
from zhenggai.classification.engines.onnx import OnnxEngine
from zhenggai.classification.inputs import category_fields, category_pair
from zhenggai.classification.linear_models.linear import LinearModel
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.taxonomy import load_taxonomy

VALIDATION, TEST = 3, 4
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Scored:
    """Logits of both models for the same units."""

    units: tuple[Problem, ...]
    linear: Floats
    encoder: Floats

    def labelled(self, labels: Sequence[str], calibration: Calibration) -> Labelled:
        """Blended probabilities beside the gold labels."""
        probabilities = blend(calibration, self.linear, self.encoder if calibration.encoder_weight else None)
        gold, notices = tuple(u.category for u in self.units), tuple(u.notice for u in self.units)
        return Labelled(tuple(labels), gold, probabilities, notices)


def main() -> None:
    """Read the options, choose, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("task", choices=("category",))
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--keep", action="store_true", help="only measure: the share is chosen already")
    given = parser.parse_args()
    labels = load_taxonomy().category_names
    rows = load_problems(given.data)
    held_out = fit_category([r for r in rows if r.fold not in (VALIDATION, TEST)], labels)
    validation = score(held_out, OnnxEngine(given.model), rows, (VALIDATION,))
    known = read_calibration(given.model)
    calibration = known if given.keep else choose(validation, labels, known)
    write_calibration(given.model, calibration)
    shipped = load_category(given.model)
    test = score(shipped.linear, OnnxEngine(given.model), rows, (TEST,))
    report = {"calibration": dataclasses.asdict(calibration)}
    for split, scored in (("validation", validation), ("test", test)):
        for name, which in named(calibration):
            report[f"{split} {name}"] = main_figures(scored.labelled(labels, which))
    for name, figures in report.items():
        print(name, {key: round(value, 4) for key, value in figures.items()}, flush=True)
    (given.model / "blend.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def named(calibration: Calibration) -> list[tuple[str, Calibration]]:
    """The models to report: linear alone, encoder alone, as shipped."""
    alone = dataclasses.replace(calibration, encoder_weight=0.0)
    encoder = dataclasses.replace(calibration, linear_weight=0.0, encoder_weight=1.0)
    return [("linear", alone), ("encoder", encoder), ("shipped", calibration)]


def score(linear: LinearModel, encoder: Engine, rows: Sequence[Problem], folds: Sequence[int]) -> Scored:
    """Both models' logits for the units of `folds`."""
    units = tuple(r for r in rows if r.fold in folds and r.is_unit)
    by_linear = linear.scores([category_fields(u.query) for u in units])
    return Scored(units, by_linear, encoder.scores([category_pair(u.query) for u in units]))


def choose(scored: Scored, labels: Sequence[str], start: Calibration) -> Calibration:
    """The calibration with the best mean of accuracy and macro-F1; among equals the least log-loss."""
    gold = [labels.index(u.category) for u in scored.units]
    found: list[tuple[float, float, Calibration]] = []
    for share in SHARES:
        mixed = (1 - share) * log_softmax(scored.linear) + share * log_softmax(scored.encoder)
        temperature = fit_temperature(mixed.astype(np.float32), gold) if share else start.temperature
        candidate = dataclasses.replace(
            start,
            linear_weight=round(1 - share, 2),
            encoder_weight=share,
            temperature=round(temperature, 3),
        )
        figures = main_figures(scored.labelled(labels, candidate))
        found.append((-(figures["accuracy"] + figures["macro_f1"]) / 2, figures["log_loss"], candidate))
        shown = (figures[key] for key in ("accuracy", "macro_f1", "log_loss"))
        print(f"encoder share {share}:", *(f"{value:.4f}" for value in shown))
    best = min(found, key=lambda f: f[:2])[2]
    if not best.encoder_weight:
        return best
    return dataclasses.replace(best, review_threshold=review_threshold(scored.labelled(labels, best)))


if __name__ == "__main__":
    main()
