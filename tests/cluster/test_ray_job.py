"""Runs on a Ray that is started on this machine; each start takes some ten seconds, so they are few."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ledger_bytes, local_ledger, notice
from fake import POISON

pytest.importorskip("ray", reason='needs ray: pip install "zhenggai[ray]"')
psutil = pytest.importorskip("psutil", reason="needs psutil, which comes with ray's dashboard agent")

pytestmark = pytest.mark.slow
DRIVE = Path(__file__).with_name("drive.py")
SECONDS = 240.0


def start(paths: list[str], output: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(DRIVE), *paths, "--output", str(output), *options]
    environment = {**os.environ, "PYTHONPATH": str(DRIVE.parents[2])}  # for Ray's workers
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )


def finished(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, said
    return said


def until(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.05)


def workers_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    children = psutil.Process(process.pid).children(recursive=True)
    return [child for child in children if "MapWorker" in "".join(child.cmdline())]


def done(output: Path) -> list[Path]:
    return sorted((output / "done").glob("*.json"))


def test_a_killed_worker_costs_nothing(notices: Path, tmp_path: Path) -> None:
    output, ledger = tmp_path / "out", tmp_path / "a.jsonl"
    process = start(
        [str(notices)], output, "--ledger", str(ledger), "--piece", "3", "--seconds", "0.3", "--workers", "2"
    )
    until(lambda: done(output), process)
    workers_of(process)[0].kill()
    said = finished(process)
    assert "notices=12 failed=1 items=24" in said
    assert ledger_bytes(ledger) == local_ledger([str(notices)], tmp_path / "b.jsonl")


def test_a_killed_driver_is_resumed(notices: Path, tmp_path: Path) -> None:
    output, ledger = tmp_path / "out", tmp_path / "a.jsonl"
    options = ("--ledger", str(ledger), "--piece", "3", "--workers", "1")
    process = start([str(notices)], output, *options, "--seconds", "0.3")
    until(lambda: done(output), process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = {path: path.stat().st_mtime_ns for path in done(output)}
    assert not ledger.exists()
    said = finished(start([str(notices)], output, *options, "--resume"))
    assert "notices=12 failed=1 items=24" in said
    assert {path: path.stat().st_mtime_ns for path in before} == before, "finished pieces were done again"
    assert ledger_bytes(ledger) == local_ledger([str(notices)], tmp_path / "b.jsonl")


def test_an_input_that_kills_its_worker_becomes_a_failure(notices: Path, tmp_path: Path) -> None:
    (notices / "03.txt").write_text(notice("毒", problem=f"含有{POISON}的情况"), encoding="utf-8")
    output = tmp_path / "out"
    said = finished(start([str(notices)], output, "--piece", "4", "--workers", "1"))
    assert "notices=11 failed=2 items=22" in said
    import pyarrow.parquet

    errors = pyarrow.parquet.read_table(output / "errors.parquet").to_pylist()
    assert {Path(row["notice"]).name for row in errors} == {"03.txt", "空.txt"}
    assert "进程异常退出" in next(row["error"] for row in errors if "03" in row["notice"])
