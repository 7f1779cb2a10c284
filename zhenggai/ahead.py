"""The first file of a run, read, parsed and labelled in forked processes while this one loads libraries.

All of it takes the interpreter's lock, so threads would only take turns. One process reads and parses before
numpy is there; a second, forked when it is, works out the statuses while this one imports the encoder's
libraries. A file that is read in a process of its own anyway (Word, PDF, a page) gains most: no second
interpreter has to start.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from zhenggai.alarm import OutOfTimeError
from zhenggai.errors import ReadingError
from zhenggai.parallel import cores
from zhenggai.patterns import store

if TYPE_CHECKING:
    from io import RawIOBase

    from zhenggai.isolation import Isolation, Outcome

_GRACE = 0.5
"""Seconds beyond its own limit after which the process is ended from outside."""
_LENGTH = 8
"""Bytes before a message that say how long it is."""


class Forked:
    """A forked process, and the messages that it sends, each with its length before it."""

    def __init__(self, pid: int, pipe: int) -> None:
        self._pid, self._pipe = pid, pipe

    def message(self, until: float | None = None) -> bytes:
        """The next message; nothing where none came, or not all of it.

        Raises:
            OutOfTimeError: it was not there when the clock (`time.monotonic`) said `until`.
        """
        length = int.from_bytes(self._received(_LENGTH, until), "little")
        return self._received(length, until)

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

    def _received(self, length: int, until: float | None) -> bytes:
        from select import select

        parts: list[bytes] = []
        while self._pid and length:
            if until is not None and not select([self._pipe], [], [], max(0.0, until - time.monotonic()))[0]:
                raise OutOfTimeError
            part = os.read(self._pipe, min(length, 1 << 16))
            if not part:
                return b""
            parts.append(part)
            length -= len(part)
        return b"".join(parts)


class Ahead:
    """A file, or the first one of a folder, that a forked process reads, and what another makes of it."""

    def __init__(self, path: str, reader: Forked, seconds: float) -> None:
        """`reader` has begun with `path`, which may take so many seconds."""
        self.path = path
        self._processes = [reader]
        self._until = time.monotonic() + seconds + _GRACE
        self._taken = False

    def then(self, make: Callable[[Outcome], Any]) -> None:
        """Begin to make plain data of what is read, in a process that passes on first what was read.

        Nothing is begun beside threads, where a process cannot simply be forked.
        """
        if len(os.listdir("/proc/self/task")) > 1:
            return
        reader = self._processes[0]

        def work(send: Callable[[bytes], None]) -> None:
            content = reader.message(self._until)
            send(content)
            outcome = _outcome(content)
            if outcome is not None:
                send(marshal.dumps(make(outcome)))

        self._processes.append(_forked(work))

    def take(self, name: str) -> Outcome | None:
        """What came of the file `name`; None: another one was read, it was taken, or the process died.

        Raises:
            OutOfTimeError: the process took longer than a file may take.
        """
        if self._taken or not name.startswith(self.path):
            return None
        self._taken = True
        outcome = None
        try:
            outcome = _outcome(self._processes[-1].message(self._until), name)
        finally:
            if outcome is None:
                self.end()
        return outcome

    def made(self) -> Any:
        """What was made of it, which may have to be waited for; None where nothing was, or it was taken."""
        made = None
        if len(self._processes) > 1 and self._taken:
            with suppress(EOFError, ValueError, TypeError):
                made = marshal.loads(self._processes[-1].message())
        self.end()
        return made

    def end(self) -> None:
        """End the processes that still run."""
        for process in self._processes:
            process.end()


def _forked(work: Callable[[Callable[[bytes], None]], None]) -> Forked:
    """A process that does `work`, which is given the function that sends a message."""
    pipe, into = os.pipe()
    if pid := os.fork():
        os.close(into)
        return Forked(pid, pipe)
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.close(pipe)
        with open(into, "wb", buffering=0) as stream:
            work(lambda content: _send(stream, content))
        store.save()
    finally:
        os._exit(0)  # nothing of the other process is written or ended here


def _send(stream: RawIOBase, content: bytes) -> None:
    rest = memoryview(len(content).to_bytes(_LENGTH, "little") + content)
    while rest:
        rest = rest[stream.write(rest) or 0 :]


def begin(paths: Sequence[str], workers: int, seconds: float, max_mib: float) -> Ahead | None:
    """Begin with the first of `paths`, a file or a folder; None where a process cannot simply be forked.

    That is safe only before threads are started, and pays only on two cores.
    """
    first = paths[0] if paths else ""
    if sys.platform != "linux" or "numpy" in sys.modules or workers > 1 or cores() < 2:
        return None
    if not os.path.isfile(first) and not os.path.isdir(first):  # a pipe can be read only once
        return None
    return Ahead(first, _forked(lambda send: _read(send, first, workers, seconds, max_mib)), seconds)


def _read(send: Callable[[bytes], None], path: str, workers: int, seconds: float, max_mib: float) -> None:
    from zhenggai.isolation import isolation_of, read_within
    from zhenggai.notice.reading import expand

    isolation: Isolation = isolation_of(workers, seconds, max_mib)
    found = next(expand([path], isolation.limits), None)
    if found is not None and found.error is None:
        send(marshal.dumps((found.name, _plain(read_within(found, isolation)))))


def _plain(outcome: Outcome) -> Any:
    """A notice as nested tuples, an error as its text: bytes of these make no objects of other classes."""
    return str(outcome) if isinstance(outcome, Exception) else astuple(outcome)


def _outcome(content: bytes, name: str | None = None) -> Outcome | None:
    """The outcome in a message; None where it is not all there, or that of another file than `name`."""
    from zhenggai.notice.model import Declared, Item, Notice, SourceText

    with suppress(EOFError, ValueError, TypeError):  # nothing came, or not all: the file is read again
        read, plain = marshal.loads(content)
        if name not in (None, read):
            return None
        if isinstance(plain, str):
            return ReadingError(plain)
        source, title, unit, published, items, declared, warnings = plain
        own = Declared(*declared) if declared is not None else None
        told = tuple(Item(*item) for item in items)
        return Notice(SourceText(*source), title, unit, published, told, own, warnings)
    return None
