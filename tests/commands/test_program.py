"""The command as a process: its status and its output arrive, whichever way it ends."""

from __future__ import annotations

import json
import re
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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("parse a.txt", "缺少选项 --output"),
        ("parse -o l.jsonl", "缺少文件或文件夹"),
        ("parse a.txt -o", "选项 -o 后面缺少值"),
        ("parse a.txt -o l.jsonl --workers 0", "应为 1 至 64 的整数"),
        ("parse a.txt -o l.jsonl --file-seconds soon", "应为不小于 1 的数"),
        ("parse a.txt -o l.jsonl --quiet=1", "选项 --quiet 后面不带值"),
        ("parse a.txt -o l.jsonl --nothing", "没有选项 --nothing"),
        ("parse a.txt -o l.jsonl --resum", "是否想写 --resume"),
        ("review export a b -o c", "多出了 b"),
        ("review export a -o c --tool x", "可选：xlsx、csv"),
        ("nothing", "没有命令 nothing，可用的命令：classify、parse"),
        ("clasify", "没有命令 clasify，是否想写 classify"),
    ],
)
def test_mistakes_in_the_command_line_are_told_in_chinese(arguments: str, said: str, tmp_path: Path) -> None:
    done = run(*arguments.split(), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("错误：")
    assert said in done.stderr
    english = set(re.findall(r"(?<![\w-])[A-Z]?[a-z]{3,}", done.stderr)) - NAMES
    assert not english, done.stderr


NAMES = {
    *["python", "zhenggai", "parse", "review", "export", "nothing", "clasify"],
    *["classify", "report", "explain", "data"],
    *["jsonl", "csv", "xlsx", "parquet", "label", "doccano"],
}


@pytest.mark.parametrize(
    "command", ["", "classify", "parse", "report", "explain", "data check", "review export"]
)
def test_help_is_chinese(command: str, tmp_path: Path) -> None:
    done = run(*command.split(), "--help", cwd=tmp_path)
    assert done.returncode == 0
    for word in (
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Show this",
        "required",
        "default",
        "\\[",
        "<=",
    ):
        assert word not in done.stdout
    assert "用法：" in done.stdout
    assert "显示本说明并退出" in done.stdout


def test_standard_input_that_is_closed(tmp_path: Path) -> None:
    code = "import sys, zhenggai.cli as c\nsys.stdin = sys.stdout = None\nc.program()"
    done = subprocess.run(
        [sys.executable, "-c", code, "parse", "-", "-o", "l.jsonl"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "标准输入是关闭的" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("done", "said"), [(0, "还没有处理完任何一份"), (2, "已处理的 2 份通报保留")])
def test_an_interruption_says_what_is_kept(done: int, said: str, tmp_path: Path) -> None:
    lines = [{"manifest": {}}] + [
        {"stamp": "", "notice": {"notice": f"{i}"}, "records": []} for i in range(done)
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (tmp_path / "l.csv.journal.jsonl").write_text(text, encoding="utf-8")
    code = (
        "import zhenggai.cli as c\ndef stop(arguments): raise KeyboardInterrupt\nc._run = stop\nc.program()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "classify", "a.txt", "--output=l.csv"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 130
    assert said in ended.stderr
