"""The first file of a run, read and parsed in a forked process while this one loads libraries and models.

Both take the interpreter's lock all the time, so threads would only take turns. For one notice a run takes a
sixth less, for one that is read in a process of its own anyway (Word, PDF, a page) half: no second
interpreter has to start.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from zhenggai.alarm import OutOfTimeError
from zhenggai.errors import ReadingError
from zhenggai.parallel import cores

if TYPE_CHECKING:
    from zhenggai.isolation import Isolation, Outcome

_GRACE = 0.5
"""Seconds beyond its own limit after which the process is ended from outside."""


class Ahead:
    """A file, or the first one of a folder, that a forked process reads, one time."""

    def __init__(self, path: str, pid: int, pipe: int) -> None:
        self.path = path
        self._pid, self._pipe, self._begun = pid, pipe, time.monotonic()

    def take(self, name: str, seconds: float) -> Outcome | None:
        """What came of the file `name`; None: another one was read, it was taken, or the process died.

        Raises:
            OutOfTimeError: the process took more than `seconds`.
        """
        if not name.startswith(self.path) or self._pid == 0:
            return None
        try:
            return _outcome(self._received(self._begun + seconds + _GRACE), name)
        finally:
            self.end()

    def end(self) -> None:
        """End the process, if it still runs."""
        if self._pid == 0:
            return
        os.close(self._pipe)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        self._pid = 0

    def _received(self, until: float) -> bytes:
        from select import select

        parts: list[bytes] = []
        while True:
            if not select([self._pipe], [], [], max(0.0, until - time.monotonic()))[0]:
                raise OutOfTimeError
            part = os.read(self._pipe, 1 << 16)
            if not part:
                return b"".join(parts)
            parts.append(part)


def begin(paths: Sequence[str], workers: int, seconds: float, max_mib: float) -> Ahead | None:
    """Begin with the first of `paths`, a file or a folder; None where a process cannot simply be forked.

    That is safe only before threads are started, and pays only on two cores.
    """
    first = paths[0] if paths else ""
    if sys.platform != "linux" or "numpy" in sys.modules or workers > 1 or cores() < 2:
        return None
    if not os.path.isfile(first) and not os.path.isdir(first):  # a pipe can be read only once
        return None
    pipe, into = os.pipe()
    if pid := os.fork():
        os.close(into)
        return Ahead(first, pid, pipe)
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.close(pipe)
        _read_into(into, first, workers, seconds, max_mib)
    finally:
        os._exit(0)  # nothing of the other process is written or ended here


def _read_into(pipe: int, path: str, workers: int, seconds: float, max_mib: float) -> None:
    from zhenggai.isolation import isolation_of, read_within
    from zhenggai.notice.reading import expand
    from zhenggai.patterns import store

    isolation: Isolation = isolation_of(workers, seconds, max_mib)
    found = next(expand([path], isolation.limits), None)
    if found is not None and found.error is None:
        with open(pipe, "wb") as stream:
            stream.write(marshal.dumps((found.name, _plain(read_within(found, isolation)))))
    store.save()


def _plain(outcome: Outcome) -> Any:
    """A notice as nested tuples, an error as its text: bytes of these make no objects of other classes."""
    return str(outcome) if isinstance(outcome, Exception) else astuple(outcome)


def _outcome(content: bytes, name: str) -> Outcome | None:
    from zhenggai.notice.model import Declared, Item, Notice, SourceText

    with suppress(EOFError, ValueError, TypeError):  # nothing came, or not all: the file is read again
        read, plain = marshal.loads(content)
        if read != name:
            return None
        if isinstance(plain, str):
            return ReadingError(plain)
        source, title, unit, published, items, declared, warnings = plain
        own = Declared(*declared) if declared is not None else None
        told = tuple(Item(*item) for item in items)
        return Notice(SourceText(*source), title, unit, published, told, own, warnings)
    return None
