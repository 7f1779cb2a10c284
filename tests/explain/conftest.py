from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from zhenggai.classification.model import Query
from zhenggai.explain.scoring import Probabilities


class WordCounter:
    """A classifier whose reasons are known: each label has words, each of them adds 2 to its score."""

    words: dict[str, tuple[str, ...]] = {  # noqa: RUF012
        "财经纪律": ("报销", "账目"),
        "八项规定": ("接待", "公车"),
        "其他": ("印章",),
    }
    labels = tuple(words)

    def __call__(self, queries: Sequence[Query]) -> Probabilities:
        texts = [" ".join((q.problem, q.outcome, *q.path)) for q in queries]
        counts = [[2.0 * sum(w in t for w in words) for words in self.words.values()] for t in texts]
        odds = np.exp(np.array(counts))
        return odds / odds.sum(axis=1, keepdims=True)

    def stated(self, query: Query) -> bool:
        return "已完成整改" in query.outcome


@pytest.fixture
def scorer() -> WordCounter:
    return WordCounter()
