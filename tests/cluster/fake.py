"""A labeller whose answers depend on the texts alone, for tests of everything around the models."""

from __future__ import annotations

import hashlib
import os
import time
import zlib
from collections.abc import Sequence

from zhenggai.classification.model import (
    CategoryPrediction,
    Evidence,
    Prediction,
    Query,
    Scored,
    StatusPrediction,
)
from zhenggai.taxonomy import load_taxonomy

POISON = "毒丸"
"""A problem with this word kills the process."""
FAULT = "故障词"
"""A problem with this word raises an exception."""


class FakeLabeller:
    """Labels by checksum. Per item: `seconds` of waiting, for tests that need time to kill something, and
    `rounds` of hashing (about 2 microseconds of a core each), for those that measure throughput."""

    def __init__(self, seconds: float = 0.0, rounds: int = 0) -> None:
        taxonomy = load_taxonomy()
        self._categories = taxonomy.category_names
        self._statuses = taxonomy.status_names
        self._seconds, self._rounds = seconds, rounds

    def classify(self, queries: Sequence[Query]) -> list[Prediction]:
        time.sleep(self._seconds * len(queries))
        for _ in range(self._rounds * len(queries)):
            hashlib.blake2b(bytes(1024)).digest()
        return [self._one(query) for query in queries]

    def _one(self, query: Query) -> Prediction:
        if POISON in query.problem:
            os._exit(9)
        if FAULT in query.problem:
            raise ValueError(FAULT)
        number = zlib.crc32(repr(query).encode())
        ranked = tuple(
            Scored(self._categories[(number + i) % len(self._categories)], round(0.9 - 0.3 * i, 2))
            for i in range(3)
        )
        clause = query.outcome.split("\n")[0][:12]
        evidence = Evidence(clause, "outcome", 0) if clause else None
        status = self._statuses[number % len(self._statuses)]
        return Prediction(
            CategoryPrediction(ranked),
            StatusPrediction(status, number % 1000 / 1000, number % 2 == 0, "inferred", evidence),
        )
