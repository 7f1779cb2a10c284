"""How many corrections does the selection of `review export` save? Simulated on the labelled data.

    python scripts/simulate_review.py --output docs/review/active-learning.json \\
        --picture docs/review/active-learning.svg

In each run the notices of one fold are held out for evaluation; the items of the others are the pool. The
model (the linear one, which trains in a second) starts with some corrected items, or with the written
examples alone. Then, round by round, `zhenggai.review.selection.select` or chance chooses a batch, the labels
of the data set stand for the reviewer's, and the model is trained anew. Both ways start from the same items.
What is reported is the mean over the runs, and how many corrections chance needs for the accuracy that the
selection has reached.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if not __package__:  # run as a file
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np
from sklearn.isotonic import isotonic_regression

from train._finetuning.examples import FOLDS, Problem, load_problems
from train._finetuning.figures import macro_f1
from train._linear.category import fit_category
from zhenggai.classification.calibration import log_softmax
from zhenggai.classification.inputs import category_fields
from zhenggai.classification.linear_models.linear import LinearModel
from zhenggai.ledger.record import Record
from zhenggai.review.selection import select
from zhenggai.taxonomy import load_taxonomy


@dataclass(frozen=True)
class Plan:
    """One simulation."""

    start: int
    """Corrected items at the beginning."""
    written: bool
    """Whether the written (synthetic) examples train from the beginning."""
    batch: int
    most: int
    """Corrections after the beginning."""
    draws: int
    """Beginnings of each fold; a run is a fold with a beginning."""


Choice = Callable[[LinearModel, Sequence[Problem], int], list[Problem]]
PLANS = {
    "corrected, batches of 50": Plan(start=50, written=False, batch=50, most=400, draws=2),
    "corrected, batches of 25": Plan(start=50, written=False, batch=25, most=200, draws=2),
    "written, batches of 50": Plan(start=0, written=True, batch=50, most=200, draws=1),
}


def main() -> None:
    """Read the options, simulate, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--plan", choices=PLANS, action="append", help="only this one; repeatable")
    parser.add_argument("--output", type=Path, required=True, help="other plans in it are kept")
    parser.add_argument("--picture", type=Path, help="an .svg or .png of the curves; needs matplotlib")
    given = parser.parse_args()
    rows = load_problems(given.data)
    figures: dict[str, Any] = {}
    if given.output.exists():
        figures = json.loads(given.output.read_text(encoding="utf-8"))
    for name in given.plan if given.plan is not None else PLANS:
        figures[name] = simulate(rows, PLANS[name])
    figures = {name: figures[name] for name in PLANS if name in figures}
    for found in figures.values():
        found["factors"] = factors(found, _same_beginning(found, figures))
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for name, found in figures.items():
        print(name, json.dumps(found))
    if given.picture:
        draw(figures, given.picture)


