"""The simulation against runs that took place: same notices, one worker and two."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from scripts._scale.measuring import Times
from scripts._scale.simulation import Cluster, simulate
from scripts._scale.tables import engines, table, work_of


@dataclass(frozen=True)
class Run:
    """What the output folder of `scripts/classify_ray.py` says of a run."""

    workers: int
    notices: int
    pieces: int
    rate: float
    """Notices a second between the first finished piece and the last."""
    core_rate: float
    """Notices a second of processor time, times the workers: without other programs on the machine."""

    @classmethod
    def read(cls, folder: Path, workers: int) -> Run:
        """Of the marks of the finished pieces."""
        marks = sorted((path.stat().st_mtime, json.loads(path.read_text())) for path in _marks(folder))
        sizes = [mark["notices"] + mark["failed"] for _, mark in marks]
        seconds = marks[-1][0] - marks[0][0]
        core = sum(mark["core_seconds"] for _, mark in marks)
        return cls(workers, sum(sizes), len(marks), sum(sizes[1:]) / seconds, workers * sum(sizes) / core)


def _marks(folder: Path) -> list[Path]:
    found = list((folder / "done").glob("*.json"))
    if len(found) < 2:
        raise ValueError(f"{folder}：应有至少两组已完成的标记（done/*.json），实际 {len(found)}。请先运行。")
    return found


def comparison(times: Times, runs: list[Run]) -> str:
    """A table; `times` were measured on the notices of the runs, outside Ray."""
    rows = []
    for run in runs:
        work = replace(work_of(times, engines(times)[0]), notices=max(1, round(run.notices / run.pieces)))
        around = Cluster(
            dispatch_seconds=times.dispatch_ms / 1000,
            bytes_per_second=1e12,
            requests_per_second=1e12,
            latency=0.0,
            hours_between_failures=1e12,
        )
        predicted = simulate(work, around, run.workers, run.notices).rate
        rows.append(
            (
                run.workers,
                f"{run.notices:,} in {run.pieces}",
                f"{predicted:.1f}",
                *(
                    f"{value:.1f} ({100 * (predicted / value - 1):+.0f} %)"
                    for value in (run.core_rate, run.rate)
                ),
            )
        )
    heads = ("workers", "notices in pieces", "simulated, notices/s", "by processor time", "by the clock")
    return table(heads, rows)
