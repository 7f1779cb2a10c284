"""Build `data/` from the collected notices, their annotations and the given synthetic examples.

    python scripts/build_data.py --source ../shared --output data

Writes (same input, same bytes):
    notices/notice-NN.txt               the notices, contact details masked character for character
    annotations/notice-NN.jsonl         the units with line numbers, clauses and both passes
    tables/{problems,outcomes,clauses,headings,notices}/{train,validation,test}.jsonl
    synthetic/{problems,outcomes}/given.jsonl    training only
    splits.json                         fold and split of every notice
    GUIDELINE.md                        the annotation guideline
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: imports start at the root of the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from scripts._dataset.folds import FOLDS, SEED, STARTS, assign_folds, split_of
from scripts._dataset.redaction import redact
from scripts._dataset.tables import clause_rows, heading_row, normalised, outcome_row, problem_row

SPLITS = ("train", "validation", "test")


def main() -> None:
    """Read the options and build."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--source", type=Path, required=True, help="folder with notices/ and annotations/")
    parser.add_argument("--output", type=Path, default=Path("data"))
    arguments = parser.parse_args()
    build(arguments.source, arguments.output)


def build(source: Path, output: Path) -> None:
    """Write the whole data set."""
    units = {
        path.stem: [normalised(unit) for unit in read_jsonl(path)]
        for path in sorted((source / "annotations").glob("notice-*.jsonl"))
    }
    labels = {n: [u[k] for u in us for k in ("category", "status")] for n, us in units.items()}
    folds = assign_folds(labels)
    texts = {notice: _redacted(source, notice, of_notice) for notice, of_notice in units.items()}
    for notice, of_notice in units.items():
        _write_text(output / "notices" / f"{notice}.txt", texts[notice])
        write_jsonl(output / "annotations" / f"{notice}.jsonl", of_notice)
    _write_tables(output / "tables", units, texts, list(read_jsonl(source / "headings.jsonl")), folds)
    for kind in ("problems", "outcomes"):
        given = read_jsonl(source / "synthetic" / f"{kind}.jsonl")
        rows = [{**row, "batch": "given", "aim": ""} for row in given]
        write_jsonl(output / "synthetic" / kind / "given.jsonl", rows)
    _write_splits(output / "splits.json", folds, units)
    shutil.copyfile(source / "guideline.md", output / "GUIDELINE.md")
    (output / "GUIDELINE.md").chmod(0o644)


def _redacted(source: Path, notice: str, units: list[dict[str, Any]]) -> str:
    text = (source / "notices" / f"{notice}.txt").read_bytes().decode("utf-8")
    last = max(line for u in units for line in (u["problem_line"], *(n for n, _ in u["outcome_lines"])))
    return redact(text, last + 1)


def _write_tables(
    folder: Path,
    units: Mapping[str, list[dict[str, Any]]],
    texts: Mapping[str, str],
    headings: list[dict[str, Any]],
    folds: Mapping[str, int],
) -> None:
    for split in SPLITS:
        chosen = [n for n in sorted(units) if split_of(folds[n]) == split]
        of_split = [(unit, folds[n]) for n in chosen for unit in units[n]]
        tables: dict[str, Iterable[dict[str, Any]]] = {
            "problems": (problem_row(u, f) for u, f in of_split),
            "outcomes": (outcome_row(u, f) for u, f in of_split),
            "clauses": (row for u, f in of_split for row in clause_rows(u, f)),
            "headings": (
                heading_row(h, folds[h["notice"]])
                for h in headings
                if h["category"] and h["notice"] in chosen
            ),
            "notices": (
                {"notice": n, "text": texts[n], "units": len(units[n]), "fold": folds[n]} for n in chosen
            ),
        }
        for name, rows in tables.items():
            write_jsonl(folder / name / f"{split}.jsonl", rows)


def _write_splits(path: Path, folds: Mapping[str, int], units: Mapping[str, list[dict[str, Any]]]) -> None:
    notices = {n: {"fold": f, "split": split_of(f), "units": len(units[n])} for n, f in sorted(folds.items())}
    content = {"folds": FOLDS, "seed": SEED, "starts": STARTS, "notices": notices}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_jsonl(path: Path) -> Iterable[dict[str, Any]]:
    """Rows of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write `rows`, one JSON object a line, and make the folder where it is missing."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    _write_text(path, text)


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()
