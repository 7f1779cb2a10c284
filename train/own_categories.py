"""Train a category model on your own categories: a taxonomy and a CSV are enough.

    python train/own_categories.py --taxonomy my/taxonomy.yaml --examples my/examples.csv --output my/model
    zhenggai classify notices/ --taxonomy my/taxonomy.yaml --model my/model --output ledger.xlsx

The CSV has the columns `problem` and `category`, and where you have them `path` (headings, outermost first,
separated by ｜) and `notice` (rows of one notice stay together when the model is measured). The model is the
linear one that ships; seconds on one core, no torch.
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedGroupKFold

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from train._finetuning.examples import Problem
from train._finetuning.figures import Labelled, main_figures
from train._linear.category import fit_category
from train._linear.fitting import LinearSettings
from zhenggai.checks.model import Example
from zhenggai.checks.reading import read_labelled
from zhenggai.classification.calibration import Calibration, blend, write_calibration
from zhenggai.classification.inputs import category_fields
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.model import Query
from zhenggai.classification.thresholds import DEFAULT_ACCURACY, make_table, write_table
from zhenggai.errors import ConfigError, ZhenggaiError
from zhenggai.setup import OWN_TAXONOMY
from zhenggai.taxonomy import load_taxonomy

FOLDS = 5
LEAST = 5
"""Examples per category below which nothing could be measured."""
SEED = 0
SETTINGS = LinearSettings(field_weights=(1.0, 0.5, 0.25, 0.25), iterations=100)
"""A logistic regression: on a few hundred examples better than the support vectors of our own categories."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the options and train; errors that the user can mend are one sentence."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--taxonomy", type=Path, required=True)
    parser.add_argument("--examples", type=Path, required=True, nargs="+")
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args(arguments)
    try:
        figures = train(given.taxonomy, given.examples, given.output)
    except ZhenggaiError as error:
        sys.exit(f"错误：{error}")
    shown = "，".join(f"{name} {value:.3f}" for name, value in figures.items())
    print(f"折外：{shown}\n模型：{given.output}")


def train(taxonomy: Path, examples: Sequence[Path], output: Path) -> dict[str, float]:
    """Measure out of fold, calibrate, fit on all rows, write the model folder; return the figures.

    Raises:
        ConfigError: the taxonomy is wrong, a label is not in it, or a category has too few examples.
        LedgerError: the examples cannot be read.
    """
    labels = load_taxonomy(taxonomy).category_names
    rows = _problems(read_labelled(examples).examples.get("category", []), labels)
    scores = _out_of_fold(rows, labels)
    gold = np.array([labels.index(row.category) for row in rows])
    calibration = Calibration(temperature=_temperature(scores, gold))
    measured = Labelled(
        labels,
        tuple(row.category for row in rows),
        blend(calibration, scores, None),
        tuple(row.notice for row in rows),
    )
    confidence = np.round(measured.probabilities.max(axis=1), 4)
    right = [g == p for g, p in zip(measured.gold, measured.predicted, strict=True)]
    table = make_table(confidence.tolist(), right, len(set(measured.notices)))
    point = table.for_accuracy(DEFAULT_ACCURACY)
    calibration = replace(calibration, review_threshold=point.threshold if point else 1.0)
    output.mkdir(parents=True, exist_ok=True)
    write_table(output, table)
    shutil.copyfile(taxonomy, output / OWN_TAXONOMY)
    fit_category(rows, labels, SETTINGS).save(output, "linear")
    write_calibration(output, calibration)
    figures = main_figures(measured)
    return {name: figures[name] for name in ("accuracy", "macro_f1", "ece")}


def _problems(examples: Sequence[Example], labels: Sequence[str]) -> list[Problem]:
    counts = Counter(example.label for example in examples)
    for example in examples:
        if example.label not in labels:
            close = difflib.get_close_matches(example.label, labels, n=1, cutoff=0.0)[0]
            raise ConfigError(
                f"{example.where}：类别“{example.label}”不在分类体系中，是否想写“{close}”？可用：{'、'.join(labels)}。"
            )
    if scarce := [f"{label} {counts[label]} 条" for label in labels if counts[label] < LEAST]:
        raise ConfigError(
            f"每个类别至少需要 {LEAST} 条样例，现有：{'、'.join(scarce)}。请补充，或从分类体系中去掉。"
        )
    return [
        Problem(Query(e.text, e.context), e.label, (), None, e.where, e.group or e.where, True)
        for e in examples
    ]


def _out_of_fold(rows: Sequence[Problem], labels: Sequence[str]) -> Floats:
    """Logits of each row by a model that has not seen its notice, shape (n, labels)."""
    targets, notices = [row.category for row in rows], [row.notice for row in rows]
    folds = min(FOLDS, len(set(notices)))
    if folds < 2:
        raise ConfigError("样例都出自同一份通报，无法评测。请在 notice 列给出不同的通报，或去掉这一列。")
    scores = np.zeros((len(rows), len(labels)), np.float32)
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=SEED)
    for inside, held in splitter.split(targets, targets, notices):
        model = fit_category([rows[i] for i in inside], labels, SETTINGS)
        scores[held] = model.scores([category_fields(rows[i].query) for i in held])
    return scores


def _temperature(scores: Floats, gold: np.ndarray) -> float:
    """The temperature with the lowest log-loss (Guo et al. 2017), in [0.05, 20]."""

    def loss(log_temperature: float) -> float:
        probabilities = blend(Calibration(temperature=float(np.exp(log_temperature))), scores, None)
        return float(-np.log(np.maximum(probabilities[np.arange(len(gold)), gold], 1e-9)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=np.log([0.05, 20.0]), method="bounded").x))


if __name__ == "__main__":
    main()
