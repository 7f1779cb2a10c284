"""Versions that a run is recorded with."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from importlib.metadata import version


def versions(libraries: Iterable[str]) -> dict[str, str]:
    """Installed version of each library, and Python's."""
    return {name: version(name) for name in libraries} | {"python": platform.python_version()}
