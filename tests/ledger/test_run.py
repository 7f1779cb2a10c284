"""A run that is interrupted, killed or out of disk loses nothing and can be resumed."""

from __future__ import annotations

import dataclasses
import errno
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.kill_test import kill_and_compare
from tests.ledger.examples import NOTICE, OPEN, RECORD
from zhenggai.errors import LedgerError
from zhenggai.ledger.files import read_ledger
from zhenggai.ledger.journal import journal_path
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.ledger.run import LedgerRun, stamps_of

MANIFEST = {"模型": "甲", "分类体系": "1"}
NAMES = [f"{n}.txt" for n in "丙甲乙"]
LONG_RUN = Path(__file__).with_name("long_run.py")


def result(name: str) -> tuple[NoticeRecord, list[Record]]:
    return dataclasses.replace(NOTICE, notice=name), [
        dataclasses.replace(record, notice=name, category_score=0.5, categories=())
        for record in (RECORD, OPEN)
    ]


def open_run(path: Path, names: list[str] = NAMES, **options: bool) -> LedgerRun:
    return LedgerRun(path, MANIFEST, dict.fromkeys(names, ""), **options)


def complete(path: Path, **options: bool) -> Path:
    with open_run(path, **options) as run:
        for name in run.pending():
            run.add(*result(name))
        run.finish()
    return path


def interrupted(path: Path, count: int = 2, **options: bool) -> Path:
    with open_run(path, **options) as run:
        for name in run.pending()[:count]:
            run.add(*result(name))
    return path


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_order_of_completion_does_not_matter(tmp_path: Path, ending: str, order: tuple[int, ...]) -> None:
    path = tmp_path / f"l{ending}"
    with open_run(path) as run:
        for index in order:
            run.add(*result(NAMES[index]))
        run.finish()
    records, notices = read_ledger(path)
    assert [n.notice for n in notices] == NAMES
    assert records == [r for name in NAMES for r in result(name)[1]]
    assert not journal_path(path).exists()


@pytest.mark.parametrize("ending", [".jsonl", ".xlsx"])
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_resumed_is_undisturbed(tmp_path: Path, ending: str, count: int) -> None:
    whole = complete(tmp_path / f"a{ending}").read_bytes()
    path = interrupted(tmp_path / f"b{ending}", count)
    assert not path.exists()
    with open_run(path, resume=True) as run:
        assert run.pending() == NAMES[count:]
    assert complete(path, resume=True).read_bytes() == whole


@pytest.mark.parametrize("cut", [1, 5, 400])
def test_torn_last_line(tmp_path: Path, cut: int) -> None:
    whole = complete(tmp_path / "a.jsonl").read_bytes()
    path = interrupted(tmp_path / "b.jsonl")
    journal = journal_path(path)
    journal.write_bytes(journal.read_bytes()[:-cut])
    with open_run(path, resume=True) as run:
        assert run.pending() == NAMES[1:]
    assert complete(path, resume=True).read_bytes() == whole


def test_torn_first_line_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    journal_path(path).write_bytes(b'{"manif')
    complete(path, resume=True)
    assert len(read_ledger(path)[1]) == 3


def test_damage_inside_the_journal_is_told(tmp_path: Path) -> None:
    path = interrupted(tmp_path / "l.jsonl")
    journal = journal_path(path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"\0\0\0\n" + lines[2])
    with pytest.raises(LedgerError, match="第 2 行已损坏"):
        open_run(path, resume=True)


def test_unfinished_run_is_readable(tmp_path: Path) -> None:
    path = interrupted(tmp_path / "l.xlsx")
    records, notices = read_ledger(journal_path(path))
    assert [n.notice for n in notices] == NAMES[:2]
    assert records == [r for name in NAMES[:2] for r in result(name)[1]]


def test_entries_for_the_summary(tmp_path: Path) -> None:
    with open_run(tmp_path / "l.jsonl") as run:
        for name in reversed(NAMES):
            run.add(*result(name))
        assert [notice.notice for notice, _ in run.entries()] == NAMES


def test_left_over_run_is_not_dropped_silently(tmp_path: Path) -> None:
    path = interrupted(tmp_path / "l.csv")
    with pytest.raises(LedgerError) as caught:
        open_run(path)
    for words in ("没有完成", "2 份通报", "--resume", "--overwrite"):
        assert words in str(caught.value)
    with open_run(path, overwrite=True) as run:
        assert run.pending() == NAMES


