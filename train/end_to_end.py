"""From the raw notice through the parser to both labels, 5 folds by notice: what a user of the ledger gets.

    python train/end_to_end.py --output runs/end-to-end.json

The notices of a fold are parsed and labelled by linear models fitted without that fold (the encoder, which is
fitted without folds 3 and 4 alone, has no part in it). An annotated item that the parser does not find is
wrong; an item found that nobody annotated is a false alarm. Labels of the annotated text stand beside them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np

from scripts.evaluate_extraction import pair_up, read_gold
from train._finetuning.examples import FOLDS, Outcome, Problem, load_outcomes, load_problems
from train._finetuning.figures import macro_f1
from train._linear.category import fit_category
from train._linear.status import fit_status
from zhenggai.classification.calibration import Calibration
from zhenggai.classification.category import CategoryClassifier
from zhenggai.classification.model import Query
from zhenggai.classification.statuses.status import StatusClassifier
from zhenggai.notice import SourceText, parse
from zhenggai.records import query
from zhenggai.taxonomy import load_taxonomy

NOTHING = "∅"
"""Label of an item on the side that does not have it."""
TASKS = ("category", "status")


@dataclass(frozen=True)
class Row:
    """An item: annotated, found by the parser, or both."""

    notice: str
    gold: dict[str, str]
    """Task → annotated label, or `NOTHING`."""
    found: dict[str, str]
    """Task → label of the item that the parser found, or `NOTHING`."""
    given: dict[str, str]
    """Task → label of the annotated text, or `NOTHING`."""
    quoted: bool
    """Whether the evidence found holds the annotators' words."""


@dataclass(frozen=True)
class Labeller:
    """Both linear models."""

    category: CategoryClassifier
    status: StatusClassifier

    def label(self, queries: Sequence[Query]) -> list[tuple[dict[str, str], str]]:
        """Label by task, and the evidence, of each query."""
        pairs = zip(self.category.classify(queries), self.status.classify(queries), strict=True)
        return [
            ({"category": c.label, "status": s.label}, s.evidence.text if s.evidence else "")
            for c, s in pairs
        ]


def main() -> None:
    """Read the options, measure each fold, print and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--folds", type=int, nargs="+", default=list(FOLDS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, required=True, help="JSON file")
    given = parser.parse_args()
    problems, outcomes = load_problems(given.data), load_outcomes(given.data)
    by_fold = {}
    for fold in given.folds:
        labeller = fit(problems, outcomes, fold, given.seed)
        by_fold[fold] = evaluate(
            [row for row in outcomes if row.fold == fold], problems, labeller, given.data
        )
        print(fold, figures(by_fold[fold]), flush=True)
    report = {
        "all": figures([row for rows in by_fold.values() for row in rows]),
        "folds": {fold: figures(rows) for fold, rows in by_fold.items()},
        "rows": [asdict(row) for rows in by_fold.values() for row in rows],
    }
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(markdown(report["all"], list(report["folds"].values())))


def fit(problems: Sequence[Problem], outcomes: Sequence[Outcome], fold: int, seed: int) -> Labeller:
    """The linear models of everything but `fold`."""
    labels = load_taxonomy()
    category = fit_category([row for row in problems if row.fold != fold], labels.category_names)
    status = fit_status([row for row in outcomes if row.fold != fold], labels.status_names, seed)
    return Labeller(
        CategoryClassifier(category, Calibration(linear_weight=1.0)), StatusClassifier(status, Calibration())
    )


def evaluate(
    gold: Sequence[Outcome], problems: Sequence[Problem], labeller: Labeller, data: Path
) -> list[Row]:
    """All items of the notices of `gold`, annotated or found."""
    categories = {row.id: row.category for row in problems if row.is_unit}
    out: list[Row] = []
    for name in sorted({row.notice for row in gold}):
        text = (data / "notices" / f"{name}.txt").read_text(encoding="utf-8")
        items = parse(SourceText(name, text)).items
        pairs = pair_up(items, read_gold(text, data / "annotations" / f"{name}.jsonl"))
        labelled = labeller.label([query(item) for item in items])
        of_gold = {g.id: found for g, found in zip(pairs, labelled, strict=True) if g is not None}
        own = [row for row in gold if row.notice == name]
        for row, (on_text, _) in zip(own, labeller.label([row.query for row in own]), strict=True):
            found, evidence = of_gold.get(row.id, (_nothing(), ""))
            wanted = {"category": categories[row.id], "status": row.status}
            out.append(Row(name, wanted, found, on_text, bool(row.evidence) and row.evidence in evidence))
        extra = [found for g, (found, _) in zip(pairs, labelled, strict=True) if g is None]
        out += [Row(name, _nothing(), found, _nothing(), False) for found in extra]
    return out


def _nothing() -> dict[str, str]:
    return dict.fromkeys(TASKS, NOTHING)


def figures(rows: Sequence[Row]) -> dict[str, float]:
    """Counts, and per task accuracy over the annotated items, F1 of (item, label) pairs, and macro-F1.

    In the macro-F1 an item missed costs its label's recall, one too many its label's precision.
    """
    annotated = [row for row in rows if row.gold["category"] != NOTHING]
    found = [row for row in rows if row.found["category"] != NOTHING]
    both = [row for row in annotated if row.found["category"] != NOTHING]
    out: dict[str, float] = {"annotated": len(annotated), "found": len(found), "matched": len(both)}
    for task in TASKS:
        right = sum(row.found[task] == row.gold[task] for row in annotated)
        kept = [(row.gold[task], row.found[task]) for row in rows]
        gold, predicted = ([pair[side] for pair in kept] for side in (0, 1))
        labels = sorted(set(gold) - {NOTHING})
        out[f"{task}_accuracy"] = right / len(annotated)
        out[f"{task}_f1"] = 2 * right / (len(annotated) + len(found))
        out[f"{task}_macro_f1"] = macro_f1(gold, predicted, labels)
        out[f"{task}_accuracy_on_annotated_text"] = sum(
            row.given[task] == row.gold[task] for row in annotated
        ) / len(annotated)
    out["both_labels_right"] = sum(row.found == row.gold for row in annotated) / len(annotated)
    quotable = [row for row in annotated if row.gold["status"] != "未说明"]
    out["evidence_held"] = sum(row.quoted for row in quotable) / max(1, len(quotable))
    return {name: round(value, 4) for name, value in out.items()}


def markdown(all_rows: dict[str, float], folds: Sequence[dict[str, float]]) -> str:
    """A table: each figure over all notices, and its mean ± sd over the folds."""
    lines = ["| figure | all notices | folds, mean ± sd |", "|---|---|---|"]
    for name, value in all_rows.items():
        values = np.array([fold[name] for fold in folds])
        spread = f"{values.mean():.3f} ± {values.std(ddof=1):.3f}" if len(values) > 1 else ""
        lines.append(f"| {name} | {value:g} | {spread} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
