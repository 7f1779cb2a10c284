"""Learning curves of the linear models: what more labelled notices and more written examples bring.

    python train/learning_curve.py category --output runs/curve
    python train/learning_curve.py status --notice-shares 0.5 1 --written-shares 1 --seeds 0 --output runs/c

Each point is a share of the training notices and of the written examples, drawn by a seed (a larger share
holds the smaller one), measured over 5 folds by notice. A finished point is a line in `curve.jsonl`; started
again, the command goes on with what is missing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np

from train._finetuning.examples import (
    FOLDS,
    Outcome,
    Problem,
    load_outcomes,
    load_problems,
    read_rows,
    share_of,
    some_notices,
)
from train._finetuning.figures import macro_f1
from train._linear.category import fit_category
from train._linear.status import fit_status
from zhenggai.classification.calibration import Calibration
from zhenggai.classification.inputs import category_fields
from zhenggai.classification.statuses.status import StatusClassifier
from zhenggai.taxonomy import load_taxonomy

SHARES = (0.25, 0.5, 0.75, 1.0)
Example = Problem | Outcome


@dataclass(frozen=True)
class Point:
    """A place on the curve."""

    notices: float
    """Share of the training notices of each fold."""
    written: float
    """Share of the written examples."""
    seed: int


def main() -> None:
    """Read the options, measure the points that are missing, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("task", choices=("category", "status"))
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--notice-shares", type=float, nargs="+", default=list(SHARES))
    parser.add_argument("--written-shares", type=float, nargs="+", default=[0.0, *SHARES])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--output", type=Path, required=True, help="folder for curve.jsonl")
    given = parser.parse_args()
    points = [
        *(Point(share, 1.0, seed) for share in given.notice_shares for seed in given.seeds),
        *(Point(1.0, share, seed) for share in given.written_shares for seed in given.seeds),
    ]
    rows = load_problems(given.data) if given.task == "category" else load_outcomes(given.data)
    measure(given.task, rows, list(dict.fromkeys(points)), given.output / "curve.jsonl")
    print(markdown(given.task, given.output / "curve.jsonl"))


def measure(task: str, rows: Sequence[Example], points: Sequence[Point], path: Path) -> None:
    """Append a line for each of `points` that `path` does not hold yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    done = {(r["task"], Point(**r["point"])) for r in read_rows(path)} if path.exists() else set()
    predict = _categories if task == "category" else _statuses
    for point in points:
        if (task, point) in done:
            continue
        line = {"task": task, "point": asdict(point), **evaluate(rows, point, predict)}
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        print(line, flush=True)


def evaluate(rows: Sequence[Example], point: Point, predict: Predict) -> dict[str, float]:
    """Training examples a fold (mean), accuracy and macro-F1 over the units of all folds."""
    written = share_of([row for row in rows if row.fold is None], point.written, point.seed)
    gold, found, sizes = [], [], []
    for fold in FOLDS:
        others = [row for row in rows if row.fold not in (None, fold)]
        train = some_notices(others, point.notices, point.seed)
        units = [row for row in rows if row.fold == fold and _is_unit(row)]
        found += predict([*train, *written], units, point.seed)
        gold += [_label(row) for row in units]
        sizes.append(sum(_is_unit(row) for row in train))
    right = sum(g == f for g, f in zip(gold, found, strict=True))
    return {
        "labelled": float(np.mean(sizes)),
        "written": len(written),
        "accuracy": right / len(gold),
        "macro_f1": macro_f1(gold, found),
    }


def _label(row: Example) -> str:
    return row.category if isinstance(row, Problem) else row.status


def _is_unit(row: Example) -> bool:
    return row.is_unit if isinstance(row, Problem) else row.fold is not None


def _categories(train: Sequence[Example], units: Sequence[Example], seed: int) -> list[str]:
    del seed  # the fit is convex
    model = fit_category([row for row in train if isinstance(row, Problem)], load_taxonomy().category_names)
    scores = model.scores([category_fields(row.query) for row in units])
    return [model.labels[i] for i in scores.argmax(axis=1)]


def _statuses(train: Sequence[Example], units: Sequence[Example], seed: int) -> list[str]:
    models = fit_status(
        [row for row in train if isinstance(row, Outcome)], load_taxonomy().status_names, seed
    )
    found = StatusClassifier(models, Calibration()).classify([row.query for row in units])
    return [prediction.label for prediction in found]


Predict = Callable[[Sequence[Example], Sequence[Example], int], list[str]]


def markdown(task: str, path: Path) -> str:
    """One line a share: mean ± sd over the seeds."""
    lines = [
        "| labelled units (share of notices) | written examples (share) | accuracy | macro-F1 |",
        "|---|---|---|---|",
    ]
    by_share: dict[tuple[float, float], list[dict[str, float]]] = {}
    for row in read_rows(path):
        if row["task"] == task:
            by_share.setdefault((row["point"]["notices"], row["point"]["written"]), []).append(row)
    for (notices, written), rows in sorted(by_share.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        size, number = (float(np.mean([row[key] for row in rows])) for key in ("labelled", "written"))
        shown = [_spread([row[key] for row in rows]) for key in ("accuracy", "macro_f1")]
        lines.append(f"| {size:.0f} ({notices:.0%}) | {number:.0f} ({written:.0%}) | {' | '.join(shown)} |")
    return "\n".join(lines)


def _spread(values: Sequence[float]) -> str:
    return f"{np.mean(values):.3f}" + (f" ± {np.std(values, ddof=1):.3f}" if len(values) > 1 else "")


if __name__ == "__main__":
    main()
