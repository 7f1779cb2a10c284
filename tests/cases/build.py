"""The cases: text files as they stand, and what is made from them (encodings, formats)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """A file's name, its bytes, and what must be found in it."""

    name: str
    data: bytes
    expected: dict[str, Any]


def all_cases(folder: Path) -> list[Case]:
    """Every case, sorted by name."""
    return sorted([*text_cases(folder), *page_cases(folder)], key=lambda case: case.name)


def text_cases(folder: Path) -> Iterator[Case]:
    """`text/NAME.txt` with `text/NAME.json`."""
    for path in (folder / "text").glob("*.json"):
        expected = json.loads(path.read_text(encoding="utf-8"))
        source = path.with_suffix(".txt")
        yield Case(source.name, source.read_bytes(), expected)


def page_cases(folder: Path) -> Iterator[Case]:
    """`html/NAME.html` with `html/NAME.json`."""
    for path in (folder / "html").glob("*.json"):
        source = path.with_suffix(".html")
        yield Case(source.name, source.read_bytes(), json.loads(path.read_text(encoding="utf-8")))
