"""Arrays of an uncompressed npz file, mapped into memory: only what is used is read.

`numpy.load` copies every array and sums its bytes, and brings `zipfile` with it: 15 ms for our models,
of which one notice uses a thousandth. What the zip format says of the places of its members is read here
as far as `numpy.savez` uses it; any other file goes to `numpy.load`.
"""

from __future__ import annotations

import io
import mmap
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

_END = struct.Struct("<4s4xHHII2x")
_MEMBER = struct.Struct("<4s6xH8xIIHHH8xI")
_LOCAL = struct.Struct("<4s22xHH")
_HEADER = 128
"""Bytes of the head of an array that numpy writes, as a rule."""


class _OtherError(Exception):
    """No file that `numpy.savez` wrote."""


def read_arrays(path: Path) -> Mapping[str, np.ndarray[Any, Any]]:
    """The arrays of an npz file by name; they cannot be written to.

    Raises:
        OSError: it cannot be read.
        ValueError: it is damaged, or no npz file.
    """
    with path.open("rb") as file:
        try:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return {
                name.removesuffix(".npy"): _array(mapped, start, size)
                for name, start, size in _members(mapped)
            }
        except (_OtherError, struct.error, UnicodeDecodeError):
            return _loaded(file)


def _loaded(file: BinaryIO) -> Mapping[str, np.ndarray[Any, Any]]:
    """By numpy itself.

    Raises:
        ValueError: the file is damaged, or no npz file.
    """
    import zipfile

    file.seek(0)
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return dict(arrays)
    except (EOFError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise ValueError(str(error)) from error


def member_names(path: Path) -> list[str] | None:
    """Names of the members of an npz file as `numpy.savez` writes it; None of any other zip file."""
    with path.open("rb") as file:
        try:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return [name for name, _, _ in _members(mapped)]
        except (_OtherError, struct.error, ValueError):
            return None


def _members(mapped: mmap.mmap) -> Iterator[tuple[str, int, int]]:
    """Name, start and size of every member.

    Raises:
        _OtherError, struct.error: the directory is not as `numpy.savez` writes it.
    """
    end = len(mapped) - _END.size
    if end < 0:
        raise _OtherError
    mark, count, again, size, at = _END.unpack_from(mapped, end)
    if mark != b"PK\x05\x06" or count != again or at + size != end:
        raise _OtherError
    for _ in range(count):
        mark, method, packed, size, name, extra, comment, start = _MEMBER.unpack_from(mapped, at)
        first = at + _MEMBER.size
        at = first + name + extra + comment
        if mark != b"PK\x01\x02" or method or packed != size:
            raise _OtherError
        mark, own_name, own_extra = _LOCAL.unpack_from(mapped, start)
        start += _LOCAL.size + own_name + own_extra
        if mark != b"PK\x03\x04" or start + size > end:
            raise _OtherError
        yield mapped[first : first + name].decode("ascii"), start, size


def _array(mapped: mmap.mmap, start: int, size: int) -> np.ndarray[Any, Any]:
    """The array of a member.

    Raises:
        _OtherError: it is not of plain numbers in rows, or does not fill the member.
        ValueError: it is no array.
    """
    head = io.BytesIO(mapped[start : start + min(size, _HEADER)])
    if np.lib.format.read_magic(head) != (1, 0):
        raise _OtherError
    shape, columns_first, kind = np.lib.format.read_array_header_1_0(head)
    count = 1
    for length in shape:
        count *= length
    if columns_first or kind.hasobject or head.tell() + count * kind.itemsize != size:
        raise _OtherError
    return np.frombuffer(mapped, kind, count, start + head.tell()).reshape(shape)
