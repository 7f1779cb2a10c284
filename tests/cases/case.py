"""A case of the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """A file's name, its bytes, and what must be found in it."""

    name: str
    data: bytes
    expected: dict[str, Any]


def item(number: str | None, problem: str, *outcome: str, **fields: Any) -> dict[str, Any]:
    """An expected item; `outcome` are fragments that its outcome contains."""
    return {"number": number, "problem": problem, "outcome": list(outcome), **fields}
