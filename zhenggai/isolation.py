"""Sources → parsed notices, in order; what may crash or hang does so in a process of its own.

Plain text is read in this process. Other formats go through libraries with compiled parts, so they are
read in worker processes: one that dies or takes too long costs its file alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenggai.errors import ReadingError
from zhenggai.notice.model import Notice
from zhenggai.notice.parsing import parse
from zhenggai.notice.reading import STDIN, Limits, Source, read_source

if TYPE_CHECKING:
    from pebble import ProcessPool

Outcome = Notice | ReadingError
_PLAIN = (".txt", ".text", ".md", ".tsv")
_AHEAD = 4
"""Files in flight per worker."""


@dataclass(frozen=True, slots=True)
class Isolation:
    """How files are read."""

    workers: int = 1
    """Processes for formats other than plain text; plain text too when there are two or more."""
    seconds: float = 120.0
    """Time that one file may take."""
    limits: Limits = field(default_factory=Limits)


def read_notice(source: Source, limits: Limits) -> Outcome:
    """Read and parse one file; a failure is returned, since an exception may not survive a process border."""
    try:
        return parse(read_source(source, limits))
    except ReadingError as error:
        return error
    except RecursionError:
        return ReadingError("文件：应为结构正常的通报，实际为嵌套过深，无法解析。请另存为 txt 后重试。")


def read_notices(sources: Iterable[Source], isolation: Isolation) -> Iterator[tuple[Source, Outcome]]:
    """Read and parse `sources`; order is kept, memory holds a few files only."""
    pool: ProcessPool | None = None
    waiting: deque[tuple[Source, Callable[[], Outcome]]] = deque()
    window = _AHEAD * max(1, isolation.workers)
    try:
        for source in sources:
            if _in_process(source, isolation):
                waiting.append((source, _later(source, isolation.limits)))
            else:
                pool = pool or _pool(isolation.workers)
                future = pool.schedule(
                    read_notice, args=(source, isolation.limits), timeout=isolation.seconds
                )
                waiting.append((source, _result_of(future, isolation.seconds)))
            if len(waiting) >= window:
                first, result = waiting.popleft()
                yield first, result()
        while waiting:
            first, result = waiting.popleft()
            yield first, result()
    finally:
        if pool is not None:
            pool.stop()
            pool.join()


def _in_process(source: Source, isolation: Isolation) -> bool:
    if source.error is not None or source.name == STDIN:
        return True
    return isolation.workers <= 1 and source.name.lower().endswith(_PLAIN)


def _pool(workers: int) -> ProcessPool:
    import multiprocessing

    from pebble import ProcessPool

    return ProcessPool(
        max_workers=max(1, workers), max_tasks=500, context=multiprocessing.get_context("spawn")
    )


def _later(source: Source, limits: Limits) -> Callable[[], Outcome]:
    return lambda: read_notice(source, limits)


def _result_of(future: Future[Outcome], seconds: float) -> Callable[[], Outcome]:
    from pebble import ProcessExpired

    def result() -> Outcome:
        try:
            return future.result()
        except FutureTimeout:
            return ReadingError(
                f"文件：应在 {seconds:g} 秒内读完，实际超时。"
                "请检查文件是否损坏，或用 --file-seconds 放宽时限。"
            )
        except ProcessExpired as error:
            return ReadingError(
                f"文件：读取进程异常退出（代码 {error.exitcode}），可能内存不足或文件损坏。"
                "请另存为 txt 后重试。"
            )

    return result
