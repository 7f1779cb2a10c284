"""The command as a process: its status and its output arrive, whichever way it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTICE = "某局整改情况通报\n1.关于“学习不深入”的问题\n整改情况：已印发学习计划。\n"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zhenggai", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["parse", "classify"])
def test_a_finished_run(command: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    done = run(command, "a.txt", "-o", "l.jsonl", cwd=tmp_path)
    assert done.returncode == 0
    assert "共 1 份通报" in done.stderr
    rows = [json.loads(line) for line in (tmp_path / "l.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[0]["problem"] == "学习不深入"


def test_some_files_failed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    done = run("parse", "a.txt", "b.txt", "-o", "l.jsonl", cwd=tmp_path)
    assert done.returncode == 1
    assert "b.txt" in done.stdout + done.stderr


def test_a_mistake_is_one_sentence(tmp_path: Path) -> None:
    done = run("classify", "a.txt", "-o", "l.jsonl", "--model", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("错误：")
    assert "Traceback" not in done.stderr


def test_help_and_unknown_options(tmp_path: Path) -> None:
    assert run("--help", cwd=tmp_path).returncode == 0
    assert run("parse", "--nothing", cwd=tmp_path).returncode == 2


def test_a_fault_of_our_own_is_a_traceback(tmp_path: Path) -> None:
    code = "import zhenggai.cli as c\nc.main = lambda: 1 / 0\nc.program()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


def test_nobody_reads_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    code = "from zhenggai.cli import program\nprogram()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "parse", "a.txt", "-o", "l.jsonl"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() in (0, 141)
    assert (tmp_path / "l.jsonl").exists()
