"""Errors that a user sees: each says what was expected, what was found and what to do, in Chinese."""

from __future__ import annotations


class ZhenggaiError(Exception):
    """Any problem that the user can do something about."""


class ConfigError(ZhenggaiError):
    """A configuration file is wrong."""


class ReadingError(ZhenggaiError):
    """A file could not be read as a notice's text."""


class ModelError(ZhenggaiError):
    """A model folder is missing, incomplete or not of the expected kind."""


def unforeseen(task: str, error: Exception, advice: str = "请把该文件反馈给开发者") -> str:
    """What a user is told of a fault of ours that costs one notice."""
    return f"通报：应能{task}，实际出错（{type(error).__name__}：{error}）。{advice}。"


class LedgerError(ZhenggaiError):
    """A ledger could not be written or read."""