def simulate(rows: Sequence[Problem], plan: Plan, folds: Sequence[int] = FOLDS) -> dict[str, Any]:
    """Mean curves of both ways over all runs, and the factors."""
    curves: dict[str, list[list[tuple[float, float]]]] = {"selected": [], "random": []}
    for fold in folds:
        for draw in range(plan.draws):
            for name, found in curves.items():
                order = np.random.default_rng([fold, draw])  # the same beginning for both
                found.append(_run(rows, fold, plan, order, by_value if name == "selected" else at_random))
    steps = [plan.batch * i for i in range(plan.most // plan.batch + 1)]
    means = {name: np.array(found).mean(axis=0) for name, found in curves.items()}
    spread = {name: np.array(found)[:, :, 0].std(axis=0, ddof=1) for name, found in curves.items()}
    return {
        "runs": len(curves["random"]),
        "start": plan.start,
        "written": plan.written,
        "corrections": steps,
        **{
            name: {
                "accuracy": [round(float(v), 4) for v in means[name][:, 0]],
                "deviation": [round(float(v), 4) for v in spread[name]],
                "macro_f1": [round(float(v), 4) for v in means[name][:, 1]],
            }
            for name in means
        },
    }


def _run(
    rows: Sequence[Problem], fold: int, plan: Plan, order: np.random.Generator, choose: Choice
) -> list[tuple[float, float]]:
    """(accuracy, macro-F1) on the held-out notices after each batch."""
    labels = load_taxonomy().category_names
    held = [row for row in rows if row.is_unit and row.fold == fold]
    pool = [row for row in rows if row.is_unit and row.fold != fold]
    pool = [pool[i] for i in order.permutation(len(pool))]
    written = [row for row in rows if row.fold is None] if plan.written else []
    known, waiting = pool[: plan.start], pool[plan.start :]
    out = []
    while True:
        model = fit_category([*written, *known], labels)
        out.append(_figures(model, held))
        if len(known) - plan.start >= plan.most:
            return out
        chosen = choose(model, waiting, plan.batch)
        taken = {row.id for row in chosen}
        known, waiting = [*known, *chosen], [row for row in waiting if row.id not in taken]


def _figures(model: LinearModel, held: Sequence[Problem]) -> tuple[float, float]:
    scores = model.scores([category_fields(row.query) for row in held])
    found = [model.labels[i] for i in scores.argmax(axis=1)]
    gold = [row.category for row in held]
    return float(np.mean([f == g for f, g in zip(found, gold, strict=True)])), macro_f1(gold, found)


def at_random(model: LinearModel, waiting: Sequence[Problem], count: int) -> list[Problem]:
    """The next of the shuffled pool."""
    return list(waiting[:count])


def by_value(model: LinearModel, waiting: Sequence[Problem], count: int) -> list[Problem]:
    """What `zhenggai review export --all --limit COUNT` would export of the pool's ledger."""
    probabilities = np.exp(log_softmax(model.scores([category_fields(row.query) for row in waiting])))
    ledger = [_record(row, own, model.labels) for row, own in zip(waiting, probabilities, strict=True)]
    chosen = select(ledger, load_taxonomy(), count, flagged_only=False, second=model)
    by_id = {row.id: row for row in waiting}
    return [by_id[record.notice] for record in chosen]


def _record(row: Problem, probabilities: np.ndarray, labels: Sequence[str]) -> Record:
    """The ledger row of a pool item; its id stands for the notice."""
    ranked = [{"label": labels[i], "score": float(probabilities[i])} for i in np.argsort(-probabilities)[:3]]
    return Record(
        notice=row.id,
        title=None,
        unit=None,
        published=None,
        item=1,
        number=None,
        path=row.query.path,
        problem=row.query.problem,
        problem_span=(0, 0),
        outcome="",
        outcome_spans=(),
        category=str(ranked[0]["label"]),
        category_score=float(ranked[0]["score"]),
        categories=tuple(ranked),
    )


def _same_beginning(found: dict[str, Any], figures: dict[str, Any]) -> dict[str, Any]:
    """The simulation with chance's longest curve from the same beginnings: batches do not matter to it."""
    keys = ("runs", "start", "written")
    alike = [other for other in figures.values() if all(other[key] == found[key] for key in keys)]
    return max(alike, key=lambda other: other["corrections"][-1])


def factors(found: dict[str, Any], chance: dict[str, Any]) -> list[dict[str, Any]]:
    """For each step: corrections that chance needs for the accuracy of the selection, over those it took.

    Curves are made to rise by isotonic regression first, so that their noise counts for neither. The number
    of chance is None where its curve ends below.
    """
    rising = isotonic_regression(found["selected"]["accuracy"])
    straight = isotonic_regression(chance["random"]["accuracy"])
    out = []
    for step, accuracy in list(zip(found["corrections"], rising, strict=True))[1:]:
        reached = accuracy <= straight[-1]
        needed = float(np.interp(accuracy, straight, chance["corrections"])) if reached else None
        out.append(
            {
                "selected": step,
                "accuracy": round(float(accuracy), 4),
                "random": None if needed is None else round(needed),
                "factor": None if needed is None else round(needed / step, 2),
            }
        )
    return out


def draw(figures: dict[str, Any], path: Path) -> None:
    """The curves with one standard error."""
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcParams["svg.hashsalt"] = "zhenggai"
    figure = Figure(figsize=(4.5 * len(figures), 3.8), layout="constrained")
    for axes, (name, found) in zip(
        figure.subplots(1, len(figures), squeeze=False)[0], figures.items(), strict=True
    ):
        for way, colour in (("selected", "#1f4e79"), ("random", "#b45309")):
            mean = np.array(found[way]["accuracy"])
            error = np.array(found[way]["deviation"]) / np.sqrt(found["runs"])
            axes.plot(found["corrections"], mean, color=colour, marker="o", markersize=3, label=way)
            axes.fill_between(
                found["corrections"], mean - error, mean + error, color=colour, alpha=0.15, lw=0
            )
        axes.set(xlabel="corrections", ylabel="accuracy on held-out notices", title=name)
        axes.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None, dpi=120)


if __name__ == "__main__":
    main()
