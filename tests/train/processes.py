"""A training program in several processes on this machine, as torchrun and accelerate start them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 400


def environment() -> dict[str, str]:
    """One thread a process; this checkout is imported."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}


def torchrun(processes: int, program: str, arguments: Sequence[str]) -> None:
    """Run to the end; a failure is an AssertionError with the program's last words."""
    _run([*_torchrun(processes), str(ROOT / "train" / program), *arguments])


def accelerate(config: str, processes: int, program: str, arguments: Sequence[str]) -> None:
    """The same by `accelerate launch` with a configuration of this repository."""
    command = [sys.executable, "-m", "accelerate.commands.launch", "--num_processes", str(processes)]
    command += ["--config_file", str(ROOT / "configs" / "accelerate" / config), "--main_process_port", "0"]
    _run([*command, str(ROOT / "train" / program), *arguments])


@dataclass(frozen=True)
class Started:
    """A run that is on."""

    process: subprocess.Popen[bytes]

    def kill_when(self, reached: Callable[[], bool]) -> None:
        """`kill -9` of all its processes as soon as that is so."""
        until = time.monotonic() + SECONDS
        while not reached() and time.monotonic() < until and self.process.poll() is None:
            time.sleep(0.005)
        for victim in [*psutil.Process(self.process.pid).children(recursive=True), self.process]:
            victim.kill()


@contextmanager
def started(processes: int, program: str, arguments: Sequence[str]) -> Iterator[Started]:
    """A run by torchrun, while the block does something to it."""
    command = [*_torchrun(processes), str(ROOT / "train" / program), *arguments]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment(), stdout=quiet, stderr=quiet) as process:
        yield Started(process)


def _torchrun(processes: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--standalone",
        "--nproc-per-node",
        str(processes),
    ]


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr[-3000:]
