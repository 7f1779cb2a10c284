"""Write the model card of a folder from what its runs recorded.

    python train/card.py category models/category --report runs/report-category/report.json
    python train/card.py status models/status --report runs/report-status/report.json

Figures come from run.json (fine-tuning), blend.json (share of the encoder; test fold) and the report of
train/evaluate.py on the held-out predictions of all five folds, and what holds above the review threshold
from docs/review/confidence.json (train/review_thresholds.py); none is typed in.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import zip_longest
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from zhenggai.taxonomy import load_taxonomy

HEAD = """---
language: zh
license: apache-2.0
library_name: transformers
pipeline_tag: text-classification
---"""
USE = """## Use

```python
from transformers import pipeline
pipeline("text-classification", model="models/{task}")({{"text": "{first}", "text_pair": "{second}"}})
```

That is the encoder alone. `zhenggai` reads the same folder without torch and puts linear models over
character n-grams (`*.npz`) beside it; `calibration.json` says with what weight."""
TRAINING = """## Training

Labels are machine-annotated in two passes under the guideline, adjudicated (agreement of the passes over the
698 units: category 0.970, status 0.946, see data/README.md); they measure consistency with the guideline as a
language model reads it. Written (synthetic) examples train and never evaluate. Splits are by whole notices.

Calibration: `{calibration}`."""
CONFIDENCE = """## Confidence

Probabilities are temperature-scaled. Items below the threshold {threshold} are flagged for review: the
lowest one with at least {target:.0%} right above it, out of fold, by a bound of one standard error.
`review.json` has the table for other targets (`--target-accuracy`) and shares (`--review-rate`).
Intervals: 95 %, of Wilson / by resampling notices.

| split | items | ECE (of a perfect model by chance) | flagged | right among the others |
|---|---|---|---|---|
{rows}

Accuracy by confidence and confidence by coverage, out of fold ({items} items):

| confidence | accuracy | items | | threshold | share above | accuracy above |
|---|---|---|---|---|---|---|
{curves}

The picture of both: `docs/review/confidence.svg`."""
LIMITS = """## Limits

27 notices, most of 2020 and 2021. A published notice reports on itself: the status is what it says, not what
is so. Do not use the labels to judge persons or to rank bodies; look at the flagged items and read the
source."""
TASKS = {
    "category": ("问题类别", "problem statement and the headings above it → one of 18 categories"),
    "status": ("完成状态", "problem and outcome → one of 4 completion statuses"),
}


def main() -> None:
    """Read the options and write README.md."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("model", type=Path)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--confidence", type=Path, default=Path("docs/review/confidence.json"))
    given = parser.parse_args()
    recorded = {name: _read(given.model / f"{name}.json") for name in ("run", "blend", "calibration")}
    recorded["confidence"] = _read(given.confidence)
    text = card(given.task, recorded, _read(given.report))
    (given.model / "README.md").write_text(text, encoding="utf-8")


def card(task: str, recorded: dict[str, Any], report: dict[str, Any]) -> str:
    """The card as Markdown with the hub's header."""
    name, does = TASKS[task]
    labels = load_taxonomy().category_names if task == "category" else load_taxonomy().status_names
    parts = [
        HEAD,
        f"# zhenggai: {name}\n\n{does}.\n\nLabels: {'、'.join(labels)}.",
        _use(task),
        _figures(report, recorded),
        *([_confidence(task, recorded["confidence"])] if recorded["confidence"] else []),
        _training(recorded),
        LIMITS,
    ]
    return "\n\n".join(parts) + "\n"


def _use(task: str) -> str:
    second = "作风建设方面" if task == "category" else "已清退5.3万元，其余正在推进。"
    return USE.format(task=task, first="公务接待超标准", second=second)


def _figures(report: dict[str, Any], recorded: dict[str, Any]) -> str:
    items, notices = report["items"], report["notices"]
    blended = "Linear model and encoder, without two or three folds at a time"
    measured = blended if recorded["blend"] else "Linear models"
    lines = [
        "## Figures",
        "",
        f"{measured}, held out by notice over 5 folds ({items} units of {notices} notices, 95 %",
        "intervals over notices):",
        "",
    ]
    for key in ("accuracy", "macro_f1"):
        bounds = report["intervals"][key]
        lines.append(f"- {key}: {bounds['value']:.3f} [{bounds['low']:.3f}, {bounds['high']:.3f}]")
    lines.append(f"- expected calibration error: {report['main']['ece']:.3f}")
    rows = {key: value for key, value in recorded["blend"].items() if key != "calibration"}
    for split, figures in recorded["run"].get("figures", {}).items():
        rows[f"{split} encoder (fine-tuning run)"] = figures
    if rows:
        lines += ["", "| split, model | accuracy | macro-F1 | ECE |", "|---|---|---|---|"]
        for name, figures in rows.items():
            values = [f"{figures[key]:.3f}" for key in ("accuracy", "macro_f1", "ece")]
            lines.append(f"| {name} | {' | '.join(values)} |")
    return "\n".join(lines)


def _confidence(task: str, figures: dict[str, Any]) -> str:
    of_task = figures[task]
    rows = []
    for split, name in (("out_of_fold", "out of fold"), ("test", "test")):
        part, kept = of_task[split], of_task[split]["unflagged"]
        wilson, notices = (f"[{low:.3f}, {high:.3f}]" for low, high in (kept["wilson"], kept["by_notice"]))
        rows.append(
            f"| {name} | {part['items']} | {part['ece']:.3f} ({part['ece_of_chance']:.3f}) | "
            f"{kept['flagged']:.1%} | "
            f"{kept['right']} of {kept['items']}: {kept['accuracy']:.3f} {wilson} / {notices} |"
        )
    held_out = of_task["out_of_fold"]
    bins = [f"| {sure:.2f} | {right:.3f} | {items:.0f} |" for sure, right, items in held_out["reliability"]]
    points = [f" {at:.2f} | {share:.2f} | {right:.3f} |" for at, share, right in held_out["coverage"][::2]]
    curves = [
        f"{left or '| | | |'} |{right or ' | | |'}" for left, right in zip_longest(bins, points, fillvalue="")
    ]
    return CONFIDENCE.format(
        threshold=of_task["threshold"],
        target=figures["target"],
        items=held_out["items"],
        rows="\n".join(rows),
        curves="\n".join(curves),
    )


def _training(recorded: dict[str, Any]) -> str:
    run = recorded["run"]
    text = TRAINING.format(calibration=json.dumps(recorded["calibration"]))
    if not run:
        return text
    settings = json.dumps(run["settings"], ensure_ascii=False)
    data, versions = json.dumps(run["data"]), json.dumps(run["versions"])
    return f"{text}\n\nFine-tuning: `{settings}`, data `{data}`, versions `{versions}`."


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    main()
