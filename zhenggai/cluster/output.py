"""The output folder of a run on a cluster: partitions that appear whole, and what makes a run resumable.

    items/part-KEY.parquet     the rows of `zhenggai classify --output LEDGER.parquet`
    notices/part-KEY.parquet   the rows of its second table
    errors/part-KEY.parquet    inputs of the piece that failed (only where there are any)
    done/KEY.json              written last: the piece counts; its totals
    errors.parquet             all failures, made at the end
    summary.json               totals, made at the end
    manifest.json              what the result depends on besides the inputs

KEY is the key of the piece (see `pieces.Piece.key`), so a piece that is done twice (a worker was killed
between writing and reporting) replaces its own partitions and doubles nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from zhenggai.cluster import storage
from zhenggai.cluster.totals import Totals
from zhenggai.errors import LedgerError
from zhenggai.ledger.columns import NOTICE_COLUMNS, RECORD_COLUMNS, Column
from zhenggai.ledger.files import LedgerWriter
from zhenggai.ledger.legend import About
from zhenggai.ledger.parquet import ParquetTable, read_parquet
from zhenggai.ledger.rows import Row, notice_row, record_row
from zhenggai.pipeline import Result

ERROR_COLUMNS = tuple(c for c in NOTICE_COLUMNS if c.name in ("notice", "error"))
_TABLES = ("items", "notices", "errors")
_READERS = 32
"""Small files that are fetched at a time; a request to an object store takes some 20 ms."""


@dataclass(frozen=True, slots=True)
class Output:
    """A folder by its path or address."""

    folder: str

    def open(self, manifest: Mapping[str, str], *, resume: bool, overwrite: bool) -> None:
        """Make the folder ready for a run.

        Raises:
            LedgerError: it holds an earlier run and neither flag is given, or one with other settings.
        """
        old = self._manifest()
        if old is not None and not (resume or overwrite):
            raise LedgerError(
                f"输出 {self.folder} 已有一次运行的结果。要接续请加 --resume，要重新开始请加 --overwrite。"
            )
        if old is not None and overwrite and not resume:
            self._clear()
        elif old is not None:
            self._compare(old, manifest)
        elif storage.exists(self.folder) and next(storage.listed(self.folder), None) is not None:
            raise LedgerError(
                f"输出 {self.folder}：应为空文件夹或未完成的运行，实际有其他文件。请换一个文件夹。"
            )
        for name in (*_TABLES, "done"):
            storage.make_folder(storage.join(self.folder, name))
        self._put("manifest.json", dict(manifest))

    def done(self) -> set[str]:
        """Keys of the pieces that are finished."""
        names = (f.name.rpartition("/")[2] for f in storage.listed(self._path("done")))
        return {name.removesuffix(".json") for name in names if name.endswith(".json")}

    def failed(self) -> set[str]:
        """Keys of the pieces in which an input failed."""
        names = (f.name.rpartition("/")[2] for f in storage.listed(self._path("errors")))
        return {n.removeprefix("part-").removesuffix(".parquet") for n in names if n.startswith("part-")}

    def commit(self, key: str, results: Iterable[Result]) -> Totals:
        """Write the partitions of a piece, then the mark that it is done.

        Memory holds one piece in Parquet form and 4,096 rows.

        Raises:
            OSError: the storage fails after several attempts.
        """
        totals = Totals()
        with tempfile.TemporaryDirectory() as folder:
            rows = self._partitions(Path(folder), results, totals)
            for name in _TABLES:
                target = self._part(name, key)
                if name != "errors" or rows:
                    storage.write(target, Path(folder, name).read_bytes())
                else:
                    storage.delete(target)  # of an earlier attempt
        return totals

    @staticmethod
    def _partitions(folder: Path, results: Iterable[Result], totals: Totals) -> int:
        """Write the three tables to local files; how many inputs failed."""
        items = ParquetTable(folder / "items", RECORD_COLUMNS)
        notices = ParquetTable(folder / "notices", NOTICE_COLUMNS)
        errors = ParquetTable(folder / "errors", ERROR_COLUMNS)
        for result in results:
            totals.add(result)
            notices.write(notice_row(result.notice))
            for record in result.records:
                items.write(record_row(record))
            if result.notice.error is not None:
                errors.write(notice_row(result.notice))
        for table in (items, notices, errors):
            table.close()
        return totals.failed

    def mark(self, key: str, totals: Totals) -> None:
        """The piece is done."""
        self._put(f"done/{key}.json", totals.as_dict())

    def set_aside(self, keys: Iterable[str]) -> int:
        """Move partitions whose inputs have changed or are no longer given to `stale/`; how many pieces."""
        moved = sorted(keys)
        for key in moved:
            storage.delete(self._path("done", f"{key}.json"))
            for name in _TABLES:
                if storage.exists(self._part(name, key)):
                    storage.make_folder(self._path("stale", name))
                    storage.move(self._part(name, key), self._path("stale", name, f"part-{key}.parquet"))
        return len(moved)

    def drop_uncommitted(self, done: set[str]) -> None:
        """Delete partitions that a killed run left without their mark."""
        for table in _TABLES:
            for file in storage.listed(self._path(table)):
                name = file.name.rpartition("/")[2]
                if name.removeprefix("part-").removesuffix(".parquet") not in done:
                    storage.delete(file.name)

    def totals(self, keys: Sequence[str]) -> Totals:
        """Totals of finished pieces."""
        total = Totals()
        with ThreadPoolExecutor(_READERS) as pool:
            for data in pool.map(lambda key: storage.read(self._path("done", f"{key}.json")), keys):
                total.merge(Totals.from_dict(json.loads(data)))
        return total

    def finish(self, keys: Sequence[str], totals: Totals) -> None:
        """Write the table of all failures and the summary."""
        with tempfile.TemporaryDirectory() as folder:
            table = ParquetTable(Path(folder, "errors"), ERROR_COLUMNS)
            failed = self.failed()
            for key in (k for k in keys if k in failed):
                for row in self._rows("errors", key, ERROR_COLUMNS):
                    table.write(row)
            table.close()
            storage.write(self._path("errors.parquet"), Path(folder, "errors").read_bytes())
        self._put("summary.json", totals.as_dict())

    def write_ledger(self, keys: Sequence[str], ledger: Path, about: About, overwrite: bool) -> None:
        """One ordinary ledger of all partitions, in the order of the inputs.

        Raises:
            LedgerError: as for `zhenggai classify`.
        """
        with LedgerWriter(ledger, about, overwrite) as writer:
            for key in keys:
                items = self._rows("items", key, RECORD_COLUMNS)
                for notice in self._rows("notices", key, NOTICE_COLUMNS):
                    writer.write_rows(notice, [next(items) for _ in range(notice["items"])])

    def _rows(self, table: str, key: str, columns: Sequence[Column]) -> Iterator[Row]:
        with storage.local_copy(self._part(table, key)) as path:
            for row, _ in read_parquet(path, columns):
                yield row

    def _part(self, table: str, key: str) -> str:
        return self._path(table, f"part-{key}.parquet")

    def _path(self, *parts: str) -> str:
        return storage.join(self.folder, *parts)

    def _put(self, name: str, value: Mapping[str, object]) -> None:
        storage.write(self._path(name), json.dumps(value, ensure_ascii=False, indent=1).encode())

    def _manifest(self) -> dict[str, str] | None:
        name = self._path("manifest.json")
        if not storage.exists(name):
            return None
        try:
            return dict(json.loads(storage.read(name)))
        except ValueError as error:
            raise LedgerError(f"{name} 已损坏，无法接续。请换一个输出文件夹。") from error

    def _compare(self, old: Mapping[str, str], new: Mapping[str, str]) -> None:
        names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        if names:
            found = "；".join(f"{n}：原为 {old.get(n, '（无）')}，现为 {new.get(n, '（无）')}" for n in names)
            raise LedgerError(
                f"不能接续 {self.folder}：与上次运行的设置不同（{found}）。"
                "请用原来的设置加 --resume，或加 --overwrite 重新开始。"
            )

    def _clear(self) -> None:
        """Delete what a run writes, and nothing else; the manifest last."""
        for name in ("done", *_TABLES):
            for file in list(storage.listed(self._path(name))) if storage.exists(self._path(name)) else ():
                storage.delete(file.name)
        for name in ("errors.parquet", "summary.json", "manifest.json"):
            storage.delete(self._path(name))
