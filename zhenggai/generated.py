"""Methods of dataclasses that are compiled once on a machine, not once in every process.

`dataclasses` writes the methods of each class as source text and compiles it: half a millisecond a class, and
a run has fifty. Kept like the patterns of `zhenggai.patterns`, beside the byte code, they take a tenth.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from zhenggai.patterns import store

_NAME = "exec"
"""What `dataclasses` calls with source, globals and locals: a name of the module goes before the built-in."""


@contextmanager
def kept_methods() -> Iterator[None]:
    """While the block runs, dataclasses take the compiled form of their methods where it is kept.

    For the program that owns the process; the library leaves `dataclasses` as it is. The source text is the
    key, so what is made does not change, whatever a version of Python writes.
    """
    module: dict[str, Any] = vars(dataclasses)
    if _NAME in module:  # somebody else's
        yield
        return
    module[_NAME] = _run
    try:
        yield
    finally:
        del module[_NAME]


def _run(source: str, *scopes: dict[str, Any]) -> None:
    exec(store.derived(source, _compiled), *scopes)


def _compiled(source: str) -> CodeType:
    return compile(source, "<string>", "exec")
