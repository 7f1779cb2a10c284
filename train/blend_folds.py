"""Choose the encoder's share of the category on four folds, and measure the blend on all five.

    python train/finetune.py configs/finetune/category.yaml --output runs/a  # holds out folds 3 and 4
    python train/finetune.py configs/finetune/category.yaml --held-out 0 1 2 --output runs/b
    python train/blend_folds.py models/category --encoders runs/a runs/b --output runs/category.jsonl
    python train/blend.py category models/category --keep

Each fold is labelled by an encoder and a linear model that have seen neither it nor the other folds held
out in the same run. The share is chosen as in train/blend.py, on all folds but the test fold, and written
to the model folder.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np

from train._finetuning.examples import FOLDS, Problem, load_problems
from train._finetuning.predictions import Predictions
from train._linear.category import fit_category
from train.baseline import print_figures, shown
from train.blend import TEST, Scored, choose, named, score
from zhenggai.classification.calibration import Calibration, read_calibration, write_calibration
from zhenggai.classification.engines.torch import TorchEngine
from zhenggai.errors import ConfigError
from zhenggai.taxonomy import load_taxonomy

LENGTH = 128
"""Tokens of a text, as in the shipped model."""


def main() -> None:
    """Read the options, label every fold, choose, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("model", type=Path, help="folder whose calibration.json is set")
    parser.add_argument("--encoders", type=Path, nargs="+", required=True, help="runs of train/finetune.py")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--output", type=Path, required=True, help="file for the predictions")
    given = parser.parse_args()
    rows = load_problems(given.data)
    labels = load_taxonomy().category_names
    scored = joined([held_out(folder, folds, rows) for folder, folds in assign(given.encoders)])
    folds = np.array([unit.fold for unit in scored.units])
    calibration = choose(part(scored, folds != TEST), labels, read_calibration(given.model))
    for name, which in named(calibration):
        print_figures(f"category {name}", scored.labelled(labels, which), folds)
    write_calibration(given.model, calibration)
    predictions(scored, labels, calibration).save(given.output)


def assign(encoders: Sequence[Path]) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """Each run with the folds that it labels: those that it holds out and no earlier one does.

    Raises:
        ConfigError: a fold is held out by no run.
    """
    left = set(FOLDS)
    for folder in encoders:
        settings = json.loads((folder / "run.json").read_text(encoding="utf-8"))["settings"]
        own = tuple(fold for fold in settings["held_out"] if fold in left)
        left -= set(own)
        yield folder, own
    if left:
        raise ConfigError(
            f"--encoders 应合起来留出全部 5 折，实际缺 {sorted(left)}。请加上留出它们的微调（--held-out）。"
        )


def held_out(folder: Path, folds: Sequence[int], rows: Sequence[Problem]) -> Scored:
    """The units of `folds` by models that have seen none of them."""
    linear = fit_category([row for row in rows if row.fold not in folds], load_taxonomy().category_names)
    return score(linear, TorchEngine(folder, LENGTH, device="cpu"), rows, folds)


def joined(parts: Sequence[Scored]) -> Scored:
    """The units of all parts, one part after the other."""
    return Scored(
        tuple(unit for scored in parts for unit in scored.units),
        np.concatenate([scored.linear for scored in parts]),
        np.concatenate([scored.encoder for scored in parts]),
    )


def part(scored: Scored, chosen: np.ndarray) -> Scored:
    """The units of which `chosen`, shape (n,), is true."""
    units = tuple(unit for unit, taken in zip(scored.units, chosen, strict=True) if taken)
    return Scored(units, scored.linear[chosen], scored.encoder[chosen])


def predictions(scored: Scored, labels: Sequence[str], calibration: Calibration) -> Predictions:
    """Blended probabilities of all units: what train/review_thresholds.py and train/evaluate.py read."""
    texts = tuple(map(shown, scored.units))
    rows = scored.labelled(labels, calibration)
    temperatures = (calibration.temperature,) * len(scored.units)
    return Predictions(tuple(labels), tuple(unit.id for unit in scored.units), texts, rows, temperatures)


if __name__ == "__main__":
    main()
