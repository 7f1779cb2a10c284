"""Results of ablation runs and their table: mean ± sd over runs, and the paired gain on the first row."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FIGURES = ("accuracy", "macro_f1")


@dataclass(frozen=True)
class Result:
    """The figures of one run on its held-out fold."""

    row: str
    fold: int
    seed: int
    figures: Mapping[str, float]


def read_results(path: Path) -> list[Result]:
    """Finished runs; none where the file is not there yet. A line cut by a kill is left out."""
    if not path.is_file():
        return []
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            out.append(Result(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return out


def markdown(results: Sequence[Result], rows: Sequence[str]) -> str:
    """One line a row; ± is the standard deviation over its runs (a fold and a seed each).

    The gain is paired: only runs (fold, seed) that the first row has as well.
    """
    lines = [
        "| variant | runs | accuracy | macro-F1 | gain in accuracy (paired, ± se) |",
        "|---|---|---|---|---|",
    ]
    first = _by_run(results, rows[0], "accuracy") if rows else {}
    for row in rows:
        own = {figure: _by_run(results, row, figure) for figure in FIGURES}
        if not own["accuracy"]:
            continue
        shown = [_spread(np.array(list(own[figure].values()))) for figure in FIGURES]
        pairs = [own["accuracy"][run] - first[run] for run in own["accuracy"] if run in first]
        gain = _gain(np.array(pairs)) if row != rows[0] and pairs else ""
        lines.append(f"| {row} | {len(own['accuracy'])} | {shown[0]} | {shown[1]} | {gain} |")
    return "\n".join(lines) + "\n"


def _by_run(results: Sequence[Result], row: str, figure: str) -> dict[tuple[int, int], float]:
    return {(r.fold, r.seed): r.figures[figure] for r in results if r.row == row}


def _spread(values: NDArray[np.float64]) -> str:
    spread = values.std(ddof=1) if len(values) > 1 else 0.0
    return f"{values.mean():.3f} ± {spread:.3f}"


def _gain(values: NDArray[np.float64]) -> str:
    error = values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else 0.0
    return f"{values.mean():+.3f} ± {error:.3f}"
