"""Variants that take turns, so that other load on the machine falls on all alike; medians and spread."""

from __future__ import annotations

import os
import re
import select
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """What was measured of one variant."""

    part: str
    name: str
    value: float
    """Median over the rounds."""
    unit: str
    low: float
    high: float
    """Least and greatest of the rounds."""
    ratio: float | None = None
    """Of `value` to that of the variant named in `beside`, larger is better."""
    beside: str = ""
    more: Mapping[str, float | str] = field(default_factory=dict)

    def line(self) -> str:
        """One line of the table, the ratio first."""
        ratio = f"{self.ratio:7.2f}×" if self.ratio is not None else " " * 8
        more = "  ".join(f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in self.more.items())
        spread = f"[{self.low:.4g}, {self.high:.4g}]"
        return (
            f"{ratio}  ({self.part}) {self.name:42s} {self.value:10.4g} {self.unit} {spread}  {more}".rstrip()
        )


@dataclass(frozen=True)
class Seconds:
    """Wall and CPU seconds (all threads) of the rounds of a variant."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def figure(
        self, part: str, name: str, amount: float, unit: str, by_cpu: bool = False, **more: float | str
    ) -> Figure:
        """`amount` of `unit` a second."""
        rates = sorted(amount / s for s in (self.cpu if by_cpu else self.wall))
        return Figure(part, name, statistics.median(rates), unit, rates[0], rates[-1], more=more)


def in_turns(variants: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Seconds]:
    """Time every variant `rounds` times, by turns, after one call each that does not count."""
    wall: dict[str, list[float]] = {name: [] for name in variants}
    cpu: dict[str, list[float]] = {name: [] for name in variants}
    for call in variants.values():
        call()
    for _ in range(rounds):
        for name, call in variants.items():
            started, used = time.perf_counter(), time.process_time()
            call()
            wall[name].append(time.perf_counter() - started)
            cpu[name].append(max(time.process_time() - used, 1e-9))
    return {name: Seconds(tuple(wall[name]), tuple(cpu[name])) for name in variants}


def beside(figure: Figure, other: Figure) -> Figure:
    """`figure` with its ratio to `other`."""
    changes = {"ratio": figure.value / other.value, "beside": other.name}
    return Figure(**{**vars(figure), **changes})


@dataclass(frozen=True)
class Run:
    """A finished process."""

    seconds: float
    cpu: float
    """User and system seconds of all its threads; 0 where the system does not say."""
    peak_mib: float


def run(command: Sequence[str]) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed.
    """
    started, used = time.perf_counter(), _children_cpu()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    with _end_of(process) as ended:
        while True:
            peak = max(peak, _peak_mib(process.pid))
            if ended():
                break
    process.wait()
    seconds = time.perf_counter() - started
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} should end with 0 or 1, ended with {process.returncode}")
    return Run(seconds, _children_cpu() - used, peak)


_SAMPLED = 0.02
"""Seconds between two looks at a process; its peak of memory only grows."""


@contextmanager
def _end_of(process: subprocess.Popen[bytes]) -> Iterator[Callable[[], bool]]:
    """Waits up to `_SAMPLED` seconds, and says whether the process has ended.

    Where the system wakes the waiting process: `Popen.wait` with a time limit looks every few milliseconds.
    """
    if not hasattr(os, "pidfd_open"):
        yield lambda: _waited(process)
        return
    descriptor = os.pidfd_open(process.pid)
    try:
        yield lambda: bool(select.select([descriptor], [], [], _SAMPLED)[0])
    finally:
        os.close(descriptor)


def _waited(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_SAMPLED)
    except subprocess.TimeoutExpired:
        return False
    return True


def _children_cpu() -> float:
    """Of the processes that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _peak_mib(process: int) -> float:
    """Peak of resident memory; 0 where the system does not say. (`ru_maxrss` counts the parent's, too.)"""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s*(\d+)", text)
    return int(found[1]) / 1024 if found else 0.0
