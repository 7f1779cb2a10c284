"""How alike texts are: TF-IDF over characters, shared by the checks and the explanations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhenggai.classification.inputs import bare
from zhenggai.ledger.extras import load_extra

Matrix = Any
"""A `scipy.sparse` matrix in CSR form."""
_ROWS = 512
"""Rows compared at a time: bounds memory to 512 × n similarities."""


class TextIndex:
    """Texts that can be asked for the ones nearest to another text."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Learn the vocabulary of `texts`: runs of 1 to 3 characters, numbering and wrappers aside.

        Raises:
            LedgerError: scikit-learn is not installed.
        """
        text: Any = load_extra("sklearn.feature_extraction.text", "checks", "比较文本")
        self._vectorizer = text.TfidfVectorizer(
            analyzer="char", ngram_range=(1, 3), sublinear_tf=True, preprocessor=bare, dtype=np.float32
        )
        # A place-holder keeps the vocabulary from being empty; it is no row of the matrix.
        self.matrix: Matrix = self._vectorizer.fit_transform([*texts, "○"])[: len(texts)]

    def nearest(self, texts: Sequence[str], count: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Indices and cosine similarities of the nearest texts of the index, shape (n, ≤ count)."""
        return _top(self._vectorizer.transform(texts), self.matrix, count, own=False)

    def nearest_others(self, count: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The same for each text of the index, which is not its own neighbour."""
        return _top(self.matrix, self.matrix, count, own=True)


def _top(
    queries: Matrix, matrix: Matrix, count: int, own: bool
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    count = max(min(count, matrix.shape[0] - own), 0)
    indices = np.zeros((queries.shape[0], count), np.intp)
    values = np.zeros((queries.shape[0], count))
    for start in range(0, queries.shape[0] if count else 0, _ROWS):
        similar = (queries[start : start + _ROWS] @ matrix.T).toarray()
        rows = np.arange(len(similar))
        if own:
            similar[rows, rows + start] = -1
        best = np.argpartition(-similar, count - 1, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(similar, best, axis=1), axis=1, kind="stable")
        best = np.take_along_axis(best, order, axis=1)
        indices[start : start + _ROWS] = best
        values[start : start + _ROWS] = np.clip(np.take_along_axis(similar, best, axis=1), 0, 1)
    return indices, values
