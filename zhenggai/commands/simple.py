"""A plain command line, read without typer: known options, each once, values that fit.

Whatever else stands in it (a mistake, `--help`, an abbreviation) is left to typer, which then says what is
wrong. A test holds both against each other.
"""

from __future__ import annotations

import os
import typing
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from zhenggai.commands.declaring import Argument, Option, declared


class _UnclearError(Exception):
    """For typer to read."""


def read(function: Callable[..., None], arguments: Sequence[str]) -> dict[str, Any] | None:
    """The arguments of `function` as given in `arguments`; None where typer should read them."""
    if os.name == "nt":  # typer expands patterns there, as a shell does elsewhere
        return None
    try:
        return _read(function, arguments)
    except (_UnclearError, ValueError):
        return None


def _read(function: Callable[..., None], arguments: Sequence[str]) -> dict[str, Any]:
    hints = typing.get_type_hints(function, include_extras=True)
    fields = {name: declared(hint) for name, hint in hints.items() if name != "return"}
    by_option = {
        flag: (name, kind, own)
        for name, (kind, own) in fields.items()
        if isinstance(own, Option)
        for flag in own.names
    }
    plain: list[str] = []
    found: dict[str, Any] = {}
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-") or word == "-":
            plain.append(word)
            continue
        flag, equals, value = word.partition("=")
        if flag not in by_option or (equals and not flag.startswith("--")):
            raise _UnclearError
        name, kind, own = by_option[flag]
        if name in found or (kind is bool and equals):
            raise _UnclearError
        found[name] = True if kind is bool else _value(kind, own, value if equals else next(rest, "-"))
    (positional,) = (name for name, (_, own) in fields.items() if isinstance(own, Argument))
    required = set(list(fields)[: len(fields) - len(function.__defaults__ or ())])
    if not plain or required - found.keys() - {positional}:
        raise _UnclearError
    return {positional: plain, **found}


def _value(kind: Any, own: Option, text: str) -> Any:
    """The value of an option.

    Raises:
        _UnclearError, ValueError: it is missing, looks like an option, is no such number or out of range.
    """
    if text.startswith("-"):
        raise _UnclearError
    kinds = [k for k in typing.get_args(kind) or (kind,) if k is not type(None)]
    if kinds not in ([Path], [int], [float]):
        raise _UnclearError
    value = kinds[0](text)
    if (own.min is not None and value < own.min) or (own.max is not None and value > own.max):
        raise _UnclearError
    return value
