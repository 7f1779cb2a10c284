"""Classification in several processes: windows of items go out, predictions come back.

Statuses are Python, so threads do not speed them up. What an item gets does not depend on the others of its
window, so the ledger is the same with any number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.classification.model import Prediction, Query

if TYPE_CHECKING:
    from pebble import ProcessPool

    from zhenggai.classification.classifier import Classifier

_FEWEST_FILES = 100
"""Fewer are done before the processes have loaded their models."""
_WINDOWS = 1000
"""After so many windows a process is replaced, as the readers are: what leaks, leaks no further."""


class ManyProcesses:
    """A classifier whose windows are labelled elsewhere; made by `in_processes`."""

    def __init__(self, own: Classifier, pool: ProcessPool, workers: int) -> None:
        """`own` labels here what a process could not, and says why where it cannot either."""
        self._own, self._pool = own, pool
        self.ahead = workers + 1

    def classify(self, queries: Sequence[Query]) -> list[Prediction]:
        """One prediction per query, in order, in this process."""
        return self._own.classify(queries)

    def begin(self, queries: Sequence[Query]) -> Callable[[], list[Prediction]]:
        """Send `queries` to a process; the result waits for its predictions."""
        future = self._pool.schedule(_classify, args=(list(queries),))

        def result() -> list[Prediction]:
            try:
                found: list[Prediction] = future.result()
            except Exception:  # a process that died, or what classifying raised: it is raised here again
                return self._own.classify(queries)
            return found

        return result


@contextmanager
def in_processes(classifier: Classifier, workers: int, files: int) -> Iterator[Classifier | ManyProcesses]:
    """`classifier` itself for one worker or a few files; else processes that each load the same models."""
    if workers < 2 or files < _FEWEST_FILES:
        yield classifier
        return
    import multiprocessing

    from pebble import ProcessPool

    pool = ProcessPool(
        max_workers=workers,
        max_tasks=_WINDOWS,
        initializer=_load,
        initargs=classifier.folders,
        context=multiprocessing.get_context("spawn"),
    )
    try:
        yield ManyProcesses(classifier, pool, workers)
    finally:
        pool.stop()
        pool.join()


_loaded: list[Classifier] = []
"""Of a worker process: its classifier."""


def _load(category_model: Path, status_model: Path) -> None:
    from zhenggai.classification.classifier import Classifier

    _loaded[:] = [Classifier.load(category_model, status_model, threads=1)]


def _classify(queries: Sequence[Query]) -> list[Prediction]:
    return _loaded[0].classify(queries)
