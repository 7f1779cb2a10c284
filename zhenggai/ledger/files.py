"""Ledgers as files: the ending of the path chooses the format."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from zhenggai.errors import LedgerError
from zhenggai.ledger.columns import NOTICE_COLUMNS, RECORD_COLUMNS, Column
from zhenggai.ledger.extras import load_extra
from zhenggai.ledger.journal import ENDING as JOURNAL_ENDING
from zhenggai.ledger.journal import read_journal
from zhenggai.ledger.problems import explained
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.ledger.rows import Row, notice_from, notice_row, record_from, record_row
from zhenggai.parallel import side_by_side

if TYPE_CHECKING:
    from zhenggai.ledger.legend import About


class Table(Protocol):
    """One table in one file."""

    def write(self, row: Row) -> None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


class Sink(Protocol):
    """Both tables."""

    def write(self, notice: Row, records: Sequence[Row]) -> None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


@dataclass(frozen=True)
class Format:
    """How one ending is written and read; its module loads when it is needed."""

    name: str
    """Module of this package with `read_NAME` and, but for a workbook, the class `NAMETable`."""
    two_files: bool = True
    """A file per table; a workbook holds both."""
    needs: tuple[str, str] | None = None
    """Module that writing needs, and the extra that brings it."""

    def table(self, path: Path, columns: Sequence[Column]) -> Table:
        """One table of two files, to be written."""
        made: Table = getattr(self._module, f"{self.name.capitalize()}Table")(path, columns)
        return made

    def read(self, path: Path, columns: Sequence[Column]) -> Iterator[tuple[Row, str]]:
        """Rows of one table, each with its place for error messages."""
        rows: Iterator[tuple[Row, str]] = getattr(self._module, f"read_{self.name}")(path, columns)
        return rows

    @property
    def _module(self) -> Any:
        return import_module(f"zhenggai.ledger.{self.name}")


FORMATS: dict[str, Format] = {
    ".jsonl": Format("jsonl"),
    ".csv": Format("csv"),
    ".xlsx": Format("xlsx", False, ("xlsxwriter", "xlsx")),
    ".parquet": Format("parquet", True, ("pyarrow", "parquet")),
}


def format_of(path: Path) -> Format:
    """The format that the ending of `path` names.

    Raises:
        LedgerError: the ending is none of those known.
    """
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        what = f"“{path.suffix}”" if path.suffix else "没有扩展名"
        raise LedgerError(
            f"台账 {path}：扩展名应为 {'、'.join(FORMATS)} 之一，实际为{what}。请改用其中一种。"
        )
    return found


def check_library(path: Path) -> None:
    """Find out before the work, not after it, that a library is missing.

    Raises:
        LedgerError: unknown ending, or the library that writes this format is not installed.
    """
    if needs := format_of(path).needs:
        load_extra(*needs, f"写 {path.suffix} 台账")


def notices_path(path: Path) -> Path | None:
    """Where the notices of the ledger `path` are; None where they are in the same file."""
    return path.with_name(f"{path.stem}.notices{path.suffix}") if format_of(path).two_files else None


class _TwoFiles:
    """Both tables, a file each."""

    def __init__(self, form: Format, items: Path, notices: Path) -> None:
        self._items = form.table(items, RECORD_COLUMNS)
        self._notices = form.table(notices, NOTICE_COLUMNS)

    def write(self, notice: Row, records: Sequence[Row]) -> None:
        for record in records:
            self._items.write(record)
        self._notices.write(notice)

    def close(self) -> None:
        with contextlib.closing(self._notices), contextlib.closing(self._items):
            pass


class LedgerWriter:
    """A ledger in the making: appears under its name, whole, when the block ends without an error.

    Use as a context manager. Raises LedgerError where it cannot be written.
    """

    def __init__(self, path: Path, about: About | None = None, overwrite: bool = False) -> None:
        found = format_of(path)
        self.path = path
        self._targets = [
            p for p in (notices_path(path), path) if p
        ]  # the ledger last: its presence says "done"
        check_target(path, overwrite)
        self._temporary = [p.with_name(f".{p.name}.tmp") for p in self._targets]
        try:
            with explained(path):
                self._sink: Sink = (
                    _TwoFiles(found, self._temporary[-1], self._temporary[0])
                    if found.two_files
                    else _workbook(self._temporary[-1], about)
                )
        except BaseException:
            self._drop_temporary()
            raise

    def write(self, notice: NoticeRecord, records: Sequence[Record]) -> None:
        """Append one notice and its items.

        Raises:
            LedgerError: the disk is full, or the like.
        """
        self.write_rows(notice_row(notice), [record_row(r) for r in records])

    def write_rows(self, notice: Row, records: Sequence[Row]) -> None:
        """Append one notice and its items, given as rows.

        Raises:
            LedgerError: as for `write`.
        """
        with explained(self.path):
            self._sink.write(notice, records)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with explained(self.path):
                    self._finish()
            else:
                with contextlib.suppress(Exception):  # the first error is the one to report
                    self._sink.close()
        finally:
            self._drop_temporary()

    def _drop_temporary(self) -> None:
        for path in self._temporary:
            with contextlib.suppress(OSError):  # the error that led here is the one to report
                path.unlink(missing_ok=True)

    def _finish(self) -> None:
        self._sink.close()
        side_by_side(_sync, self._temporary, len(self._temporary))
        for temporary, target in zip(self._temporary, self._targets, strict=True):
            temporary.replace(target)


def _workbook(path: Path, about: About | None) -> Sink:
    from zhenggai.ledger.legend import About
    from zhenggai.ledger.xlsx import Workbook

    return Workbook(path, about or About())


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def check_target(path: Path, overwrite: bool, resume: bool = False) -> None:
    """Refuse a target that exists or cannot be; `resume` only changes what the message says.

    Raises:
        LedgerError: the folder is missing, the target is a folder, or it exists and `overwrite` is false.
    """
    with explained(path):
        folder = path.parent
        if not folder.is_dir():
            what = "不是文件夹" if folder.exists() else "不存在"
            raise LedgerError(f"台账 {path}：所在文件夹 {folder} {what}。请先建立该文件夹，或改用其他路径。")
        for target in (path, notices_path(path)):
            if target is None:
                continue
            if target.is_dir():
                raise LedgerError(f"台账 {target}：应为文件，实际是文件夹。请换一个文件名。")
            if target.exists() and not overwrite:
                raise LedgerError(_EXISTS_FINISHED.format(target) if resume else _EXISTS.format(target))


_EXISTS = "台账 {} 已存在。要覆盖请加 --overwrite，否则请换一个文件名。"
_EXISTS_FINISHED = (
    "台账 {} 已经写完，没有未完成的运行可以接续。"
    "文件夹中有新通报时，请去掉 --resume、加 --overwrite 全部重做；或只给出新通报，换一个文件名另写一份台账。"
)


def open_ledger(path: Path, about: About | None = None, overwrite: bool = False) -> LedgerWriter:
    """A writer for the ledger `path`; its ending (see `FORMATS`) chooses the format.

    Raises:
        LedgerError: unknown ending, target exists, folder missing, or a library is not installed.
    """
    return LedgerWriter(path, about, overwrite)


def iter_records(path: Path) -> Iterator[Record]:
    """The items of a ledger, or of the journal that an unfinished run left, one by one.

    Raises:
        LedgerError: the file is missing, damaged or not a ledger.
    """
    if path.name.endswith(JOURNAL_ENDING):
        for _, rows in _journal(path):
            yield from (record_from(row, str(path)) for row in rows)
        return
    for row, where in _rows(path, path, RECORD_COLUMNS):
        yield record_from(row, where)


def iter_notices(path: Path) -> Iterator[NoticeRecord]:
    """The notices of a ledger, one by one.

    Raises:
        LedgerError: as for `iter_records`.
    """
    if path.name.endswith(JOURNAL_ENDING):
        yield from (notice_from(notice, str(path)) for notice, _ in _journal(path))
        return
    for row, where in _rows(path, notices_path(path) or path, NOTICE_COLUMNS):
        yield notice_from(row, where)


def _journal(path: Path) -> Iterator[tuple[Row, list[Row]]]:
    with explained(path, "读取"):
        yield from read_journal(path)


def _rows(ledger: Path, path: Path, columns: Sequence[Column]) -> Iterator[tuple[Row, str]]:
    found = format_of(ledger)
    if not path.is_file():
        hint = "通报表应与台账放在同一文件夹。" if path != ledger else "请检查路径。"
        raise LedgerError(f"找不到台账文件 {path}。{hint}")
    with explained(path, "读取"):
        yield from found.read(path, columns)


def read_ledger(path: Path) -> tuple[list[Record], list[NoticeRecord]]:
    """Items and notices of a ledger in any of the formats.

    Raises:
        LedgerError: the file is missing, damaged or not a ledger.
    """
    return list(iter_records(path)), list(iter_notices(path))
