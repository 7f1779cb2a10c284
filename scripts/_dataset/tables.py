"""Annotated units into the rows of the published tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Row = dict[str, Any]

# The two passes were annotated under a first scheme of statuses; these are its names today.
RENAMED_STATUS = {"长期坚持": "已完成", "正在推进": "正在整改", "未明确": "未说明"}


def normalised(unit: Mapping[str, Any]) -> Row:
    """An annotated unit with today's status names in its passes too."""
    passes = [dict(p, status=RENAMED_STATUS.get(p["status"], p["status"])) for p in unit["passes"]]
    return {**unit, "passes": passes}


def problem_row(unit: Row, fold: int) -> Row:
    """A row of the config `problems`."""
    keys = ("id", "notice", "path", "problem", "category", "also")
    unsure = any(p["unsure"] for p in unit["passes"])
    return {**{k: unit[k] for k in keys}, "unsure": unsure, "fold": fold}


def outcome_row(unit: Row, fold: int) -> Row:
    """A row of the config `outcomes`."""
    keys = ("id", "notice", "path", "problem", "outcome", "status", "long_term", "evidence", "listed_open")
    return {**{k: unit[k] for k in keys}, "fold": fold}


def clause_rows(unit: Row, fold: int) -> Iterator[Row]:
    """Rows of the config `clauses`; `start` and `end` are the clause's offsets in the outcome.

    A label on a line of its own (`整改情况：`) was joined to the clause below it, so line breaks inside a
    clause are passed over.

    Raises:
        ValueError: a clause is not in the outcome.
    """
    places = [i for i, character in enumerate(unit["outcome"]) if character != "\n"]
    flat = "".join(unit["outcome"][i] for i in places)
    at = 0
    for index, clause in enumerate(unit["clauses"]):
        found = flat.find(clause["text"], at)
        if found < 0:
            raise ValueError(f"{unit['id']}: clause {index} is not in the outcome: {clause['text']!r}")
        at = found + len(clause["text"])
        yield {
            "id": f"{unit['id']}-{index:02d}",
            "item": unit["id"],
            "notice": unit["notice"],
            "problem": unit["problem"],
            "text": clause["text"],
            "start": places[found],
            "end": places[at - 1] + 1,
            "role": clause["role"],
            "fold": fold,
        }


def heading_row(heading: Mapping[str, Any], fold: int) -> Row:
    """A row of the config `headings`: a heading that states one problem."""
    keys = ("notice", "line", "path", "text", "category", "also", "unsure")
    return {**{k: heading[k] for k in keys}, "fold": fold}
