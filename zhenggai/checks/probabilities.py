"""Out-of-fold probabilities: each example judged by a model that has not seen its notice."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhenggai.checks.similarity import Matrix
from zhenggai.ledger.extras import load_extra

FOLDS = 5
_C = 10.0
_ITERATIONS = 100

Indices = NDArray[np.intp]


def out_of_fold(
    features: Matrix, targets: Indices, groups: Sequence[str | None], labels: int, seed: int
) -> NDArray[np.float64]:
    """Probabilities, shape (n, labels), by logistic regression over `features`, shape (n, features).

    Folds keep the rows of a group together and spread the labels evenly; a row without a group (None) is
    one of its own. A label that occurs in one fold alone gets the probability 0 there.

    Raises:
        LedgerError: scikit-learn is not installed.
    """
    linear: Any = load_extra("sklearn.linear_model", "checks", "检查标注")
    out = np.zeros((len(targets), labels))
    for train, held in _folds(targets, groups, seed):
        known = targets[train]
        if len(set(known.tolist())) < 2:
            out[held, known[0]] = 1
            continue
        model = linear.LogisticRegression(C=_C, max_iter=_ITERATIONS, class_weight="balanced", tol=1e-3)
        model.fit(features[train], known)
        out[np.ix_(held, model.classes_)] = model.predict_proba(features[held])
    return out


def _folds(targets: Indices, groups: Sequence[str | None], seed: int) -> Iterator[tuple[Indices, Indices]]:
    selection: Any = load_extra("sklearn.model_selection", "checks", "检查标注")
    names = [group or f"#{i}" for i, group in enumerate(groups)]
    splitter = selection.StratifiedGroupKFold(
        max(min(FOLDS, len(set(names))), 2), shuffle=True, random_state=seed
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The least populated class", UserWarning)  # found by `imbalance`
        for train, held in splitter.split(np.zeros(len(names)), targets, names):
            if len(train) and len(held):
                yield train, held
