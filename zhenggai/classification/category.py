"""Problems become categories: linear model and encoder, blended and calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhenggai.classification.calibration import Calibration, blend, read_calibration
from zhenggai.classification.distinct import over_distinct
from zhenggai.classification.engines.engine import Engine
from zhenggai.classification.engines.onnx import OnnxEngine
from zhenggai.classification.inputs import category_fields, category_pair
from zhenggai.classification.linear_models.linear import LinearModel, load_linear
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.model import CategoryPrediction, Query, Scored
from zhenggai.patterns import compiled

DIGITS = 4
"""Decimals of a probability in the ledger."""
_SHOWN = 3
_MOST_ALSO = 2
EARLIER = "整改落实"
"""Below a heading about earlier findings the concrete matter goes to `also` (guideline, 4)."""
# Rectification as such, not that of a named matter: 整改主体责任, 推动整改乏力; but not ……问题整改不到位.
_RECTIFYING = compiled("整改(?!不|未|到位|完成|缓慢)")


@dataclass(frozen=True)
class CategoryClassifier:
    """Statement and path in, ranked categories out."""

    linear: LinearModel
    calibration: Calibration
    encoder: Engine | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What it tells apart, in the order of the outputs."""
        return tuple(self.linear.labels)

    @property
    def review_threshold(self) -> float:
        """Below this probability a category is to be reviewed."""
        return self.calibration.review_threshold

    def __call__(self, texts: Sequence[str]) -> list[CategoryPrediction]:
        """Predictions for problem statements without a path."""
        return self.classify([Query(problem=text) for text in texts])

    def classify(self, queries: Sequence[Query]) -> list[CategoryPrediction]:
        """One prediction per query, in order; each distinct problem is classified once."""
        keys = [Query(problem=q.problem, path=q.path) for q in queries]
        return over_distinct(keys, self._classify)

    def _classify(self, queries: Sequence[Query]) -> list[CategoryPrediction]:
        rows = self.probabilities(queries)
        orders = np.argsort(-rows, axis=1, kind="stable")[:, :_SHOWN]
        firsts = [self.linear.labels[order[0]] for order in orders]
        earlier = [query for query, first in zip(queries, firsts, strict=True) if first == EARLIER]
        matters = iter(self._matters(earlier))
        return [
            self._prediction(row, order, next(matters) if first == EARLIER else None)
            for row, order, first in zip(rows, orders, firsts, strict=True)
        ]

    def probabilities(self, queries: Sequence[Query]) -> Floats:
        """Calibrated probabilities, shape (n, categories)."""
        linear = self.linear.scores([category_fields(q) for q in queries])
        probabilities = blend(replace(self.calibration, linear_weight=1.0), linear, None)
        unsure = np.flatnonzero(probabilities.max(axis=1) < self.calibration.encoder_below)
        if self.encoder is not None and len(unsure):
            second = self.encoder.scores([category_pair(queries[int(i)]) for i in unsure])
            probabilities[unsure] = blend(self.calibration, linear[unsure], second)
        return probabilities

    def _prediction(self, row: Floats, order: NDArray[np.intp], matter: str | None) -> CategoryPrediction:
        ranked = tuple(Scored(self.linear.labels[i], round(float(row[i]), DIGITS)) for i in order)
        least = self.calibration.also_threshold * ranked[0].score
        also = [s.label for s in ranked[1 : 1 + _MOST_ALSO] if s.score >= least]
        if matter is not None and matter not in also:
            also = [matter, *also][:_MOST_ALSO]
        return CategoryPrediction(ranked, tuple(also))

    def _matters(self, queries: Sequence[Query]) -> list[str | None]:
        """Of each problem the category of what the statement alone names, if it names a matter."""
        if not queries:
            return []
        statements = [category_fields(Query(query.problem)) for query in queries]
        scores = self.linear.scores(statements)
        scores[:, self.linear.labels.index(EARLIER)] = -np.inf
        probabilities = blend(replace(self.calibration, linear_weight=1.0), scores, None)
        best = probabilities.argmax(axis=1)
        return [
            self.linear.labels[label]
            if row[label] >= self.calibration.matter_threshold and not _RECTIFYING.search(statement[0])
            else None
            for statement, row, label in zip(statements, probabilities, best.tolist(), strict=True)
        ]


def load_category(folder: Path, threads: int = 0, preload: bool = False) -> CategoryClassifier:
    """The category classifier in `folder`; its encoder runs on `threads` threads (0: as many as cores).

    With `preload` the encoder begins to load in the background: most notices have an item that needs it.

    Raises:
        ModelError: a file is missing or wrong.
    """
    calibration = read_calibration(folder)
    encoder = OnnxEngine(folder, 128, threads) if calibration.encoder_weight > 0 else None
    if preload and encoder is not None:
        encoder.preload()
    return CategoryClassifier(load_linear(folder, "linear"), calibration, encoder)
