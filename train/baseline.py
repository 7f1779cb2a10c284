"""Character TF-IDF + logistic regression, the model that every report names beside its own.

    python train/baseline.py category --output models/category
    python train/baseline.py status --output models/status --predictions runs/baseline-status.jsonl

Holds out each of the five folds in turn (whole notices) and prints the figures; then fits the model that is
written on all folds but the test fold. Temperature and review threshold come from the held-out predictions of
the other folds; the test fold decides nothing.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np

from train._finetuning.examples import FOLDS, Outcome, Problem, load_outcomes, load_problems
from train._finetuning.figures import Labelled, main_figures, review_threshold
from train._finetuning.predictions import Predictions
from train._finetuning.temperature import fit_temperature
from train._linear.category import fit_category, held_out_scores
from train._linear.evidence import evidence_figures
from train._linear.status import fit_status
from zhenggai.classification.calibration import Calibration, log_softmax, write_calibration
from zhenggai.classification.category import CategoryClassifier
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.model import StatusPrediction
from zhenggai.classification.outcome.clauses import split_clauses
from zhenggai.classification.statuses.explicit import stated_status
from zhenggai.classification.statuses.small import write_small
from zhenggai.classification.statuses.status import LINEAR_FILES, StatusClassifier
from zhenggai.taxonomy import load_taxonomy

TEST = FOLDS[-1]


def main() -> None:
    """Read the options; measure, then fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("task", choices=("category", "status"))
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--output", type=Path, help="folder for the fitted model")
    parser.add_argument("--predictions", type=Path, help="file for the held-out predictions")
    parser.add_argument(
        "--corrections", type=Path, nargs="+", default=[], help="folders of zhenggai review import"
    )
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    run = category if given.task == "category" else status
    predictions = run(given.data, given.output, given.seed, given.corrections)
    if given.predictions:
        predictions.save(given.predictions)


def category(data: Path, output: Path | None, seed: int, corrections: Sequence[Path] = ()) -> Predictions:
    """Measure and write the category model; `seed` changes nothing, the fit is convex."""
    del seed
    labels = load_taxonomy().category_names
    rows = load_problems(data, corrections)
    units = [row for row in rows if row.is_unit]
    by_id = held_out_scores(rows, labels, FOLDS)
    scores = np.stack([by_id[row.id] for row in units])
    folds = np.array([row.fold for row in units])
    gold, notices = tuple(row.category for row in units), tuple(row.notice for row in units)
    temperature = fit_temperature(
        scores[folds != TEST], [labels.index(g) for g in np.array(gold)[folds != TEST]]
    )
    labelled = Labelled(labels, gold, np.exp(log_softmax(scores / np.float32(temperature))), notices)
    print_figures("category", labelled, folds)
    print("also", also_figures(rows, labels, temperature))
    if output:
        output.mkdir(parents=True, exist_ok=True)
        fit_category([row for row in rows if row.fold != TEST], labels).save(output, "linear")
        write_calibration(output, _calibrated(temperature, _part(labelled, folds != TEST)))
    texts = tuple(map(shown, units))
    ids = tuple(row.id for row in units)
    return Predictions(labels, ids, texts, labelled, (temperature,) * len(ids))


def shown(row: Problem) -> str:
    """A problem in a file of predictions: statement, nearest heading, the others."""
    return "｜".join((row.query.problem, *reversed(row.query.path)))


def also_figures(rows: Sequence[Problem], labels: Sequence[str], temperature: float) -> dict[str, int]:
    """Second categories of the units, each by a model that has not seen its fold."""
    counts = {"right": 0, "wrong": 0, "missed": 0}
    for fold in FOLDS:
        model = fit_category([row for row in rows if row.fold != fold], labels)
        units = [row for row in rows if row.fold == fold and row.is_unit]
        classifier = CategoryClassifier(model, Calibration(temperature=temperature))
        for row, found in zip(units, classifier.classify([row.query for row in units]), strict=True):
            counts["right"] += len(set(found.also) & set(row.also))
            counts["wrong"] += len(set(found.also) - set(row.also))
            counts["missed"] += len(set(row.also) - set(found.also))
    return counts


