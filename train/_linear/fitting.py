"""Fit a `LinearModel` on the very features that are used when it is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from zhenggai.classification.linear_models.linear import Fields, LinearModel
from zhenggai.classification.linear_models.ngrams import Floats, Vocabulary, learn_vocabulary

MARGIN = 4.0
"""Margins are multiplied by it, which brings them near logits; temperature scaling does the rest."""


@dataclass(frozen=True)
class LinearSettings:
    """What a fit depends on besides its data."""

    field_weights: tuple[float, ...]
    c: float = 20.0
    """Inverse of the regularisation strength."""
    least: int = 2
    """An n-gram is a feature when it stands in at least so many texts."""
    hinge: bool = False
    """A support vector machine, not a logistic regression: better on categories, a tenth of the time."""
    balance: bool = True
    """Weight classes by the inverse of their frequency."""
    iterations: int = 200


def matrix(texts: Sequence[str], vocabulary: Vocabulary, weight: float) -> csr_matrix:
    """TF-IDF rows of `texts`, shape (n, features), times `weight`."""
    rows = [vocabulary.encode(text) for text in texts]
    ends = np.cumsum([0, *(len(indices) for indices, _ in rows)])
    indices = np.concatenate([indices for indices, _ in rows])
    values = np.concatenate([values for _, values in rows]) * np.float32(weight)
    return csr_matrix((values, indices, ends), shape=(len(texts), len(vocabulary.codes)))


def fit_linear(
    items: Sequence[Fields],
    targets: Sequence[str],
    labels: Sequence[str],
    settings: LinearSettings,
    sample_weight: NDArray[np.float64] | None = None,
) -> LinearModel:
    """The linear model that maps `items` to `targets`; the columns follow `labels`.

    A label without an example gets the coefficient 0 and a bias that never wins.
    """
    vocabularies, x = columns_of(items, settings.field_weights, settings.least)
    balance = "balanced" if settings.balance else None
    model = (
        LinearSVC(C=settings.c, class_weight=balance, random_state=0)
        if settings.hinge
        else LogisticRegression(C=settings.c, class_weight=balance, max_iter=settings.iterations)
    )
    model.fit(x, np.asarray(targets), sample_weight=sample_weight)
    order = [list(model.classes_).index(label) if label in model.classes_ else -1 for label in labels]
    binary = len(model.classes_) == 2
    coefficients = np.vstack([-model.coef_, model.coef_]) / 2 if binary else model.coef_
    intercept = np.concatenate([-model.intercept_, model.intercept_]) / 2 if binary else model.intercept_
    if settings.hinge:
        coefficients, intercept = MARGIN * coefficients, MARGIN * intercept
    dense = np.zeros((x.shape[1], len(labels)), dtype=np.float32)
    bias = np.full(len(labels), -30.0, dtype=np.float32)
    for column, index in enumerate(order):
        if index >= 0:
            dense[:, column] = coefficients[index]
            bias[column] = intercept[index]
    return assemble(labels, settings.field_weights, vocabularies, dense, bias)


def columns_of(
    items: Sequence[Fields], field_weights: Sequence[float], least: int
) -> tuple[tuple[Vocabulary, ...], csr_matrix]:
    """The vocabulary of each field, and the weighted features of all side by side, shape (n, features)."""
    columns = list(zip(*items, strict=True))
    vocabularies = tuple(learn_vocabulary(column, least) for column in columns)
    parts = zip(columns, vocabularies, field_weights, strict=True)
    return vocabularies, hstack([matrix(texts, known, weight) for texts, known, weight in parts]).tocsr()


def assemble(
    labels: Sequence[str],
    field_weights: tuple[float, ...],
    vocabularies: tuple[Vocabulary, ...],
    dense: Floats,
    bias: Floats,
) -> LinearModel:
    """The model with coefficients `dense`, shape (features of all fields, labels)."""
    edges = np.cumsum([len(v.codes) for v in vocabularies])[:-1]
    blocks = tuple(block.astype(np.float16) for block in np.split(dense, edges))
    return LinearModel(tuple(labels), field_weights, vocabularies, blocks, bias)
