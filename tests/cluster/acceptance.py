"""Two workers on thousands of files: the same rows, the speed-up, a killed worker, a killed driver, memory.

    python tests/cluster/acceptance.py --files 2000              # fake labeller with work like a model's
    python tests/cluster/acceptance.py --files 2000 --classifier # the models that come with the package

Prints one JSON object; exit status 1 where the rows of any run differ from those of the local command.
Throughput is taken between the first and the last finished piece, so that starting Ray does not count.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

from variation import write_varied  # noqa: E402

MIB = 1024 * 1024
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "RAY_worker_niceness": "0"}


@dataclass
class Memory:
    """Resident memory of the processes of a run, MiB, once a second."""

    workers: list[float] = field(default_factory=list)
    """The largest worker."""
    driver: list[float] = field(default_factory=list)

    def sample(self, process: psutil.Process) -> None:
        """One more figure each."""
        self.driver.append(process.memory_info().rss / MIB)
        workers = [c.memory_info().rss / MIB for c in process.children(recursive=True) if is_worker(c)]
        if workers:
            self.workers.append(max(workers))


def is_worker(process: psutil.Process) -> bool:
    """Whether a process holds the model."""
    try:
        return "MapWorker" in "".join(process.cmdline())
    except psutil.Error:
        return False


@dataclass(frozen=True)
class Runner:
    """How runs are started."""

    notices: Path
    folder: Path
    classifier: bool
    rounds: int

    def command(self, name: str, workers: int, resume: bool) -> list[str]:
        """One run on Ray."""
        program = [str(HERE / "drive.py"), "--rounds", str(self.rounds)]
        if self.classifier:
            program = [str(ROOT / "scripts" / "classify_ray.py"), "--quiet"]
        places = ["--output", str(self.folder / name), "--ledger", str(self.ledger(name))]
        options = ["--workers", str(workers), "--piece", "20", *(["--resume"] if resume else [])]
        return [sys.executable, *program, str(self.notices), *places, *options]

    def ledger(self, name: str) -> Path:
        """The ledger of a run."""
        return self.folder / f"{name}.jsonl"

    def local(self) -> float:
        """The command on one machine; seconds."""
        started = time.monotonic()
        if self.classifier:
            command = [sys.executable, "-m", "zhenggai.cli", "classify", str(self.notices), "--quiet"]
            subprocess.run([*command, "--output", str(self.ledger("local"))], check=True, env=ENVIRONMENT)
        else:
            from conftest import local_ledger

            local_ledger([str(self.notices)], self.ledger("local"))
        return time.monotonic() - started

    def marks(self, name: str) -> list[tuple[float, int]]:
        """When each piece was done, and its notices; in order of time."""
        paths = list((self.folder / name / "done").glob("*.json"))
        sizes = {p: json.loads(p.read_text()) for p in paths}
        return sorted((p.stat().st_mtime, s["notices"] + s["failed"]) for p, s in sizes.items())

    def rate(self, name: str) -> float:
        """Notices a second between the first and the last piece."""
        marks = self.marks(name)
        return sum(size for _, size in marks[1:]) / (marks[-1][0] - marks[0][0])

    def core_ms(self, name: str) -> float:
        """Processor time per notice, which other work on the machine hardly touches."""
        totals = json.loads((self.folder / name / "summary.json").read_text())
        return 1000 * totals["core_seconds"] / (totals["notices"] + totals["failed"])

    def differs(self, name: str) -> bool:
        """Whether the ledger has other rows than that of the local command (in whatever order)."""
        return any(
            sorted(self._lines(name, ending)) != sorted(self._lines("local", ending))
            for ending in (".jsonl", ".notices.jsonl")
        )

    def _lines(self, name: str, ending: str) -> list[bytes]:
        return self.ledger(name).with_suffix("").with_name(name + ending).read_bytes().splitlines()


@contextmanager
def sampled(process: subprocess.Popen[bytes]) -> Iterator[Memory]:
    """Look at the memory once a second while the block runs."""
    memory, ended = Memory(), threading.Event()

    def watch() -> None:
        while not ended.wait(1.0):
            try:
                memory.sample(psutil.Process(process.pid))
            except psutil.Error:  # a process ended while it was looked at
                continue

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield memory
    finally:
        ended.set()
        thread.join()


def run(runner: Runner, name: str, workers: int, resume: bool = False, kill: str | None = None) -> Memory:
    """One run; `kill` is `worker` or `driver`, hit when a third of the files are done."""
    command = runner.command(name, workers, resume)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT)
    with sampled(process) as memory:
        if kill:
            total = sum(1 for p in runner.notices.rglob("*") if p.is_file())
            while process.poll() is None and sum(n for _, n in runner.marks(name)) < total / 3:
                time.sleep(0.2)
            children = psutil.Process(process.pid).children(recursive=True)
            victim = process if kill == "driver" else next(c for c in children if is_worker(c))
            victim.kill()
        _, said = process.communicate()
    if kill != "driver" and not runner.ledger(name).exists():
        raise SystemExit(said.decode()[-3000:])
    return memory


def fifths(figures: Sequence[float]) -> list[int]:
    """The peak in each fifth of a run."""
    edges = [len(figures) * n // 5 for n in range(6)]
    return [round(max(figures[a:b], default=0)) for a, b in zip(edges, edges[1:], strict=False)]


def main() -> int:
    """Make the files, run, compare, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--classifier", action="store_true")
    parser.add_argument("--rounds", type=int, default=500, help="work of the fake labeller per item")
    parser.add_argument("--rates-only", action="store_true", help="no kills: the two runs that are timed")
    parser.add_argument("--notices", type=Path, default=ROOT / "data" / "notices")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        runner = Runner(Path(temporary, "notices"), Path(temporary), options.classifier, options.rounds)
        write_varied(options.notices, runner.notices, options.files)
        report = measure(runner, options.rates_only)
    report["files"] = options.files
    print(json.dumps(report, indent=1))
    return 1 if report["runs_that_differ"] else 0


def measure(runner: Runner, rates_only: bool) -> dict[str, object]:
    """All runs, and what they came to."""
    memory = run(runner, "two", 2)
    run(runner, "one", 1)
    rates = {name: runner.rate(name) for name in ("one", "two")}
    report: dict[str, object] = {
        "notices_per_second": {name: round(rate, 1) for name, rate in rates.items()},
        "speedup_of_two_workers": round(rates["two"] / rates["one"], 2),
        "core_ms_per_notice": {name: round(runner.core_ms(name), 1) for name in rates},
        "largest_worker_mib": fifths(memory.workers),
        "driver_mib": fifths(memory.driver),
    }
    names = ["one", "two"]
    if not rates_only:
        names += ["worker_killed", "driver_killed"]
        report |= kills(runner)
    report["local_command_seconds"] = round(runner.local(), 1)
    report["runs_that_differ"] = [name for name in names if runner.differs(name)]
    return report


def kills(runner: Runner) -> dict[str, int]:
    """Kill a worker in one run and the driver in another, and resume the latter."""
    run(runner, "worker_killed", 2, kill="worker")
    run(runner, "driver_killed", 2, kill="driver")
    before = set(runner.marks("driver_killed"))
    run(runner, "driver_killed", 2, resume=True)
    return {
        "pieces_done_before_driver_was_killed": len(before),
        "of_these_done_again": len(before - set(runner.marks("driver_killed"))),
    }


if __name__ == "__main__":
    sys.exit(main())
