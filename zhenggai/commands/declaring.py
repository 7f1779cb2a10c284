"""How a command's arguments are declared, apart from the library that reads them.

typer takes 30 ms to load, a quarter of what the whole of `zhenggai classify` may take beyond its libraries.
So `classify` and `parse` declare their arguments with these classes; `simple.py` reads a plain command line
by them, and `for_typer` turns them into typer's own for help, mistakes and everything else.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from types import FunctionType
from typing import Annotated, Any, NamedTuple


class Argument(NamedTuple):
    """A positional argument."""

    metavar: str
    help: str


class Option(NamedTuple):
    """An option; a boolean one is a flag."""

    names: tuple[str, ...]
    help: str
    metavar: str | None = None
    min: int | None = None
    """The least value of a number."""
    max: int | None = None


def declared(hint: Any) -> tuple[Any, Argument | Option | None]:
    """Type and declaration of an annotation."""
    own = next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, (Argument, Option))), None)
    return (hint.__origin__, own) if own is not None else (hint, None)


def for_typer(function: Callable[..., None]) -> Callable[..., None]:
    """A copy of `function` whose arguments are declared as typer wants them."""
    assert isinstance(function, FunctionType)
    parts = function.__code__, function.__globals__, function.__name__, function.__defaults__
    copy = FunctionType(*parts, function.__closure__)
    copy.__doc__, copy.__module__ = function.__doc__, function.__module__
    hints = typing.get_type_hints(function, include_extras=True)
    copy.__annotations__ = {name: _typer_hint(hint) for name, hint in hints.items()}
    return copy


def _typer_hint(hint: Any) -> Any:
    import typer

    kind, own = declared(hint)
    if isinstance(own, Argument):
        return Annotated[kind, typer.Argument(metavar=own.metavar, help=own.help)]
    if isinstance(own, Option):
        first, *others = own.names
        return Annotated[
            kind,
            typer.Option(first, *others, help=own.help, metavar=own.metavar, min=own.min, max=own.max),
        ]
    return hint
