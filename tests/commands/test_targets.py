"""Targets that cannot be written, full disks, runs resumed otherwise: message, exit status, what is kept."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTICE = (
    "某局党组关于巡察整改进展情况的通报\n二、反馈问题整改情况\n"
    "1.关于“学习不深入”的问题\n整改情况：{}已印发学习计划。\n2.关于“接待不规范”的问题\n整改情况：已退缴0.3万元。\n"
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX systems")


def run(
    *arguments: str, cwd: Path, limit: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zhenggai.cli", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        preexec_fn=limit,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for number in range(30):
        (tmp_path / "in" / f"{number:02}.txt").write_text(NOTICE.format("开会研究" * 100), encoding="utf-8")
    return tmp_path


def no_file_beyond(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_is_told_and_the_run_can_be_resumed(folder: Path) -> None:
    undisturbed = run("parse", "in", "-o", "whole.jsonl", cwd=folder)
    assert undisturbed.returncode == 0
    stopped = run("parse", "in", "-o", "l.jsonl", cwd=folder, limit=no_file_beyond(40_000))
    assert stopped.returncode == 2
    assert "无法写入" in stopped.stderr
    assert "--resume" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert not (folder / "l.jsonl").exists()
    resumed = run("parse", "in", "-o", "l.jsonl", "--resume", cwd=folder)
    assert resumed.returncode == 0, resumed.stderr
    assert (folder / "l.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()


@pytest.mark.parametrize("changed", [("--file-seconds", "60"), ("--max-mib", "1")], ids=["seconds", "size"])
def test_a_run_with_other_limits_is_not_resumed(folder: Path, changed: tuple[str, str]) -> None:
    run("parse", "in", "-o", "l.jsonl", cwd=folder, limit=no_file_beyond(40_000))
    refused = run("parse", "in", "-o", "l.jsonl", "--resume", *changed, cwd=folder)
    assert refused.returncode == 2
    assert "不能接续" in refused.stderr
    assert {"--file-seconds": "单个文件时限", "--max-mib": "单个文件上限"}[changed[0]] in refused.stderr


def test_a_missing_folder_and_a_read_only_one_are_told(folder: Path) -> None:
    missing = run("parse", "in", "-o", "none/l.jsonl", cwd=folder)
    assert missing.returncode == 2
    assert "不存在" in missing.stderr
    (folder / "locked").mkdir(mode=0o500)
    if os.access(folder / "locked", os.W_OK):  # root may write anywhere; a folder in the way stands in for it
        (folder / "locked").chmod(0o700)
        (folder / "locked" / ".l.jsonl.tmp").mkdir()
    refused = run("parse", "in", "-o", "locked/l.jsonl", cwd=folder)
    assert refused.returncode == 2, refused.stderr
    assert "Traceback" not in refused.stderr
    assert "错误：" in refused.stderr


def test_formulas_do_not_reach_a_spreadsheet(tmp_path: Path) -> None:
    beginnings = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1")
    rows = "".join(f"{n}\t{b}不到位的某项工作\t{b}已整改。\n" for n, b in enumerate(beginnings, 1))
    (tmp_path / "a.txt").write_text("某局整改情况通报\n序号\t问题\t整改情况\n" + rows, encoding="utf-8")
    assert run("parse", "a.txt", "-o", "l.csv", cwd=tmp_path).returncode == 0
    assert run("parse", "a.txt", "-o", "l.jsonl", cwd=tmp_path).returncode == 0
    assert run("parse", "a.txt", "-o", "l.xlsx", cwd=tmp_path).returncode == 0
    items = [json.loads(line) for line in (tmp_path / "l.jsonl").read_text("utf-8").splitlines()]
    assert [item["problem"][:1] for item in items] == ["=", "+", "-", "@", "＝"]
    import csv

    with (tmp_path / "l.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    import openpyxl

    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    own = [cell for row in book.worksheets[0].iter_rows() for cell in row if "某项工作" in str(cell.value)]
    assert own
    assert all(cell.data_type == "s" for cell in own)