def status(data: Path, output: Path | None, seed: int, corrections: Sequence[Path] = ()) -> Predictions:
    """Measure and write the status model."""
    labels = load_taxonomy().status_names
    rows = load_outcomes(data, corrections)
    units = [row for row in rows if row.fold is not None]
    found: dict[str, StatusPrediction] = {}
    probabilities: dict[str, Floats] = {}
    for fold in FOLDS:
        model = _fitted([row for row in rows if row.fold != fold], labels, seed)
        held = [row for row in units if row.fold == fold]
        found |= zip((r.id for r in held), model.classify([r.query for r in held]), strict=True)
        probabilities |= zip((r.id for r in held), model.distributions([r.query for r in held]), strict=True)
    folds = np.array([row.fold for row in units])
    gold = tuple(row.status for row in units)
    scored = np.stack([probabilities[row.id] for row in units])
    free = np.array([not _stated(row) for row in units])  # a stated status has a probability of its own
    chosen = free & (folds != TEST)
    temperature = fit_temperature(np.log(scored[chosen]), [labels.index(g) for g in np.array(gold)[chosen]])
    scored[free] = np.exp(log_softmax(np.log(scored[free]) / np.float32(temperature)))
    labelled = Labelled(labels, gold, scored, tuple(row.notice for row in units))
    print_figures("status", labelled, folds)
    predictions = [found[row.id] for row in units]
    print("evidence", dataclasses.asdict(evidence_figures(units, predictions)))
    print("long_term", _flag_figures(units, predictions))
    if output:
        output.mkdir(parents=True, exist_ok=True)
        models = fit_status([row for row in rows if row.fold != TEST], labels, seed)
        for name, model in zip(LINEAR_FILES, (models.roles, models.text), strict=True):
            model.save(output, name)
        write_small(output, models.small)
        write_calibration(output, _calibrated(temperature, _part(labelled, folds != TEST)))
    texts = tuple(f"{row.query.problem}▏{row.query.outcome}" for row in units)
    temperatures = tuple(np.where(free, temperature, 1.0).tolist())
    return Predictions(labels, tuple(row.id for row in units), texts, labelled, temperatures)


def _stated(row: Outcome) -> bool:
    return stated_status(row.query.path, split_clauses(row.query.outcome)) is not None


def _fitted(rows: Sequence[Outcome], labels: Sequence[str], seed: int) -> StatusClassifier:
    return StatusClassifier(fit_status(rows, labels, seed), Calibration())


def _calibrated(temperature: float, rows: Labelled) -> Calibration:
    """The calibration of a linear model; the review threshold is for 95 % right above it."""
    return Calibration(temperature=round(temperature, 3), review_threshold=review_threshold(rows))


def _flag_figures(rows: Sequence[Outcome], found: Sequence[StatusPrediction]) -> dict[str, int]:
    pairs = [(row.long_term, p.long_term) for row, p in zip(rows, found, strict=True)]
    return {
        "right": sum(g and p for g, p in pairs),
        "wrong": sum(p and not g for g, p in pairs),
        "missed": sum(g and not p for g, p in pairs),
    }


def _part(rows: Labelled, chosen: np.ndarray) -> Labelled:
    kept = np.flatnonzero(chosen)
    gold, notices = (tuple(np.array(v)[kept].tolist()) for v in (rows.gold, rows.notices))
    return Labelled(rows.labels, gold, rows.probabilities[kept], notices)


def print_figures(task: str, rows: Labelled, folds: np.ndarray) -> None:
    """Figures over the folds, and right ones per class, on standard output."""
    figures = {key: round(value, 4) for key, value in main_figures(rows).items()}
    print(task, "5 folds by notice", figures)
    each = [main_figures(_part(rows, folds == fold)) for fold in FOLDS]
    for key in ("accuracy", "macro_f1"):
        values = np.array([f[key] for f in each])
        print(f"  {key}: {values.mean():.3f} ± {values.std(ddof=1):.3f}", np.round(values, 3).tolist())
    right = {
        label: sum(p == g == label for p, g in zip(rows.predicted, rows.gold, strict=True))
        for label in rows.labels
    }
    print("  right per class", right, flush=True)


if __name__ == "__main__":
    main()
