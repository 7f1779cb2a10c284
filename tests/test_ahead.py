"""The first file of a run, read in a forked process: the same ledger, whatever becomes of the process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from zhenggai import ahead
from zhenggai.isolation import Isolation, read_notices
from zhenggai.notice.model import Notice
from zhenggai.notice.reading import expand

ROOT = Path(__file__).parents[1]
NOTICE = ROOT / "data" / "notices" / "notice-08.txt"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")

_BEGIN = """
import json, os, sys, time
from zhenggai import ahead, isolation
ahead.cores = lambda: 2
{fault}
begun = ahead.begin([sys.argv[1]], 1, {seconds}, 64)
if {other!r}:
    isolation.read_notice = lambda *_: {other!r}
given = isolation.isolation_of(1, {seconds}, 64, begun)
from zhenggai.notice.reading import expand
out = [outcome for _, outcome in isolation.read_notices(expand([sys.argv[1]]), given)]
pids = [process._pid for process in begun._processes]
begun.end()
def lives(pid):
    try:
        os.kill(pid or 2**22, 0)
    except OSError:
        return False
    return True
alive = any(map(lives, pids))
said = [str(o) if isinstance(o, Exception) else o if isinstance(o, str) else len(o.items) for o in out]
print(json.dumps([said, begun is not None, alive]))
"""


def _begun(path: Path, fault: str = "", seconds: float = 60, other: str = "read anew") -> list[object]:
    """What came, whether a process was forked and is still there; `other` is what this process would read."""
    script = _BEGIN.format(fault=fault, seconds=seconds, other=other)
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


def _items() -> int:
    ((_, here),) = read_notices(expand([NOTICE]), Isolation())
    assert isinstance(here, Notice)
    return len(here.items)


def test_the_file_is_read_in_the_other_process() -> None:
    assert _begun(NOTICE) == [[_items()], True, False]


@pytest.mark.parametrize(
    "fault",
    [
        "isolation.read_notice = lambda *_: os._exit(3)",
        "isolation.read_notice = lambda *_: os.kill(os.getpid(), 9)",
        "isolation.read_notice = lambda *_: lambda: None",  # does not survive the border
        "ahead.marshal.dumps = lambda plain: b'cut off'",
    ],
)
def test_where_the_process_dies_the_file_is_read_as_all_others(fault: str) -> None:
    assert _begun(NOTICE, fault) == [["read anew"], True, False]


def test_a_process_that_hangs_is_ended() -> None:
    hanging = "import signal; isolation.alarm = __import__('contextlib').nullcontext; "
    hanging += "isolation.read_notice = lambda *_: time.sleep(60)"
    (said,), begun, alive = _begun(NOTICE, hanging, seconds=0.2)
    assert "没有读完" in said
    assert (begun, alive) == (True, False)


def test_a_file_that_cannot_be_read_gives_its_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (said,), begun, _ = _begun(tmp_path / "a.txt")
    assert begun
    assert "空文件" in said


def test_all_of_a_notice_survives_the_border() -> None:
    ((_, here),) = read_notices(expand([NOTICE]), Isolation())
    assert isinstance(here, Notice)
    content = ahead.marshal.dumps(("a.txt", ahead._plain(here)))
    assert ahead._outcome(content, "a.txt") == here
    assert ahead._outcome(content, "a.txt!/b.txt") is None


def test_members_of_an_archive_are_read_as_otherwise(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(NOTICE, "a.txt")
    assert _begun(tmp_path / "a.zip", other="") == [[_items()], True, False]


def test_the_first_file_of_a_folder_is_read_in_the_other_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(NOTICE.read_bytes())
    assert _begun(tmp_path) == [[_items()], True, False]
    (tmp_path / "b.txt").write_bytes(NOTICE.read_bytes())
    assert _begun(tmp_path) == [[_items(), "read anew"], True, False]


def test_a_second_file_is_not_taken_for_it(tmp_path: Path) -> None:
    pipe, into = os.pipe()
    os.close(into)
    pid = subprocess.Popen(["sleep", "60"]).pid
    begun = ahead.Ahead("a.txt", ahead.Forked(pid, pipe), 1)
    assert begun.take("b.txt") is None
    begun.end()
    begun.end()
    assert begun.take("a.txt") is None


_THEN = """
import json, os, sys
from zhenggai import ahead
ahead.cores = lambda: 2
begun = ahead.begin([sys.argv[1]], 1, 60, 64)
begun.then({make})
first = begun.take(sys.argv[1])
print(json.dumps([len(first.items), begun.made(), begun.made(), begun.take(sys.argv[1])]))
"""


@pytest.mark.parametrize(
    ("make", "made"),
    [
        ("lambda outcome: [len(outcome.items), outcome.title[:2]]", [_items(), "中共"]),
        ("lambda outcome: 1 / 0", None),
        ("lambda outcome: os._exit(3)", None),
        ("lambda outcome: object()", None),  # does not survive the border
    ],
)
def test_what_the_second_process_makes_comes_once(make: str, made: object) -> None:
    script = _THEN.format(make=make)
    done = subprocess.run(
        [sys.executable, "-c", script, str(NOTICE)], capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    assert not done.stderr
    assert json.loads(done.stdout) == [_items(), made, None, None]


def test_beside_threads_no_second_process_is_begun() -> None:
    script = _THEN.format(make="lambda outcome: 1").replace(
        "begun.then",
        "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start(); begun.then",
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(NOTICE)], capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    assert json.loads(done.stdout) == [_items(), None, None, None]


def test_no_fork_beside_threads_or_in_a_run_of_workers() -> None:
    script = "{before}; from zhenggai import ahead; ahead.cores = lambda: {cores}; "
    script += "print(ahead.begin({paths}, {workers}, 60, 64))"
    one = [str(NOTICE)]
    for before, cores, workers, paths in (
        ("import numpy", 2, 1, one),
        ("pass", 1, 1, one),
        ("pass", 2, 2, one),
        ("pass", 2, 1, ["-"]),
        ("pass", 2, 1, []),
    ):
        code = script.format(before=before, cores=cores, workers=workers, paths=paths)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
        assert done.stdout.strip() == "None", done.stderr


@pytest.mark.parametrize("name", ["notice-08.txt", "broken.docx"])
def test_the_ledger_is_the_same_with_and_without(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(NOTICE.read_bytes() if name.endswith("txt") else b"PK\x03\x04broken")
    ledgers = []
    for cores in (1, 2):
        out = tmp_path / f"{cores}.jsonl"
        code = f"from zhenggai import ahead, cli; ahead.cores = lambda: {cores}; cli.program()"
        command = [sys.executable, "-c", code, "classify", str(file), "-o", str(out), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)
        assert done.returncode == int(name.startswith("broken")), done.stderr
        assert not done.stderr
        ledgers.append((out.read_bytes(), out.with_name(f"{cores}.notices.jsonl").read_bytes()))
    assert ledgers[0] == ledgers[1]
