"""The journal of a run: a line with the manifest, then a line for each notice, appended as they are done.

It lies beside the ledger as `LEDGER.journal.jsonl`. A line that was not written to its end (the process was
killed, the disk was full) is cut off when the journal is opened again; everything before it counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from zhenggai.errors import LedgerError
from zhenggai.ledger.jsonl import to_line
from zhenggai.ledger.problems import explained
from zhenggai.ledger.rows import Row

ENDING = ".journal.jsonl"
SYNC_SECONDS = 2.0
"""At most so much work is lost when the machine (not only the process) goes down."""


def journal_path(ledger: Path) -> Path:
    """Where the journal of a ledger lies."""
    return ledger.with_name(ledger.name + ENDING)


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a notice stands in the journal, and the state of its file when it was read."""

    offset: int
    stamp: str


class Journal:
    """An open journal; one process at a time.

    Raises LedgerError where it cannot be read or written, or where another process holds it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with explained(path):
            self._file = path.open("a+b", buffering=0)
            try:
                _lock(self._file, path)
                self._lines()
            except BaseException:
                self._file.close()
                raise

    def _lines(self) -> None:
        """Index what is there and cut off a torn end."""
        self.manifest: dict[str, str] | None = None
        self.entries: dict[str, Entry] = {}
        self._end, self._synced = 0, time.monotonic()
        for offset, end, line in _whole_lines(self.path):
            if self.manifest is None:
                self.manifest = line["manifest"]
            else:
                self.entries[line["notice"]["notice"]] = Entry(offset, line["stamp"])
            self._end = end
        self._file.truncate(self._end)

    def start(self, manifest: Mapping[str, str]) -> None:
        """Begin anew: drop what is there and write the manifest."""
        with explained(self.path):
            self._file.truncate(0)
            self._end, self.entries, self.manifest = 0, {}, dict(manifest)
            self._append({"manifest": self.manifest})

    def add(self, stamp: str, notice: Row, records: Sequence[Row]) -> None:
        """Append a notice; an earlier entry of the same name is superseded.

        Raises:
            LedgerError: it cannot be written; what was there before stays.
        """
        offset = self._end
        kept = f"此前的 {len(self.entries)} 份通报保存在 {self.path}；排除故障后加 --resume 接续。"
        with explained(self.path, kept=kept):
            self._append({"stamp": stamp, "notice": notice, "records": list(records)})
        self.entries[notice["notice"]] = Entry(offset, stamp)

    def _append(self, line: Row) -> None:
        line_bytes = to_line(line)
        data = memoryview(line_bytes)
        try:
            while data:
                data = data[self._file.write(data) :]
        except BaseException:  # Ctrl-C in the middle of a line, too
            with contextlib.suppress(OSError):
                self._file.truncate(self._end)
            raise
        self._end += len(line_bytes)
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self.sync()

    def sync(self) -> None:
        """Make sure that everything is on the disk."""
        os.fsync(self._file.fileno())
        self._synced = time.monotonic()

    def sync_if_due(self) -> None:
        """The same, unless less than `SYNC_SECONDS` of work would be lost."""
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self.sync()

    def read(self, name: str) -> tuple[Row, list[Row]]:
        """Notice and items of an entry."""
        with self.path.open("rb") as file:
            file.seek(self.entries[name].offset)
            line = json.loads(file.readline())
        return line["notice"], line["records"]

    def close(self) -> None:
        """Close; the file stays."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _whole_lines(path: Path) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Start, end and content of every line that was written to its end."""
    offset = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.endswith(b"\n"):
                yield offset, offset + len(line), _parsed(line, number, path)
            offset += len(line)


def _parsed(line: bytes, number: int, path: Path) -> dict[str, Any]:
    try:
        parsed = json.loads(line)
        if number == 1:
            dict(parsed["manifest"])
        else:
            parsed["notice"]["notice"], parsed["stamp"], parsed["records"]
    except (ValueError, TypeError, KeyError):
        raise LedgerError(
            f"运行记录 {path} 第 {number} 行已损坏，无法接续。请删除该文件，或加 --overwrite 重新开始。"
        ) from None
    return dict(parsed)


def _lock(file: Any, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: no lock
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LedgerError(
            f"另一个 zhenggai 进程正在写同一台账（{path} 已被占用）。请等它结束，或换一个输出文件。"
        ) from None
    except OSError:  # a file system without locks
        return


def kept_by_interruption(ledger: Path) -> int:
    """Notices in the journal of a ledger."""
    try:
        lines = _whole_lines(journal_path(ledger))
        return len({line["notice"]["notice"] for _, _, line in lines if "notice" in line})
    except (OSError, LedgerError):
        return 0


def read_journal(path: Path) -> Iterator[tuple[Row, list[Row]]]:
    """Notices and their items of an unfinished run, in the order in which they were done.

    Raises:
        LedgerError: the journal is damaged.
    """
    latest = {line["notice"]["notice"]: start for start, _, line in _whole_lines(path) if "notice" in line}
    for start, _, line in _whole_lines(path):
        if "notice" in line and latest[line["notice"]["notice"]] == start:
            yield line["notice"], line["records"]
