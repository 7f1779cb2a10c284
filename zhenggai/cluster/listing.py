"""What the user names → pieces: folders, files, list files, Parquet tables, WARC archives, zips."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from enum import StrEnum

from zhenggai.cluster import storage, warc
from zhenggai.cluster.pieces import Cut, Entry, Kind, Piece
from zhenggai.cluster.tables import parquet_pieces
from zhenggai.errors import ReadingError
from zhenggai.ledger.run import stamps_of
from zhenggai.notice.formats import archive
from zhenggai.notice.reading import Limits, Source, expand
from zhenggai.notice.sources.passing import is_companion


class Format(StrEnum):
    """What the given paths are."""

    AUTO = "auto"
    """By their endings; folders hold notices, zips and WARC files."""
    LIST = "list"
    """Text files with one path or address a line."""
    PARQUET = "parquet"
    """Parquet files, or folders of them."""
    WARC = "warc"
    """WARC files, or folders of them."""


def pieces_of(paths: Iterable[str], form: Format, cut: Cut, limits: Limits) -> Iterator[Piece]:
    """The pieces that `paths` come to, in an order that never changes.

    A path that cannot be read becomes an input with an error, as on one machine.

    Raises:
        StorageError: a Parquet file without the columns that are needed, or an unknown scheme.
    """
    if form is Format.LIST:
        paths = _lines(paths)
    files: list[str] = []
    for path in map(str, paths):
        special = _special(path, form)
        if special is None and not storage.is_remote(path):
            files.append(path)
            continue
        yield from _local_pieces(files, cut, limits)
        files = []
        yield from (
            _remote_pieces(path, cut, limits) if special is None else _special_pieces(path, special, cut)
        )
    yield from _local_pieces(files, cut, limits)


def _lines(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        try:
            text = storage.read(str(path)).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise storage.StorageError(
                f"清单 {path}：应为 UTF-8 文本，每行一个路径，实际无法读取（{error}）。请检查路径和编码。"
            ) from error
        yield from (line.strip() for line in text.splitlines() if line.strip())


def _special(path: str, form: Format) -> Kind | None:
    if form is Format.PARQUET or path.lower().endswith(".parquet"):
        return Kind.PARQUET
    return Kind.WARC if form is Format.WARC or warc.is_warc(path) else None


def _special_pieces(path: str, kind: Kind, cut: Cut) -> Iterator[Piece]:
    """Of one Parquet or WARC file, or of those in a folder."""
    try:
        found = list(storage.listed(path))
    except OSError as error:
        yield _failed(path, f"路径：应为存在的文件或文件夹，实际无法读取（{error}）。请检查路径。")
        return
    wanted = [f for f in found if _special(f.name, Format.AUTO) is kind and not _hidden(f.name)]
    for file in wanted or found[:1]:  # a single file may have any ending
        if kind is Kind.PARQUET:
            yield from parquet_pieces(file, cut)
        else:
            yield from warc.pieces(file, cut)


def _hidden(name: str) -> bool:
    """By the custom of Hive and Spark (`_temporary`, `.part.crc`)."""
    return any(part.startswith(("_", ".")) for part in name.split("/") if part not in ("", ".", ".."))


def _failed(name: str, error: str) -> Piece:
    return Piece(Kind.FILES, (Entry(name, error=error),))


def _local_pieces(paths: list[str], cut: Cut, limits: Limits) -> Iterator[Piece]:
    """Of files that the command on one machine would find, under the same names."""
    if not paths:
        return
    archives: list[str] = []
    for group in cut.groups(_entries(expand(paths, limits), archives)):
        yield Piece(Kind.FILES, group)
    for path in archives:
        yield from _special_pieces(path, Kind.WARC, cut)


def _entries(sources: Iterable[Source], archives: list[str]) -> Iterator[Entry]:
    for source in sources:
        if source.data is not None:
            yield Entry(source.name, error="输入：应为文件，实际为标准输入，集群作业无法分发。请先存为文件。")
        elif warc.is_warc(source.name) and source.error is None:
            archives.append(source.name)
        else:
            stamp = stamps_of([source.name])[source.name] if source.error is None else ""
            yield Entry(source.name, stamp, _size(source.name), source.error)


def _size(name: str) -> int:
    try:
        return os.stat(name).st_size
    except (OSError, ValueError):
        return 0  # a member of an archive


def _remote_pieces(path: str, cut: Cut, limits: Limits) -> Iterator[Piece]:
    """Of a folder or file at an address; zips there are read once per piece."""
    try:
        found = list(storage.listed(path))
    except OSError as error:
        yield _failed(path, f"路径：应为存在的地址，实际无法读取（{error}）。请检查地址和访问权限。")
        return
    kept = [f for f in found if f.name == path or not is_companion(f.name.partition("://")[2])]
    if not kept:
        yield _failed(path, "文件夹：应含有可读的文件，实际没有。请检查地址。")
    plain: list[Entry] = []
    for file in kept:
        if warc.is_warc(file.name):
            yield from warc.pieces(file, cut)
        elif file.name.lower().endswith(".zip"):
            yield from _zip_pieces(file, cut, limits)
        else:
            plain.append(Entry(file.name, file.stamp, file.size))
    for group in cut.groups(plain):
        yield Piece(Kind.FILES, group)


def _zip_pieces(file: storage.Stored, cut: Cut, limits: Limits) -> Iterator[Piece]:
    try:
        data = storage.read(file.name, limits.file_bytes + 1)
        with archive.open_zip(data, limits) as opened:
            names = [m for m in archive.members(opened) if not is_companion(m)]
    except (OSError, ReadingError) as error:
        yield _failed(file.name, str(error))
        return
    for group in cut.groups(Entry(name) for name in names):
        yield Piece(Kind.ZIP, group, file.name, file.stamp)
