"""A run on many workers, event by event: the driver, the storage, the workers, and their failures.

Every piece passes: driver (one after the other) → requests and bytes of the storage (shared) → the worker's
core → requests and bytes again. The stages before and after the core are queues with one server each, which
fill up when there are more workers than they can serve. A worker fails after an exponentially distributed
time and does its piece again after a pause.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

HOUR = 3600.0


@dataclass(frozen=True)
class Work:
    """One piece, in seconds of one worker; from measured times."""

    notices: int
    """In a piece."""
    seconds: float
    """Mean of the worker's processor (or, with a GPU, of whatever is slower) per notice."""
    deviation: float
    """Its standard deviation over notices."""
    input_bytes: float
    """Per notice."""
    output_bytes: float
    requests: float
    """To read a piece: one per notice for single files, few for containers."""
    writes: float = 3.0
    """Objects written per piece: items, notices, the mark."""


@dataclass(frozen=True)
class Cluster:
    """Assumptions about the surroundings."""

    dispatch_seconds: float
    """Of the driver per piece; measured."""
    bytes_per_second: float = 5e9
    """Of the storage, all together."""
    requests_per_second: float = 5500.0
    """GET of one prefix of a large object store (documented by its vendor)."""
    latency: float = 0.02
    """Of one request; a worker makes them one after another."""
    start_seconds: float = 60.0
    """Until a replaced worker has its model."""
    hours_between_failures: float = 24.0 * 30
    """Of one worker."""


@dataclass(frozen=True)
class Outcome:
    """What a simulated run came to."""

    workers: int
    notices: int
    hours: float
    utilisation: float
    """Share of the workers' time that went into finished pieces."""
    failures: int
    redone_share: float
    """Work that was lost, as a share of all work."""
    busy: dict[str, float]
    """Share of the run in which each shared server was busy."""

    @property
    def rate(self) -> float:
        """Notices per second."""
        return self.notices / (self.hours * HOUR)

    @property
    def bottleneck(self) -> str:
        """What holds the run up: the workers, unless a shared server is nearly always busy."""
        name = max(self.busy, key=self.busy.__getitem__)
        return name if self.busy[name] > 0.9 else "workers"


class _Server:
    """Serves one after the other; a time in, the time of leaving out."""

    def __init__(self) -> None:
        self.free = self.busy = 0.0

    def pass_through(self, now: float, seconds: float) -> float:
        self.free = max(now, self.free) + seconds
        self.busy += seconds
        return self.free


def simulate(work: Work, cluster: Cluster, workers: int, notices: int, seed: int = 0) -> Outcome:
    """Run all pieces of `notices` notices on `workers` workers."""
    run = _Run(work, cluster, workers, -(-notices // work.notices), np.random.default_rng(seed))
    end = run.to_the_end()
    total = float(run.seconds.sum())
    return Outcome(
        workers=workers,
        notices=notices,
        hours=end / HOUR,
        utilisation=total / (end * workers),
        failures=run.failures,
        redone_share=run.lost / (total + run.lost),
        busy={name: server.busy / end for name, server in run.servers.items()},
    )


class _Run:
    """Events `(time, worker, stage, piece)`; shared servers are met in order of time."""

    def __init__(
        self, work: Work, cluster: Cluster, workers: int, pieces: int, rng: np.random.Generator
    ) -> None:
        self._work, self._cluster, self._rng = work, cluster, rng
        self._waiting = iter(range(pieces))
        self.seconds = _piece_seconds(work, pieces, rng)
        self._life = cluster.hours_between_failures * HOUR
        self._dies = rng.exponential(self._life, workers)
        self.servers = {name: _Server() for name in ("driver", "requests", "bytes")}
        self.failures, self.lost = 0, 0.0
        self._events = [(0.0, worker, "ask", -1) for worker in range(min(workers, pieces))]

    def to_the_end(self) -> float:
        """When the last piece is done, in seconds."""
        end = 0.0
        stages = {"ask": self._ask, "read": self._read, "compute": self._compute, "write": self._write}
        while self._events:
            now, worker, stage, piece = heapq.heappop(self._events)
            end = max(end, now)
            stages[stage](now, worker, piece)
        return end

    def _at(self, when: float, worker: int, stage: str, piece: int) -> None:
        heapq.heappush(self._events, (when, worker, stage, piece))

    def _ask(self, now: float, worker: int, piece: int) -> None:
        """For a piece; one that was lost is given out again."""
        piece = piece if piece >= 0 else next(self._waiting, -1)
        if piece >= 0:
            ready = self.servers["driver"].pass_through(now, self._cluster.dispatch_seconds)
            self._at(ready, worker, "read", piece)

    def _read(self, now: float, worker: int, piece: int) -> None:
        done = self._transfer(now, self._work.requests, self._work.input_bytes)
        self._at(done, worker, "compute", piece)

    def _compute(self, now: float, worker: int, piece: int) -> None:
        finish = now + self.seconds[piece]
        if self._dies[worker] >= finish:
            self._at(finish, worker, "write", piece)
            return
        back = max(now, self._dies[worker]) + self._cluster.start_seconds
        self.failures += 1
        self.lost += back - now
        self._dies[worker] = back + self._rng.exponential(self._life)
        self._at(back, worker, "ask", piece)

    def _write(self, now: float, worker: int, piece: int) -> None:
        self._at(self._transfer(now, self._work.writes, self._work.output_bytes), worker, "ask", -1)

    def _transfer(self, now: float, requests: float, size: float) -> float:
        """The later of: a worker's requests one after another, and its turn at the shared storage."""
        cluster = self._cluster
        through = self.servers["requests"].pass_through(now, requests / cluster.requests_per_second)
        amount = size * self._work.notices
        through = self.servers["bytes"].pass_through(through, amount / cluster.bytes_per_second)
        return max(through, now + requests * cluster.latency)


def _piece_seconds(work: Work, pieces: int, rng: np.random.Generator) -> np.ndarray:
    """A piece is a sum over many notices: gamma distributed with the mean and variance of such a sum."""
    mean, variance = work.notices * work.seconds, work.notices * work.deviation**2
    if variance == 0:
        return np.full(pieces, mean)
    return rng.gamma(mean**2 / variance, variance / mean, pieces)
