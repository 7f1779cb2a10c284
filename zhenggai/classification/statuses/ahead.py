"""Statuses that another process works out while this one loads the encoder: plain data between both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from zhenggai.classification.model import Evidence, Query, StatusPrediction
from zhenggai.classification.statuses.status import StatusClassifier, load_status
from zhenggai.resources import model_path


@dataclass(frozen=True)
class StatusesAhead(StatusClassifier):
    """A status classifier that takes what the other process has worked out, and works out the rest."""

    made: Callable[[], Any]
    """Gives once what `plain_statuses` made there, or None; it may have to wait."""

    def _classify(self, queries: Sequence[Query]) -> list[StatusPrediction]:
        known = {Query(*query): _prediction(own) for query, own in self.made() or ()}
        others = iter(super()._classify([query for query in queries if query not in known]))
        return [known.get(query) or next(others) for query in queries]


def plain_statuses(queries: Sequence[Query], folder: Path | None) -> list[tuple[Any, Any]]:
    """Queries and their statuses by the model in `folder`, or by that which comes with the package."""
    found = load_status(folder or model_path("status")).classify(queries)
    return [(astuple(query), astuple(own)) for query, own in zip(queries, found, strict=True)]


def _prediction(plain: Any) -> StatusPrediction:
    label, score, long_term, source, evidence = plain
    return StatusPrediction(label, score, long_term, source, Evidence(*evidence) if evidence else None)