def test_other_settings_are_refused(tmp_path: Path) -> None:
    path = interrupted(tmp_path / "l.csv")
    with pytest.raises(LedgerError) as caught:
        LedgerRun(path, MANIFEST | {"模型": "乙"}, dict.fromkeys(NAMES, ""), resume=True)
    assert "模型：原为 甲，现为 乙" in str(caught.value)
    assert "分类体系" not in str(caught.value)
    with open_run(path, resume=True) as run:  # the refusal has changed nothing
        assert run.pending() == NAMES[2:]


def test_resume_without_a_run(tmp_path: Path) -> None:
    path = complete(tmp_path / "l.csv", resume=True)
    with pytest.raises(LedgerError, match="没有未完成的运行可以接续"):
        open_run(path, resume=True)


def test_existing_target(tmp_path: Path) -> None:
    path = complete(tmp_path / "l.csv")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="--overwrite"):
        open_run(path)
    interrupted(path, overwrite=True)
    assert path.read_bytes() == before  # replaced only when the new one is whole
    complete(path, resume=True)
    assert not journal_path(path).exists()


def test_changed_and_new_inputs_are_read_again(tmp_path: Path) -> None:
    files = [tmp_path / name for name in NAMES]
    for file in files:
        file.write_text("旧")
    names = [str(f) for f in files]
    path = tmp_path / "l.jsonl"
    with LedgerRun(path, MANIFEST, stamps_of(names)) as run:
        for name in names:
            run.add(*result(name))
    files[1].write_text("新的")
    more = [*names[:2], str(tmp_path / "丁.zip!/x.txt")]
    with LedgerRun(path, MANIFEST, stamps_of(more), resume=True) as run:
        assert run.pending() == more[1:]
        for name in run.pending():
            run.add(*result(name))
        run.finish()
    assert [n.notice for n in read_ledger(path)[1]] == more


def test_misuse_is_an_error(tmp_path: Path) -> None:
    with open_run(tmp_path / "l.csv") as run:
        with pytest.raises(ValueError, match="not among"):
            run.add(*result("别的.txt"))
        with pytest.raises(ValueError, match="3 inputs were not added"):
            run.finish()


@pytest.mark.skipif(sys.platform == "win32", reason="locks are for POSIX systems")
def test_two_runs_at_once(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    with open_run(path), pytest.raises(LedgerError, match="另一个 zhenggai 进程"):
        open_run(path, resume=True)


def test_missing_library_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(LedgerError, match="xlsxwriter"):
        open_run(tmp_path / "l.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".xlsx", ".parquet"])
def test_disk_full_while_the_ledger_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"l{ending}"

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with open_run(path) as run:
        for name in NAMES:
            run.add(*result(name))
        monkeypatch.setattr("zhenggai.ledger.files.os.fsync", full)
        monkeypatch.setattr(run._journal, "sync", lambda: None)
        with pytest.raises(LedgerError) as caught:
            run.finish()
    for words in ("磁盘空间不足", str(journal_path(path)), "--resume"):
        assert words in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == [journal_path(path).name]
    monkeypatch.undo()
    complete(path, resume=True)
    assert len(read_ledger(path)[0]) == 6


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
@pytest.mark.parametrize("ending", [".jsonl", ".xlsx"])
def test_file_limit_reached_in_the_journal(tmp_path: Path, ending: str) -> None:
    """A real failing write: the system lets no file grow beyond 50,000 bytes."""
    command = [sys.executable, str(LONG_RUN), str(tmp_path / f"l{ending}"), "60", "0", "--resume"]
    limited = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )
    assert "LedgerError: 无法写入" in limited.stderr
    assert "--resume" in limited.stderr
    _, kept = read_ledger(journal_path(tmp_path / f"l{ending}"))
    assert 0 < len(kept) < 60
    subprocess.run(command, check=True)
    assert len(read_ledger(tmp_path / f"l{ending}")[1]) == 60


@pytest.mark.parametrize("ending", [".jsonl", ".xlsx"])
def test_killed_at_random_moments(ending: str) -> None:
    command = [sys.executable, str(LONG_RUN), "{ledger}", "40", "0.01"]
    outcome = kill_and_compare(command, ending, kills=5, kills_per_run=3, rng=random.Random(3))
    assert (outcome.kills, outcome.differing, outcome.failures) == (5, [], [])
