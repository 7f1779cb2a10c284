"""Files that kill, hang or starve the process that reads them cost themselves alone, in real processes.

The reader of pages is wrapped in every Python process that the command starts (`sitecustomize` on the path),
so that a page with a word in it makes a real segmentation fault, a real kill, a real hang.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cases.broken import make_zip

from zhenggai.errors import ReadingError
from zhenggai.isolation import Isolation, read_notices
from zhenggai.notice.reading import Source

ROOT = Path(__file__).resolve().parents[1]
BODY = "二、反馈问题整改情况\n1.关于“学习不深入”的问题\n整改情况：已印发学习计划。\n"
PAGE = "<html><head><title>通报</title></head><body>" + "".join(f"<p>{x}</p>" for x in BODY.split("\n"))
HOOK = """
import ctypes, os, signal, sys, time
if "spawn_main" in " ".join(sys.orig_argv):
    import zhenggai.notice.formats.html as page
    import zhenggai.notice.formats.text as text
    def wrap(extract):
        def wrapped(data, limits):
            if b"SEGFAULT" in data:
                ctypes.string_at(0)
            if b"KILLED" in data:
                os.kill(os.getpid(), signal.SIGKILL)
            if b"LEAVES" in data:
                os._exit(7)
            if b"MEMORY" in data:
                bytearray(1 << 62)
            if b"HANGS" in data:
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                while True:
                    time.sleep(1)
            return extract(data, limits)
        return wrapped
    page.extract = wrap(page.extract)
    text.extract = wrap(text.extract)
"""
REASONS = {
    "SEGFAULT": "异常退出（代码 -11）",
    "KILLED": "异常退出（代码 -9）",
    "LEAVES": "异常退出（代码 7）",
    "MEMORY": "内存不足",
    "HANGS": "3 秒内没有读完",
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")


def spoilt(word: str) -> str:
    return PAGE.replace("</head>", f"<!-- {word} --></head>")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pages of every fatal kind among sound ones, in a folder and in archives."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    (tmp_path / "in").mkdir()
    members = {}
    for number, word in enumerate(REASONS):
        (tmp_path / "in" / f"{number}a.html").write_text(PAGE, encoding="utf-8")
        (tmp_path / "in" / f"{number}b-{word}.html").write_text(spoilt(word), encoding="utf-8")
        members |= {f"{number}a.html": PAGE.encode(), f"{number}b-{word}.html": spoilt(word).encode()}
    (tmp_path / "in" / "z.zip").write_bytes(make_zip({**members, "9.html": PAGE.encode()}))
    return tmp_path


def test_what_kills_or_hangs_a_reader_costs_its_file_alone(folder: Path) -> None:
    started = time.monotonic()
    command = ["parse", "in", "-o", "l.jsonl", "--file-seconds", "3"]
    done = subprocess.run(
        [sys.executable, "-m", "zhenggai.cli", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(folder / "hook"), str(ROOT)))},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    notices = [json.loads(line) for line in (folder / "l.notices.jsonl").read_text("utf-8").splitlines()]
    assert [n["notice"] for n in notices] == sorted(n["notice"] for n in notices)
    assert len(notices) == 2 * 2 * len(REASONS) + 1
    for notice in notices:
        word = notice["notice"].partition("-")[2].removesuffix(".html")
        if word:
            assert REASONS[word] in notice["error"], notice
        else:
            assert (notice["error"], notice["items"]) == (None, 1), notice
    assert time.monotonic() - started < 60


def test_pipes_and_missing_files_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    names = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.zip!/d.txt")]
    outcomes = [outcome for _, outcome in read_notices(map(Source, names), Isolation())]
    for outcome, reason in zip(outcomes, ("管道", "不存在", "不存在"), strict=True):
        assert reason in str(outcome)


def test_standard_input_that_kills_its_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(HOOK)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), str(ROOT))))
    sources = [Source("-", spoilt("SEGFAULT").encode())]
    [(_, outcome)] = read_notices(sources, Isolation())
    assert "异常退出" in str(outcome)


@pytest.mark.parametrize("name", ["odd.txt", "archive.zip!/a.txt", "long.txt", "page.htm"])
def test_only_short_plain_texts_are_read_in_the_own_process(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A `.txt` that is a page or in an archive goes through libraries; a very long one takes time."""
    hook = tmp_path / "hook"
    hook.mkdir()
    data = (BODY * (20_000 if name == "long.txt" else 1)) if name != "odd.txt" else PAGE
    data = data.replace("通报", "通报 KILLED") if "通报" in data else "KILLED\n" + data
    if "!/" in name:
        (tmp_path / "archive.zip").write_bytes(make_zip({"a.txt": data.encode()}))
    else:
        (tmp_path / name).write_text(data, encoding="utf-8")
    (hook / "sitecustomize.py").write_text(HOOK)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(hook), str(ROOT))))
    [(_, outcome)] = read_notices([Source(str(tmp_path / name))], Isolation())
    assert isinstance(outcome, ReadingError)
    assert "异常退出" in str(outcome)


FAULT = """
import zhenggai.isolation as isolation
parse = isolation.parse
def faulty(source):
    return [][-1] if "RAISES" in source.text else parse(source)
isolation.parse = faulty
"""


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("command", ["parse", "classify"])
def test_a_fault_of_the_parser_costs_its_file_alone(tmp_path: Path, command: str, workers: str) -> None:
    """Read in the own process (plain text) and in workers (pages, or all files)."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(FAULT, encoding="utf-8")
    (tmp_path / "in").mkdir()
    for name, text in {
        "a.txt": BODY,
        "b.txt": BODY + "RAISES",
        "c.html": PAGE + "RAISES",
        "d.txt": BODY,
    }.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "zhenggai.cli", command, "in", "-o", "l.jsonl", "--workers", workers],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path / "hook"), str(ROOT)))},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    notices = [json.loads(line) for line in (tmp_path / "l.notices.jsonl").read_text("utf-8").splitlines()]
    assert [n["items"] for n in notices] == [1, 0, 0, 1]
    for notice in notices[1:3]:
        for word in ("应能解析", "实际出错（IndexError", "请把该文件反馈"):
            assert word in notice["error"], notice
