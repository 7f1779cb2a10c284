"""Examples of a task as pairs of texts with soft targets, in splits by fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train._finetuning.examples import Problem, load_outcomes, load_problems
from train._finetuning.settings import FinetuneConfig
from zhenggai.classification.inputs import category_pair, status_pair
from zhenggai.taxonomy import load_taxonomy


@dataclass(frozen=True)
class Rows:
    """Texts and targets of one split."""

    pairs: tuple[tuple[str, str], ...]
    targets: NDArray[np.float32]
    """Shape (n, labels); rows sum to 1."""
    gold: tuple[str, ...]
    weights: NDArray[np.float32]
    ids: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class TaskData:
    """A task's labels and splits."""

    labels: tuple[str, ...]
    train: Rows
    validation: Rows
    test: Rows


def load_task(config: FinetuneConfig) -> TaskData:
    """The rows of `config.task`: training on all folds that are not held out and on the written examples."""
    taxonomy = load_taxonomy()
    labels = taxonomy.category_names if config.task == "category" else taxonomy.status_names
    everything = _category_rows(config) if config.task == "category" else _status_rows(config)
    written = config.written_weight

    def select(wanted: Sequence[int | None], units_only: bool) -> Rows:
        chosen = [r for r in everything if r[4] in wanted and (r[5] or not units_only)]
        targets = [_target(labels, label, also, config.also_share) for _, label, also, *_ in chosen]
        return Rows(
            tuple(pair for pair, *_ in chosen),
            np.array(targets, dtype=np.float32).reshape(len(chosen), len(labels)),
            tuple(label for _, label, *_ in chosen),
            np.array([written if r[4] is None else 1.0 for r in chosen], dtype=np.float32),
            tuple(r[3][0] for r in chosen),
            tuple(r[3][1] for r in chosen),
        )

    seen = [fold for fold in range(5) if fold not in config.held_out]
    return TaskData(
        labels,
        select([*seen, None], False),
        select([config.held_out[0]], True),
        select([config.held_out[-1]], True),
    )


_Row = tuple[tuple[str, str], str, tuple[str, ...], tuple[str, str], int | None, bool]


def _category_rows(config: FinetuneConfig) -> list[_Row]:
    problems: list[Problem] = load_problems(config.data, config.corrections)
    return [
        (category_pair(p.query), p.category, p.also, (p.id, p.notice), p.fold, p.is_unit) for p in problems
    ]


def _status_rows(config: FinetuneConfig) -> list[_Row]:
    return [
        (status_pair(o.query), o.status, (), (o.id, o.notice), o.fold, o.fold is not None)
        for o in load_outcomes(config.data, config.corrections)
    ]


def _target(labels: Sequence[str], label: str, also: Sequence[str], share: float) -> list[float]:
    target = [0.0] * len(labels)
    named = [a for a in also if a in labels and a != label]
    target[labels.index(label)] = 1.0 - share * len(named)
    for name in named:
        target[labels.index(name)] += share
    return target
