"""Variants that take turns, so that other load on the machine falls on all alike; medians and spread."""

from __future__ import annotations

import re
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
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
    peak_mib: float


def run(command: Sequence[str]) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    while True:
        peak = max(peak, _peak_mib(process.pid))
        try:
            process.wait(_SAMPLED)
            break
        except subprocess.TimeoutExpired:
            continue
    seconds = time.perf_counter() - started
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} should end with 0 or 1, ended with {process.returncode}")
    return Run(seconds, peak)


_SAMPLED = 0.02
"""Seconds between two looks at a process; its peak of memory only grows."""


def _peak_mib(process: int) -> float:
    """Peak of resident memory; 0 where the system does not say. (`ru_maxrss` counts the parent's, too.)"""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s*(\d+)", text)
    return int(found[1]) / 1024 if found else 0.0
