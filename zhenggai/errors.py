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


class LedgerError(ZhenggaiError):
    """A ledger could not be written or read."""
