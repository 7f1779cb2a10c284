"""The data set as training examples: labelled rows with their fold, written rows without one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np

from train._finetuning.corrections import read_corrections
from train._finetuning.duplicates import refuse_near_duplicates
from zhenggai.classification.model import Query
from zhenggai.taxonomy import load_taxonomy

SPLITS = ("train", "validation", "test")
FOLDS = (0, 1, 2, 3, 4)
"""Of `data/splits.json`; the last is the test split."""
T = TypeVar("T")


class OfNotice(Protocol):
    """A row that says which notice it comes from."""

    @property
    def notice(self) -> str:
        """Its name."""
        ...


R = TypeVar("R", bound=OfNotice)


@dataclass(frozen=True)
class Problem:
    """A problem statement or heading with its category."""

    query: Query
    category: str
    also: tuple[str, ...]
    fold: int | None
    """None: written for training, belongs to no notice."""
    id: str = ""
    notice: str = ""
    is_unit: bool = False
    """Whether figures count it: an annotated unit, not a heading nor a written example."""


@dataclass(frozen=True)
class Outcome:
    """An outcome with its status, and its clauses with roles where they are labelled."""

    query: Query
    status: str
    long_term: bool
    evidence: str
    clauses: tuple[tuple[str, str], ...]
    """(text, role) in order; empty where roles are not labelled."""
    fold: int | None
    id: str = ""
    notice: str = ""


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def load_problems(data: Path, corrections: Sequence[Path] = ()) -> list[Problem]:
    """All units, headings and written statements; near-duplicates of real statements are refused.

    `corrections` are folders of `zhenggai review import`; their rows train as written ones do.
    """
    real = [
        Problem(_query(row), row["category"], tuple(row["also"]), row["fold"], row["id"], row["notice"], True)
        for row in _table(data, "problems")
    ]
    headings = [
        Problem(
            Query(row["text"], tuple(row["path"])),
            row["category"],
            tuple(row["also"]),
            row["fold"],
            notice=row["notice"],
        )
        for row in _table(data, "headings")
    ]
    written = [
        Problem(_query(row), row["category"], tuple(row.get("also") or ()), None)
        for row in _written(data, "problems")
    ]
    statements = [p.query.problem for p in real + headings]
    known = load_taxonomy().category_names
    corrected = [
        Problem(_query(row), row["category"], tuple(row["also"]), None, row["id"], row["notice"])
        for row in read_corrections(corrections, "problems", known, list(_table(data, "problems")))
    ]
    kept = refuse_near_duplicates(written, lambda p: p.query.problem, statements)
    return real + headings + kept + corrected


def load_outcomes(data: Path, corrections: Sequence[Path] = ()) -> list[Outcome]:
    """All units and the written outcomes; `corrections` as for `load_problems`."""
    roles: dict[str, list[tuple[str, str]]] = {}
    for row in _table(data, "clauses"):
        roles.setdefault(row["item"], []).append((row["text"], row["role"]))
    real = [
        Outcome(
            _query(row, row["outcome"]),
            row["status"],
            row["long_term"],
            row["evidence"],
            tuple(roles.get(row["id"], ())),
            row["fold"],
            row["id"],
            row["notice"],
        )
        for row in _table(data, "outcomes")
    ]
    written = [_written_outcome(row) for row in _written(data, "outcomes")]
    known = load_taxonomy().status_names
    rows = read_corrections(corrections, "outcomes", known, list(_table(data, "outcomes")))
    return real + written + [_written_outcome(row) for row in rows]


def share_of(things: Sequence[T], share: float, seed: int) -> list[T]:
    """A share of `things`, in their order; a larger share holds the smaller one."""
    order = np.random.default_rng(seed).permutation(len(things))
    return [things[i] for i in sorted(order[: round(share * len(things))])]


def some_notices(rows: Sequence[R], share: float, seed: int) -> list[R]:
    """The rows of a share of the notices."""
    kept = set(share_of(sorted({row.notice for row in rows}), share, seed))
    return [row for row in rows if row.notice in kept]


def held_out(rows: Sequence[Problem], fold: int) -> tuple[list[Problem], list[Problem]]:
    """Training rows and evaluated units when `fold` is held out."""
    return [r for r in rows if r.fold != fold], [r for r in rows if r.fold == fold and r.is_unit]


def _query(row: dict[str, Any], outcome: str = "") -> Query:
    return Query(row["problem"], tuple(row["path"]), outcome)


def _written_outcome(row: dict[str, Any]) -> Outcome:
    clauses = tuple((c["text"], c["role"]) for c in row.get("clauses") or ())
    outcome = row.get("outcome") or "".join(text for text, _ in clauses)
    evidence = row.get("evidence") or ""
    return Outcome(_query(row, outcome), row["status"], bool(row["long_term"]), evidence, clauses, None)


def _table(data: Path, name: str) -> Iterator[dict[str, Any]]:
    for split in SPLITS:
        yield from read_rows(data / "tables" / name / f"{split}.jsonl")


def _written(data: Path, name: str) -> Iterator[dict[str, Any]]:
    for path in sorted((data / "synthetic" / name).glob("*.jsonl")):
        yield from read_rows(path)
