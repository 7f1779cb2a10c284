"""A file becomes items; knows nothing of models."""

from zhenggai.notice.model import Declared, Item, Notice, SourceText
from zhenggai.notice.parsing import parse

__all__ = ["Declared", "Item", "Notice", "SourceText", "parse"]
