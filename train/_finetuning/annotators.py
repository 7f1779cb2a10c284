"""The two annotation passes: how far a model agrees with each, and they with one another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from train._finetuning.examples import read_rows
from train._finetuning.figures import kappa
from zhenggai.taxonomy import load_taxonomy


def read_passes(annotations: Path, labels: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The labels of both passes by item, of the task whose labels are `labels`; empty without the folder."""
    task = "category" if set(labels) == set(load_taxonomy().category_names) else "status"
    return {
        row["id"]: (row["passes"][0][task], row["passes"][1][task])
        for path in sorted(annotations.glob("*.jsonl"))
        for row in read_rows(path)
    }


def agreement(predicted: Sequence[str], passes: Sequence[tuple[str, str]]) -> dict[str, float]:
    """κ (Cohen 1960) of the model with each pass, and of the passes with one another."""
    first, second = ([pair[i] for pair in passes] for i in (0, 1))
    return {
        "模型与第一遍标注": kappa(first, predicted),
        "模型与第二遍标注": kappa(second, predicted),
        "两遍标注之间": kappa(first, second),
    }
