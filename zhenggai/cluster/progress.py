"""How far a run is: a line that is rewritten on a terminal, a line now and then in a pipe."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from zhenggai.cluster.totals import Totals

_TERMINAL_SECONDS = 0.5
_PIPE_SECONDS = 30.0


class Progress:
    """Counts finished inputs and says so on standard error."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._started = self._said = time.monotonic()
        self._inputs = self._pieces = self._done = self._done_pieces = 0

    def expect(self, inputs: int, pieces: int) -> None:
        """More inputs are on their way."""
        self._inputs += inputs
        self._pieces += pieces

    def add(self, totals: Totals) -> None:
        """A piece is done."""
        self._done += totals.notices + totals.failed
        self._done_pieces += 1
        every = _TERMINAL_SECONDS if self._terminal else _PIPE_SECONDS
        if time.monotonic() - self._said >= every:
            self._say()

    def _say(self) -> None:
        self._said = time.monotonic()
        rate = self._done / max(self._said - self._started, 1e-9)
        left = (self._inputs - self._done) / rate / 60 if rate else float("inf")
        line = (
            f"已处理 {self._done}/{self._inputs} 份（{self._done_pieces}/{self._pieces} 组），"
            f"每秒 {rate:.1f} 份，约剩 {left:.0f} 分钟"
        )
        if not self._quiet:
            print(
                f"\r{line}   " if self._terminal else line,
                end="" if self._terminal else "\n",
                file=sys.stderr,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._done_pieces:
            self._say()
            if self._terminal and not self._quiet:
                print(file=sys.stderr)
