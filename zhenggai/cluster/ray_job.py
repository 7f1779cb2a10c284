"""Batch inference on Ray Data: pieces stream through actors that hold the model.

Only descriptions of pieces and their totals pass through Ray's object store; files are read, and partitions
written, by the actor that does the piece. So memory is bounded by one piece per actor, and Ray's
back-pressure has little to do: an actor is handed its next piece when it has finished one.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from zhenggai.cluster.listing import Format, pieces_of
from zhenggai.cluster.output import Output
from zhenggai.cluster.pieces import Cut, Piece
from zhenggai.cluster.poison import marked
from zhenggai.cluster.progress import Progress
from zhenggai.cluster.totals import Totals
from zhenggai.cluster.worker import Load, Task, Worker
from zhenggai.errors import ZhenggaiError
from zhenggai.ledger.extras import load_extra
from zhenggai.ledger.legend import About
from zhenggai.pipeline import Settings
from zhenggai.taxonomy import Taxonomy, load_taxonomy

WAVE = 20_000
"""Pieces in Ray's hands at a time; bounds the driver's memory."""
RETRIES = 2
"""Further attempts for a piece whose worker died."""


@dataclass(frozen=True)
class Job:
    """One run from inputs to an output folder."""

    paths: Sequence[str]
    output: Output
    manifest: dict[str, str]
    """What the result depends on besides the inputs, Chinese name → value."""
    form: Format = Format.AUTO
    cut: Cut = field(default_factory=Cut)
    settings: Settings = field(default_factory=Settings)
    taxonomy: Taxonomy | None = None
    """None: that of the package."""
    workers: int | None = None
    """Actors; None: as many as the cluster has room for."""
    actors_per_gpu: int = 4
    """Actors that share a GPU: one parses while another has its batch on the GPU. 0: leave GPUs alone."""
    address: str | None = None
    """Of a running cluster; None: Ray is started on this machine."""
    resume: bool = False
    overwrite: bool = False
    retry_failed: bool = False
    """On resuming, do pieces with failed inputs again."""
    ledger: Path | None = None
    """An ordinary ledger to be made of the partitions at the end."""
    quiet: bool = False


def run_job(job: Job, load: Load) -> Totals:
    """Do what is not done yet; the totals are those of all inputs.

    Raises:
        ZhenggaiError: nothing can be done, or inputs are left that cannot be done.
    """
    job.output.open(job.manifest, resume=job.resume, overwrite=job.overwrite)
    keys: list[str] = []
    pending = _pending(job, keys)
    first = next(pending, None)
    if first is not None:
        start_ray(job.address, job.workers)
        with Progress(job.quiet) as progress:
            _run_waves(job, load, _again(first, pending), progress)
    totals = job.output.totals(keys)
    job.output.finish(keys, totals)
    if job.ledger is not None:
        about = About(lines=job.manifest, taxonomy=job.taxonomy or load_taxonomy())
        job.output.write_ledger(keys, job.ledger, about, job.overwrite or job.resume)
    return totals


def _again(first: Piece, rest: Iterator[Piece]) -> Iterator[Piece]:
    yield first
    yield from rest


def _pending(job: Job, keys: list[str]) -> Iterator[Piece]:
    """Pieces that remain; `keys` gets the keys of all. What belongs to none is set aside at the end."""
    output = job.output
    done = output.done()
    output.drop_uncommitted(done)
    again = output.failed() if job.retry_failed else set()
    seen: set[str] = set()
    for piece in pieces_of(job.paths, job.form, job.cut, job.settings.isolation.limits):
        key = piece.key
        if key in seen:
            continue
        seen.add(key)
        keys.append(key)
        if key not in done or key in again:
            yield piece
    if (moved := output.set_aside(done - seen)) and not job.quiet:
        print(f"{moved} 组旧结果的输入已改变或不再给出，移到了 {output.folder}/stale。")


def start_ray(address: str | None, workers: int | None) -> None:
    """Connect to a cluster, or start one on this machine, with one worker slot per core at most.

    Raises:
        ZhenggaiError: ray is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is to be sent anywhere
    ray = load_extra("ray", "ray", "在集群上分类")
    load_extra("ray.data", "ray", "在集群上分类")
    if ray.is_initialized():
        return
    options: dict[str, Any] = {"include_dashboard": False, "num_cpus": workers} if address is None else {}
    logging.getLogger("ray.data").setLevel(
        logging.CRITICAL
    )  # tracebacks of retries; Ray's own logs keep them
    ray.init(address=address, log_to_driver=False, logging_level="ERROR", **options)


def _run_waves(job: Job, load: Load, pieces: Iterator[Piece], progress: Progress) -> None:
    task = Task(job.output, job.settings, os.getcwd(), job.taxonomy)
    while wave := list(islice(pieces, WAVE)):
        progress.expect(sum(piece.size for piece in wave), len(wave))
        left, problems = _run(job, task, load, wave, progress)
        if left and not problems:  # their worker died on every attempt: an input of each brings it down
            left, problems = _run(job, task, load, [marked(p, task, load) for p in left], progress)
        if left:
            why = problems[0] if problems else "处理进程反复退出，请检查内存并查看 Ray 的日志"
            raise ZhenggaiError(
                f"{len(left)} 组输入没有完成（第一组：{_described(left[0])}）：{why}。"
                "其余结果已保存；排除故障后加 --resume 接续。"
            )


def _described(piece: Piece) -> str:
    return piece.container or piece.entries[0].name


def _run(
    job: Job, task: Task, load: Load, pieces: Sequence[Piece], progress: Progress
) -> tuple[list[Piece], list[str]]:
    """Do pieces; those come back that are not done, and what the storage said where it was the cause."""
    left = {piece.key: piece for piece in pieces}
    problems = []
    for row in _dataset(job, task, load, pieces).iter_rows():
        if row["problem"]:
            problems.append(row["problem"])
            continue
        left.pop(row["key"], None)
        progress.add(Totals.from_dict(json.loads(row["totals"])))
    return list(left.values()), problems


def _dataset(job: Job, task: Task, load: Load, pieces: Sequence[Piece]) -> Any:
    import ray.data

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.max_errored_blocks = (
        -1
    )  # a piece that fails is missing from the answers, and is seen to afterwards
    gpus = _gpu_share(job)
    rows = [{"piece": piece.to_json()} for piece in pieces]
    dataset = ray.data.from_items(rows, override_num_blocks=len(rows))
    return dataset.map(
        Worker,  # type: ignore[arg-type]  # Ray's annotation leaves out callable classes
        fn_constructor_args=(task, load),
        compute=ray.data.ActorPoolStrategy(
            min_size=1, max_size=_actors(job, gpus), max_tasks_in_flight_per_actor=2
        ),
        num_cpus=1,
        num_gpus=gpus or None,
        ray_remote_args_fn=_restarts,
    )


def _restarts() -> dict[str, int]:
    """Ray Data's own setting tries for ever, so an input that kills its worker would never end."""
    return {"max_restarts": -1, "max_task_retries": RETRIES}


def _gpu_share(job: Job) -> float:
    import ray

    has_gpu = ray.cluster_resources().get("GPU", 0) > 0
    return 1 / job.actors_per_gpu if has_gpu and job.actors_per_gpu > 0 else 0.0


def _actors(job: Job, gpus: float) -> int:
    import ray

    if job.workers is not None:
        return job.workers
    resources = ray.cluster_resources()
    room = resources.get("CPU", 1)
    return max(1, int(min(room, resources["GPU"] / gpus) if gpus else room))
