"""Examples of a task as pairs of texts with soft targets, in splits by fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train._finetuning.examples import load_outcomes, load_problems, read_rows, share_of, some_notices
from train._finetuning.settings import FinetuneConfig
from zhenggai.classification.inputs import category_pair, status_pair
from zhenggai.errors import ConfigError
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


@dataclass(frozen=True)
class _Row:
    """One example before it is put into a split."""

    pair: tuple[str, str]
    target: tuple[float, ...]
    gold: str
    weight: float
    id: str = ""
    notice: str = ""
    fold: int | None = None
    is_unit: bool = False


def load_task(config: FinetuneConfig) -> TaskData:
    """The rows of `config.task`: training on all folds that are not held out and on the written examples."""
    taxonomy = load_taxonomy()
    labels = taxonomy.category_names if config.task == "category" else taxonomy.status_names
    rows = list(_category_rows(config, labels) if config.task == "category" else _status_rows(config, labels))
    seen = [row for row in rows if row.fold is not None and row.fold not in config.held_out]
    written = [row for row in rows if row.fold is None]
    further = [*_label_texts(config, labels), *_transferred(config, len(labels))]
    train = [
        *some_notices(seen, config.notice_share, config.seed),
        *share_of(written, config.written_share, config.seed),
        *further,
    ]
    return TaskData(
        labels,
        _rows(train, len(labels)),
        _rows([row for row in rows if row.fold == config.held_out[0] and row.is_unit], len(labels)),
        _rows([row for row in rows if row.fold == config.held_out[-1] and row.is_unit], len(labels)),
    )


def _rows(rows: Sequence[_Row], labels: int) -> Rows:
    return Rows(
        tuple(row.pair for row in rows),
        np.array([row.target for row in rows], dtype=np.float32).reshape(len(rows), labels),
        tuple(row.gold for row in rows),
        np.array([row.weight for row in rows], dtype=np.float32),
        tuple(row.id for row in rows),
        tuple(row.notice for row in rows),
    )


def _category_rows(config: FinetuneConfig, labels: Sequence[str]) -> Iterator[_Row]:
    for p in load_problems(config.data, config.corrections):
        weight = config.written_weight if p.fold is None else 1.0
        target = _target(labels, p.category, p.also, config.also_share)
        yield _Row(category_pair(p.query), target, p.category, weight, p.id, p.notice, p.fold, p.is_unit)


def _status_rows(config: FinetuneConfig, labels: Sequence[str]) -> Iterator[_Row]:
    for o in load_outcomes(config.data, config.corrections):
        weight = config.written_weight if o.fold is None else 1.0
        target = _target(labels, o.status, (), 0.0)
        unit = o.fold is not None
        yield _Row(status_pair(o.query), target, o.status, weight, o.id, o.notice, o.fold, unit)


def _label_texts(config: FinetuneConfig, labels: Sequence[str]) -> Iterator[_Row]:
    """The taxonomy's definition of each label as a text of that label."""
    if not config.label_texts:
        return
    taxonomy = load_taxonomy()
    described = taxonomy.categories if config.task == "category" else taxonomy.statuses
    for label in described:
        yield _Row((label.definition, label.name), _target(labels, label.name, (), 0.0), label.name, 1.0)


def _transferred(config: FinetuneConfig, labels: int) -> Iterator[_Row]:
    """Texts with a teacher's probabilities."""
    if config.transfer is None:
        return
    if not config.transfer.is_file():
        raise ConfigError(
            f"transfer 应为 train/distill.py 写出的文件，没有找到 {config.transfer}。请先运行它。"
        )
    for row in read_rows(config.transfer):
        if len(row["target"]) != labels:
            raise ConfigError(
                f"{config.transfer} 每行应有 {labels} 个概率，实际为 {len(row['target'])}。请重新生成。"
            )
        yield _Row(tuple(row["pair"]), tuple(row["target"]), "", config.transfer_weight)


def _target(labels: Sequence[str], label: str, also: Sequence[str], share: float) -> tuple[float, ...]:
    target = [0.0] * len(labels)
    named = [a for a in also if a in labels and a != label]
    target[labels.index(label)] = 1.0 - share * len(named)
    for name in named:
        target[labels.index(name)] += share
    return tuple(target)
