"""Which input brings its worker down? Each input of a suspected piece is tried in a process of its own."""

from __future__ import annotations

from typing import Any

from zhenggai.cluster.pieces import Piece
from zhenggai.cluster.worker import Load, Task, Worker

START_SECONDS = 300.0
"""That a worker may take to load its model."""


def marked(piece: Piece, task: Task, load: Load) -> Piece:
    """The piece with a mark on every input that kills or blocks a process that holds nothing else."""
    import ray
    from ray.exceptions import GetTimeoutError, RayActorError, RayTaskError

    remote = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Worker)
    failed = dict(piece.failed)
    seconds = task.settings.isolation.seconds + START_SECONDS
    actor: Any = None
    for index in range(piece.size):
        if index in failed:
            continue
        actor = actor or remote.remote(task, load)
        try:
            ray.get(actor.attempt.remote(piece.to_json(), index), timeout=seconds)
        except GetTimeoutError:
            failed[index] = (
                f"文件：应在 {seconds:g} 秒内处理完，实际没有结束。请检查文件是否损坏，或拆分后重试。"
            )
            ray.kill(actor)
            actor = None
        except RayActorError:
            failed[index] = (
                "文件：应可处理，实际处理进程异常退出，可能内存不足或文件损坏。请另存为 txt 或拆分后重试。"
            )
            actor = None
        except RayTaskError:
            pass  # an exception is no crash; the worker itself turns it into an error row
    if actor is not None:
        ray.kill(actor)
    return piece.marked(failed)
