"""A run that survives a kill: notices go to a journal one by one, the ledger is made of it at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from zhenggai.errors import LedgerError
from zhenggai.ledger.files import LedgerWriter, check_library, check_target
from zhenggai.ledger.journal import Journal, journal_path
from zhenggai.ledger.legend import About
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.ledger.rows import notice_from, notice_row, record_from, record_row

ARCHIVE_MARK = "!/"
"""Between an archive and its member in the name of a notice."""


def stamps_of(names: Sequence[str]) -> dict[str, str]:
    """Names of notices with the state of their files (size and time), "" where there is no file.

    A resumed run reads a file again whose state has changed.
    """
    return {name: _stamp(Path(name.split(ARCHIVE_MARK)[0])) for name in names}


def _stamp(path: Path) -> str:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"


class LedgerRun:
    """One run of `classify` into one ledger.

    >>> with LedgerRun(path, manifest, stamps_of(names), resume=True) as run:  # doctest: +SKIP
    ...     for name in run.pending():
    ...         run.add(notice, records)
    ...     run.finish()

    Whatever ends the block early leaves the journal; the next run with `resume` goes on from there and
    its ledger is, byte for byte, that of an undisturbed run. Notices may be added in any order: the ledger
    has them in the order of the inputs. Memory does not grow with the number of items.

    Args:
        path: the ledger.
        manifest: what the result depends on besides the inputs (versions, model, parameters, taxonomy),
            Chinese name → value. A resumed run must have the same.
        inputs: names of the notices in order, each with the state of its file; see `stamps_of`.
        about: what the workbook's legend says.
        resume: go on with an unfinished run, if there is one.
        overwrite: an existing ledger is replaced, an unfinished run dropped (unless `resume`).
    """

    def __init__(
        self,
        path: Path,
        manifest: Mapping[str, str],
        inputs: Mapping[str, str],
        *,
        about: About | None = None,
        resume: bool = False,
        overwrite: bool = False,
    ) -> None:
        self.path = path
        self._inputs, self._about = dict(inputs), about
        check_library(path)
        left_over = journal_path(path).exists()
        check_target(path, overwrite=overwrite or (resume and left_over), resume=resume)
        if left_over and not (resume or overwrite):
            self._refuse_left_over()
        self._journal = Journal(journal_path(path))
        try:
            if resume and self._journal.manifest is not None:
                self._check_manifest(self._journal.manifest, manifest)
            else:
                self._journal.start(manifest)
        except BaseException:
            self._journal.close()
            raise

    def _refuse_left_over(self) -> None:
        """Unless nothing had been done in it, which nobody wants back."""
        with Journal(journal_path(self.path)) as journal:
            if not journal.entries:
                return
            raise LedgerError(
                f"上次写 {self.path} 的运行没有完成，"
                f"已处理的 {len(journal.entries)} 份通报保存在 {journal.path}。"
                "要接续请加 --resume，要放弃并重新开始请加 --overwrite。"
            )

    def _check_manifest(self, old: Mapping[str, str], new: Mapping[str, str]) -> None:
        names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        if names:
            changes = "；".join(
                f"{n}：原为 {old.get(n, '（无）')}，现为 {new.get(n, '（无）')}" for n in names
            )
            raise LedgerError(
                f"不能接续 {self.path}：与上次运行的设置不同（{changes}）。"
                "请用原来的设置加 --resume，或加 --overwrite 重新开始。"
            )

    def done(self, name: str) -> bool:
        """Whether the journal has this notice, read from the file as it is now."""
        entry = self._journal.entries.get(name)
        return entry is not None and entry.stamp == self._inputs[name]

    def pending(self) -> list[str]:
        """The inputs that remain to be done, in order."""
        return [name for name in self._inputs if not self.done(name)]

    def add(self, notice: NoticeRecord, records: Sequence[Record]) -> None:
        """Note one notice and its items; safe against a kill as soon as this returns.

        Raises:
            LedgerError: it cannot be written; what was noted before is kept.
            ValueError: the notice is none of the inputs.
        """
        if notice.notice not in self._inputs:
            raise ValueError(f"{notice.notice!r} is not among the {len(self._inputs)} inputs of the run")
        rows = [record_row(r) for r in records]
        self._journal.add(self._inputs[notice.notice], notice_row(notice), rows)

    def entries(self) -> Iterator[tuple[NoticeRecord, list[Record]]]:
        """What was noted, in the order of the inputs; until `finish`."""
        where = str(self._journal.path)
        for name in self._inputs:
            if self.done(name):
                notice, records = self._journal.read(name)
                yield notice_from(notice, where), [record_from(r, where) for r in records]

    def finish(self) -> None:
        """Make the ledger of the journal and drop the journal.

        Raises:
            LedgerError: the ledger cannot be written; the journal stays.
            ValueError: an input has not been added.
        """
        if pending := self.pending():
            raise ValueError(f"{len(pending)} inputs were not added, the first is {pending[0]!r}")
        self._journal.sync_if_due()
        try:
            with LedgerWriter(self.path, self._about, overwrite=True) as ledger:
                for name in self._inputs:
                    ledger.write_rows(*self._journal.read(name))
        except LedgerError as error:
            raise LedgerError(
                f"{error}各份通报的结果保存在 {self._journal.path}；排除故障后加 --resume 即可写出台账。"
            ) from error
        self._journal.path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._journal.close()
