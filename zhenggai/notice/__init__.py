"""A file becomes items; knows nothing of models."""

from typing import TYPE_CHECKING

from zhenggai.notice.model import Declared, Item, Notice, SourceText

if TYPE_CHECKING:
    from zhenggai.notice.parsing import parse

__all__ = ["Declared", "Item", "Notice", "SourceText", "parse"]


def __getattr__(name: str) -> object:
    """`parse` and its hundred modules at the first use: who needs the data types alone does without."""
    if name == "parse":
        from zhenggai.notice.parsing import parse

        return parse
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
