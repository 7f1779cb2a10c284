"""Regular expressions that are compiled once on a machine, not once in every process.

Ours take 70 ms to compile, half of what the whole command may take beyond its libraries; loading their
compiled form takes 1.5 ms. It is kept as Python keeps its own: beside this module in `__pycache__` (or below
`PYTHONPYCACHEPREFIX`), and not with `PYTHONDONTWRITEBYTECODE`. Where it cannot be kept, or Python's `re` is
built otherwise than expected, patterns are compiled as everywhere else.
"""

from __future__ import annotations

import atexit
import contextlib
import marshal
import os
import re
import sys
from array import array
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, AnyStr

_Key = tuple[str | bytes, int]
_Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What `_sre.compile` takes besides the pattern: flags, code, number of groups, names, names by number."""
_NO_PATTERN = -1
"""In place of flags: what is kept is no pattern."""
_MOST = 3000
"""Entries of a file: one that has more is full of older versions."""


class Store:
    """Compiled patterns in a file.

    Args:
        path: the file; None keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[_Key, Any] = self._read()
        self._new: dict[_Key, Any] = {}

    def compile(self, pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """`re.compile(pattern, flags)`."""
        found = self._known.get((pattern, int(flags)))
        if found is not None:
            with contextlib.suppress(RuntimeError, TypeError, ValueError, OverflowError):
                return _load(pattern, found)
        if self._path is not None and not sys.dont_write_bytecode:
            with contextlib.suppress(AttributeError, TypeError, OverflowError):
                self._new[pattern, int(flags)] = code = _compile(pattern, int(flags))
                return _load(pattern, code)
        return re.compile(pattern, flags)

    def derived(self, source: str, make: Callable[[str], Any]) -> Any:
        """`make(source)`, kept likewise; it must be plain data, and not be changed."""
        key = source, _NO_PATTERN
        if key not in self._known:
            value = make(source)
            if self._path is None or sys.dont_write_bytecode or not _is_plain(value):
                return value
            self._known[key] = self._new[key] = value
        return self._known[key]

    def save(self) -> None:
        """Write the file, if there is something new and it can be written."""
        if self._path is None or not self._new:
            return
        known = self._read() | self._new
        content = marshal.dumps((_version(), known if len(known) <= _MOST else self._new))
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            temporary.write_bytes(content)
            temporary.replace(self._path)

    def _read(self) -> dict[_Key, Any]:
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
            version, known = marshal.loads(self._path.read_bytes()) if self._path else (None, {})
            if version == _version() and isinstance(known, dict):
                return known
        return {}


def _is_plain(value: Any) -> bool:
    try:
        marshal.dumps(value)
    except ValueError:
        return False
    return True


def _version() -> tuple[int, str]:
    """What compiled code depends on besides the pattern."""
    return getattr(_sre(), "MAGIC", 0), sys.version


@cache
def _sre() -> Any:
    return import_module("_sre")


def _load(pattern: AnyStr, code: _Code) -> re.Pattern[AnyStr]:
    """The pattern of compiled code, which the engine checks."""
    flags, packed, groups, names, by_number = code
    made: re.Pattern[AnyStr] = _sre().compile(
        pattern, flags, array("I", packed).tolist(), groups, names, by_number
    )
    return made


def _compile(pattern: str | bytes, flags: int) -> _Code:
    """What `re.compile` does before it calls `_sre.compile`.

    Raises:
        re.error: the pattern is wrong.
        AttributeError: the parts of `re` are not where they were in Python 3.11 to 3.14.
    """
    parser: Any = re._parser  # type: ignore[attr-defined]
    compiler: Any = re._compiler  # type: ignore[attr-defined]
    parsed = parser.parse(pattern, flags)
    names: dict[str, int] = parsed.state.groupdict
    by_number: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        by_number[number] = name
    code = array("I", compiler._code(parsed, flags)).tobytes()
    return flags | parsed.state.flags, code, parsed.state.groups - 1, dict(names), tuple(by_number)


def _default_path() -> Path | None:
    """Beside this module's byte code; `importlib.util`, which would say where, takes 2 ms to import."""
    cached = __spec__.cached if __spec__ else None
    return Path(cached).with_suffix(".patterns") if cached else None


store = Store(_default_path())
atexit.register(store.save)
compiled = store.compile
"""`re.compile`, quicker the second time."""
