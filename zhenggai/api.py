"""The Python API: what the commands do, as functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from zhenggai.isolation import Isolation
from zhenggai.ledger.record import Record
from zhenggai.notice.reading import expand
from zhenggai.pipeline import Settings, process

if TYPE_CHECKING:
    from zhenggai.classification.category import CategoryClassifier
    from zhenggai.classification.statuses.status import StatusClassifier


def classify(
    paths: Iterable[str | Path],
    *,
    category_model: Path | None = None,
    status_model: Path | None = None,
    taxonomy: Path | None = None,
    target_accuracy: float | None = None,
    review_rate: float | None = None,
    workers: int = 1,
) -> Iterator[Record]:
    """Items of the notices in `paths` with their labels, in order; files that cannot be read give none.

    Use `zhenggai.pipeline.process` for the notices' rows and the errors.

    Args:
        paths: files, folders, globs, zip archives.
        category_model: folder of a model; the one that comes with the package by default.
        status_model: likewise.
        taxonomy: file with own categories; the one in the model's folder, or the package's, by default.
        target_accuracy: share of the items without `needs_review` that should be right; 0.95 by default.
        review_rate: share of the items to be marked `needs_review`, instead of a target.
        workers: processes that read files, and as many that label items.

    Raises:
        ModelError: a model cannot be loaded.
        ConfigError: taxonomy and model do not fit, or the thresholds cannot be had.
    """
    from zhenggai.classification.processes import in_processes
    from zhenggai.setup import set_up

    setup = set_up(
        category_model, status_model, taxonomy, target_accuracy=target_accuracy, review_rate=review_rate
    )
    settings = Settings(isolation=Isolation(workers=workers), policy=setup.policy)
    sources = list(expand(paths))
    with in_processes(setup.classifier, workers, len(sources)) as labeller:
        for result in process(sources, labeller, settings, setup.taxonomy):
            yield from result.records


@overload
def load_classifier(task: Literal["category"], model: Path | None = None) -> CategoryClassifier: ...
@overload
def load_classifier(task: Literal["status"], model: Path | None = None) -> StatusClassifier: ...
def load_classifier(
    task: Literal["category", "status"], model: Path | None = None
) -> CategoryClassifier | StatusClassifier:
    """A callable from texts to predictions, one per text, order kept.

    >>> load_classifier("category")(["公务接待无公函"])[0].label  # doctest: +SKIP
    '八项规定'

    Args:
        task: `category` takes problem statements, `status` takes outcomes.
        model: folder of a model; the one that comes with the package by default.

    Raises:
        ModelError: the task is unknown, or the model cannot be loaded.
    """
    from zhenggai.classification.classifier import load_classifier as load

    return load(task, model)
