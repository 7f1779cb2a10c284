"""Sources → parsed notices, in order; what may crash or hang does so in a process of its own.

Short plain text is read in this process. Other formats go through libraries with compiled parts, so they
are read in worker processes: one that dies or takes too long costs its file alone. What a file is, its
content says: a PDF called `.txt` goes to a worker too.
"""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from zhenggai.ahead import Ahead
from zhenggai.alarm import OutOfTimeError, alarm
from zhenggai.errors import ReadingError, unforeseen
from zhenggai.notice.formats.archive import SEPARATOR
from zhenggai.notice.formats.base import MIB
from zhenggai.notice.formats.detect import kind_of
from zhenggai.notice.model import Notice, SourceText
from zhenggai.notice.reading import STDIN, Limits, Source, read_source

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pebble import ProcessPool

Outcome = Notice | ReadingError
_PLAIN = (".txt", ".text", ".tsv")
_HEAD = 16_384
"""Bytes by which a file is told to be plain text."""
_SHORT = 1_000_000
"""Bytes of plain text that take a second; a longer text is read where it can be ended from outside."""
_AHEAD = 4
"""Files in flight per worker."""
_OWN_SHARE = 0.9
"""Of the time for a file, after which readers of slow formats end by themselves."""


@dataclass(frozen=True, slots=True)
class Isolation:
    """How files are read."""

    workers: int = 1
    """Processes for formats other than short plain text; that too when there are two or more."""
    seconds: float = 120.0
    """Time that one file may take."""
    limits: Limits = field(default_factory=Limits)
    ahead: Ahead | None = None
    """The first file, where it is being read already."""


def isolation_of(workers: int, seconds: float, max_mib: float, ahead: Ahead | None = None) -> Isolation:
    """How a run reads files of at most `max_mib`, in at most `seconds` each.

    A reader that ends by itself ends the programs that it started, so it should be the first to notice.
    """
    limits = Limits(file_bytes=int(max_mib * MIB), seconds=_OWN_SHARE * seconds)
    return Isolation(workers, seconds, limits, ahead)


def parse(text: SourceText) -> Notice:
    """`zhenggai.notice.parse`, loaded at the first use: not where the first file is read ahead, and alone."""
    from zhenggai.notice.parsing import parse

    return parse(text)


def read_notice(source: Source, limits: Limits) -> Outcome:
    """Read and parse one file; a failure is returned, since an exception may not survive a process border."""
    try:
        return parse(read_source(source, limits))
    except ReadingError as error:
        return error
    except RecursionError:
        return ReadingError("文件：应为结构正常的通报，实际为嵌套过深，无法解析。请另存为 txt 后重试。")
    except MemoryError:
        return ReadingError("文件：应为可在内存中处理的通报，实际内存不足。请拆分文件后重试。")
    except Exception as error:  # a fault of the parser costs this file alone
        return _unforeseen(error)


def _unforeseen(error: Exception) -> ReadingError:
    return ReadingError(unforeseen("解析", error, "请把该文件反馈给开发者，或另存为 txt 后重试"))


def read_notices(sources: Iterable[Source], isolation: Isolation) -> Iterator[tuple[Source, Outcome]]:
    """Read and parse `sources`; order is kept, memory holds a few files only."""
    pool: ProcessPool | None = None
    waiting: deque[tuple[Source, Callable[[], Outcome]]] = deque()
    window = _AHEAD * max(1, isolation.workers)
    try:
        for source in sources:
            if (outcome := _read_ahead(source, isolation)) is not None:
                waiting.append((source, partial(_same, outcome)))
            elif _in_process(source, isolation):
                waiting.append((source, partial(read_within, source, isolation)))
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


def _read_ahead(source: Source, isolation: Isolation) -> Outcome | None:
    if isolation.ahead is None:
        return None
    try:
        return isolation.ahead.take(source.name)
    except OutOfTimeError:
        return _too_slow(isolation.seconds)


def _same(outcome: Outcome) -> Outcome:
    return outcome


def _in_process(source: Source, isolation: Isolation) -> bool:
    if source.error is not None:
        return True
    if isolation.workers > 1 or not source.name.lower().endswith((*_PLAIN, STDIN)):
        return False
    return _is_short_text(source)


def _is_short_text(source: Source) -> bool:
    try:
        if source.data is not None:
            head, size = source.data[:_HEAD], len(source.data)
        elif not stat.S_ISREG(os.stat(source.name).st_mode):
            return True  # a pipe, say, which opening would wait for: reading it will say why
        else:
            with open(source.name, "rb") as file:
                head, size = file.read(_HEAD), os.fstat(file.fileno()).st_size
    except (OSError, ValueError):
        return SEPARATOR not in source.name  # reading it will say why; a member of an archive is not short
    try:
        return size <= _SHORT and kind_of(source.name, head) == "txt"
    except ReadingError:
        return True  # it is refused by its first bytes


def _pool(workers: int) -> ProcessPool:
    import multiprocessing

    from pebble import ProcessPool

    return ProcessPool(
        max_workers=max(1, workers), max_tasks=500, context=multiprocessing.get_context("spawn")
    )


def read_within(source: Source, isolation: Isolation) -> Outcome:
    """Read and parse one file in this process, within the time that it may take."""
    try:
        with alarm(isolation.seconds):
            return read_notice(source, isolation.limits)
    except OutOfTimeError:
        return _too_slow(isolation.seconds)


def _too_slow(seconds: float) -> ReadingError:
    return ReadingError(
        f"文件在 {seconds:g} 秒内没有读完。请检查文件是否损坏、是否过大，或用 --file-seconds 放宽时限。"
    )


def _result_of(future: Future[Outcome], seconds: float) -> Callable[[], Outcome]:
    from concurrent.futures import TimeoutError as FutureTimeout

    from pebble import ProcessExpired

    def result() -> Outcome:
        try:
            return future.result()
        except FutureTimeout:
            return _too_slow(seconds)
        except ProcessExpired as error:
            return ReadingError(
                f"文件：读取进程异常退出（代码 {error.exitcode}），可能内存不足或文件损坏。"
                "请另存为 txt 后重试。"
            )
        except Exception as error:  # a result that does not survive the process border, say
            return _unforeseen(error)

    return result
