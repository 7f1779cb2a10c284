"""What one worker does with one piece: the pipeline of the command, and a commit at the end."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from zhenggai.cluster.opening import sources_of
from zhenggai.cluster.output import Output
from zhenggai.cluster.pieces import Piece
from zhenggai.cluster.totals import Totals
from zhenggai.notice.reading import Source
from zhenggai.pipeline import Labeller, Result, Settings, process
from zhenggai.records import failed_record
from zhenggai.taxonomy import Taxonomy

Load = Callable[[], Labeller | None]
"""Makes the labeller; called once in every worker, so it has to be importable there."""


@dataclass(frozen=True, slots=True)
class Task:
    """What all pieces of a run have in common."""

    output: Output
    settings: Settings
    folder: str
    """Where relative paths start."""
    taxonomy: Taxonomy | None = None
    """None: that of the package."""


class Worker:
    """Holds the model; called with a piece, answers with its totals."""

    def __init__(self, task: Task, load: Load) -> None:
        self._task = task
        if os.path.isdir(task.folder):
            os.chdir(task.folder)
        self._labeller = load()

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """`{"piece": JSON}` to `{"key", "totals": JSON, "problem"}`; the partitions are written in between.

        `problem` says why the partitions could not be written, and is empty where they were.
        """
        piece = Piece.from_json(row["piece"])
        key = piece.key
        try:
            totals = self._do(key, piece)
        except Exception as error:  # to be told to the user, who would not find it in Ray's logs
            return {"key": key, "totals": "", "problem": f"{type(error).__name__}: {error}"}
        return {"key": key, "totals": json.dumps(totals.as_dict()), "problem": ""}

    def _do(self, key: str, piece: Piece) -> Totals:
        output = self._task.output
        started, used = time.perf_counter(), time.process_time()
        try:
            totals = output.commit(key, self._results(self._sources(piece)))
        except OSError:
            raise
        except Exception:  # one bad input must not cost the others: find it by doing them one by one
            totals = output.commit(key, self._one_by_one(piece))
        totals.seconds = time.perf_counter() - started
        totals.core_seconds = time.process_time() - used
        output.mark(key, totals)
        return totals

    def attempt(self, text: str, index: int) -> None:
        """Do one input of a piece and keep nothing: does the process survive it?"""
        for position, source in enumerate(self._sources(Piece.from_json(text))):
            if position == index:
                list(self._results([source]))
                return

    def _sources(self, piece: Piece) -> Iterator[Source]:
        return sources_of(piece, self._task.settings.isolation.limits)

    def _results(self, sources: Iterable[Source]) -> Iterator[Result]:
        return process(sources, self._labeller, self._task.settings, self._task.taxonomy)

    def _one_by_one(self, piece: Piece) -> Iterator[Result]:
        for source in self._sources(piece):
            try:
                yield from list(self._results([source]))
            except Exception as error:
                problem = f"{type(error).__name__}: {error}"
                yield Result(
                    failed_record(source.name, f"文件：应可分类，实际出错（{problem}）。请报告这个问题。"), ()
                )
