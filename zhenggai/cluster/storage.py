"""Places on local disk or in any file system that Arrow or fsspec knows (`s3://`, `oss://`, `hdfs://`, …)."""

from __future__ import annotations

import contextlib
import functools
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from zhenggai.errors import ZhenggaiError

T = TypeVar("T")

ATTEMPTS = 4
FIRST_WAIT = 0.5
"""Seconds before the second attempt; each further wait is twice as long."""
_REPLACES_BY_MOVE = ("local", "hdfs", "subtree")
"""File systems where a file is visible while it is written; object stores show it when it is whole."""


class StorageError(ZhenggaiError):
    """A place that cannot be reached or an input that cannot be opened."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as the file system lists it."""

    name: str
    """As it would be given to `read`."""
    size: int
    stamp: str
    """Changes when the file changes: size and time."""


def is_remote(name: str) -> bool:
    """Whether a name is an address (`scheme://…`) and not a path of this machine."""
    return "://" in name


def join(folder: str, *parts: str) -> str:
    """`folder` and `parts` with slashes between, which every file system understands."""
    return "/".join((folder.rstrip("/") or "/", *parts))


@functools.cache
def _system(root: str) -> Any:
    """The Arrow file system of `scheme://` (and the bucket, where that decides the region); "" is local."""
    from pyarrow import fs

    if not root:
        return fs.LocalFileSystem()
    try:
        return fs.FileSystem.from_uri(root)[0]
    except (ValueError, NotImplementedError):  # Arrow does not know the scheme: ask fsspec
        return _from_fsspec(root)


def _from_fsspec(root: str) -> Any:
    from pyarrow import fs

    scheme = root.split("://")[0]
    try:
        import fsspec

        return fs.PyFileSystem(fs.FSSpecHandler(fsspec.filesystem(scheme)))
    except (ImportError, ValueError) as error:
        raise StorageError(
            f"地址 {root}：应为本机路径，或 s3、gs、hdfs、oss 等可用的文件系统，实际无法打开（{error}）。"
            "请安装相应的组件（如 s3fs、ossfs），或改用本机路径。"
        ) from error


def locate(name: str) -> tuple[Any, str]:
    """File system and path within it.

    Raises:
        StorageError: no library knows the scheme.
    """
    if not is_remote(name):
        return _system(""), name
    scheme, _, path = name.partition("://")
    if scheme == "file":
        return _system(""), path
    root = f"{scheme}://{path.split('/')[0]}" if scheme in ("s3", "hdfs", "viewfs") else f"{scheme}://"
    return _system(root), path


def retried(action: Callable[[], T]) -> T:
    """`action()`, tried again after a pause where the storage fails; a missing file fails at once.

    Raises:
        OSError: the last attempt failed as well.
    """
    wait = FIRST_WAIT
    for _ in range(ATTEMPTS - 1):
        try:
            return action()
        except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError):
            raise
        except OSError:
            time.sleep(wait)
            wait *= 2
    return action()


def read(name: str, limit: int | None = None) -> bytes:
    """The bytes of a file, at most `limit`.

    Raises:
        OSError: it cannot be read.
    """
    system, path = locate(name)

    def action() -> bytes:
        with system.open_input_stream(path) as stream:
            return bytes(stream.read(limit) if limit is not None else stream.read())

    return retried(action)


def opened(name: str) -> Any:
    """A seekable file object (an Arrow `NativeFile`).

    Raises:
        OSError: it cannot be opened.
    """
    system, path = locate(name)
    return retried(lambda: system.open_input_file(path))


def write(name: str, data: bytes) -> None:
    """Put a file in place whole: a reader sees the old one or the new one, never a part.

    Raises:
        OSError: it cannot be written.
    """
    system, path = locate(name)
    by_move = system.type_name in _REPLACES_BY_MOVE
    folder, _, base = path.rpartition("/")
    target = f"{folder}/.{base}.{uuid.uuid4().hex[:8]}.tmp" if by_move else path

    def action() -> None:
        with system.open_output_stream(target) as stream:
            stream.write(data)
        if by_move:
            system.move(target, path)

    retried(action)


def make_folder(name: str) -> None:
    """Create a folder and those above it; nothing happens where it exists."""
    system, path = locate(name)
    system.create_dir(path, recursive=True)


def delete(name: str) -> None:
    """Delete a file, if it exists."""
    system, path = locate(name)
    with contextlib.suppress(FileNotFoundError):
        system.delete_file(path)


def move(name: str, target: str) -> None:
    """Move a file within one file system."""
    system, path = locate(name)
    system.move(path, locate(target)[1])


def exists(name: str) -> bool:
    """Whether there is a file or folder of this name."""
    from pyarrow import fs

    system, path = locate(name)
    return bool(system.get_file_info(path).type != fs.FileType.NotFound)


def listed(folder: str, recursive: bool = True) -> Iterator[Stored]:
    """The files below a folder, sorted by name; a file lists itself.

    Raises:
        OSError: there is no such place.
    """
    from pyarrow import fs

    system, path = locate(folder)
    info = retried(lambda: system.get_file_info(path))
    if info.type == fs.FileType.NotFound:
        raise FileNotFoundError(f"没有 {folder}")
    if info.type == fs.FileType.File:
        yield _stored(folder, info)
        return
    found = retried(lambda: system.get_file_info(fs.FileSelector(path, recursive=recursive)))
    prefix = folder.partition("://")[0] + "://" if is_remote(folder) else ""
    for info in sorted(found, key=lambda i: i.path):
        if info.type == fs.FileType.File:
            yield _stored(prefix + info.path.lstrip("/") if prefix else info.path, info)


def _stored(name: str, info: Any) -> Stored:
    return Stored(name, info.size or 0, f"{info.size}-{info.mtime_ns}")


@contextlib.contextmanager
def local_copy(name: str) -> Iterator[Path]:
    """The file under a local path: itself where it is local, else a copy that goes away with the block."""
    if not is_remote(name):
        yield Path(name)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name.rpartition("/")[2])
        path.write_bytes(read(name))
        yield path
