"""`zhenggai parse` as a user runs it: a process, files, messages, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTICE = (
    "某局党组关于巡察整改进展情况的通报\n2022年3月1日\n二、反馈问题整改情况\n"
    "1.关于“学习不深入”的问题\n整改情况：已印发学习计划。\n2.关于“接待不规范”的问题\n整改情况：已退缴0.3万元。\n"
)


def run(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "zhenggai.cli", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "甲.txt").write_text(NOTICE, encoding="utf-8")
    return tmp_path


def test_notice_to_ledger(folder: Path) -> None:
    done = run("parse", "in", "-o", "台账.jsonl", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    items = rows(folder / "台账.jsonl")
    assert [item["problem"] for item in items] == ["学习不深入", "接待不规范"]
    assert items[0]["notice"] == "in/甲.txt"
    assert NOTICE[slice(*items[0]["problem_span"])] == "学习不深入"
    (notice,) = rows(folder / "台账.notices.jsonl")
    assert (notice["items"], notice["published"], notice["error"]) == (2, "2022-03-01", None)


def test_standard_input(folder: Path) -> None:
    done = run("parse", "-", "-o", "x.jsonl", cwd=folder, stdin=NOTICE.encode("gb18030"))
    assert done.returncode == 0, done.stderr.decode()
    assert len(rows(folder / "x.jsonl")) == 2
    assert rows(folder / "x.notices.jsonl")[0]["encoding"].lower().startswith("gb")


LIST = "序号,问题,整改情况\n1,学习不深入,已开展学习12次。\n2,台账不全,已补齐。\n"


@pytest.mark.parametrize(("name", "mark"), [("清单.csv", ","), ("清单.tsv", "\t")])
def test_lists_in_a_folder_are_read(folder: Path, name: str, mark: str) -> None:
    (folder / "in" / name).write_bytes(LIST.replace(",", mark).encode("gb18030"))
    done = run("parse", "in", "-o", "x.jsonl", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert [i["problem"] for i in rows(folder / "x.jsonl")][:2] == ["学习不深入", "台账不全"]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx", "parquet"])
def test_our_own_ledgers_in_a_folder_are_left_out_with_a_note(folder: Path, ending: str) -> None:
    pytest.importorskip({"xlsx": "xlsxwriter", "parquet": "pyarrow"}.get(ending, "csv"))
    for _ in range(2):  # the second run finds the ledger of the first among the notices
        done = run("parse", "in", "-o", f"in/台账.{ending}", "--overwrite", cwd=folder)
        assert done.returncode == 0, done.stderr.decode()
    told = done.stderr.decode()
    count = 1 if ending == "xlsx" else 2
    assert f"略去的文件（本软件写出的台账，不是通报）（{count}）" in told
    assert f"in/台账.{ending}" in told
    assert "共 1 份通报、2 条" in told


def test_a_folder_of_ledgers_alone_holds_no_notice(folder: Path) -> None:
    assert run("parse", "in", "-o", "x.csv", cwd=folder).returncode == 0
    (folder / "out").mkdir()
    (folder / "x.csv").rename(folder / "out" / "x.csv")
    done = run("parse", "out", "-o", "y.jsonl", cwd=folder)
    assert done.returncode == 1
    assert "只有本软件写出的台账" in done.stderr.decode()


def test_bad_files_are_reported_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "in" / "空.txt").write_bytes(b"")
    (folder / "in" / "乱.txt").write_bytes(bytes(range(256)) * 40)
    done = run("parse", "in", "missing.txt", "-o", "x.jsonl", cwd=folder)
    assert done.returncode == 1
    assert len(rows(folder / "x.jsonl")) == 2
    errors = {row["notice"]: row["error"] for row in rows(folder / "x.notices.jsonl") if row["error"]}
    assert set(errors) == {"in/空.txt", "in/乱.txt", "missing.txt"}
    assert "未能处理 3 个文件" in done.stderr.decode()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_other_formats(folder: Path, ending: str) -> None:
    pytest.importorskip({"xlsx": "xlsxwriter", "parquet": "pyarrow"}.get(ending, "csv"))
    done = run("parse", "in", "-o", f"x.{ending}", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert (folder / f"x.{ending}").stat().st_size > 0


def test_unknown_ending_is_a_usage_error_in_chinese(folder: Path) -> None:
    done = run("parse", "in", "-o", "x.foo", cwd=folder)
    assert done.returncode == 2
    assert ".jsonl" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_existing_ledger_is_not_overwritten(folder: Path) -> None:
    assert run("parse", "in", "-o", "x.jsonl", cwd=folder).returncode == 0
    before = (folder / "x.jsonl").read_bytes()
    done = run("parse", "in", "-o", "x.jsonl", cwd=folder)
    assert done.returncode == 2
    assert "--overwrite" in done.stderr.decode()
    assert (folder / "x.jsonl").read_bytes() == before


@pytest.mark.parametrize("workers", ["2", "3"])
def test_workers_do_not_change_the_ledger(folder: Path, workers: str) -> None:
    for n in range(12):
        (folder / "in" / f"{n:02}.txt").write_text(NOTICE.replace("0.3万元", f"{n}.5万元"), encoding="utf-8")
    assert run("parse", "in", "-o", "one.jsonl", cwd=folder).returncode == 0
    assert run("parse", "in", "-o", "many.jsonl", "--workers", workers, cwd=folder).returncode == 0
    assert (folder / "one.jsonl").read_bytes() == (folder / "many.jsonl").read_bytes()


def test_parse_loads_no_model_library(folder: Path) -> None:
    code = (
        "import sys; sys.argv = ['zhenggai', 'parse', 'in', '-o', 'y.jsonl']\n"
        "from zhenggai.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('torch', 'transformers', 'onnxruntime', 'numpy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        check=True,
    )
    assert done.stdout.decode().strip().endswith("[]")


def test_files_that_are_no_notices_are_told_once(folder: Path) -> None:
    for name in ("a.png", "b.png", "c.json", "Makefile"):
        (folder / "in" / name).write_bytes(b"x")
    done = run("parse", "in", "-o", "x.jsonl", cwd=folder)
    assert done.returncode == 0
    told = done.stderr.decode()
    assert "另有 4 个其他文件" in told
    assert ".png 2" in told
    assert "无扩展名 1" in told
    assert "OCR" in told
