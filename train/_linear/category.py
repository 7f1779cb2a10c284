"""The linear category model: fit, scores for held-out folds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from train._finetuning.examples import Problem
from train._linear.fitting import LinearSettings, fit_linear
from zhenggai.classification.inputs import category_fields
from zhenggai.classification.linear_models.linear import LinearModel
from zhenggai.classification.linear_models.ngrams import Floats

SETTINGS = LinearSettings(field_weights=(1.0, 0.7, 0.35, 0.7), c=0.5, hinge=True)
"""Weights of the fields of `inputs.category_fields`; chosen on folds 0 to 3."""


def fit_category(
    rows: Sequence[Problem], labels: Sequence[str], settings: LinearSettings = SETTINGS
) -> LinearModel:
    """The model of `rows`."""
    items = [category_fields(row.query) for row in rows]
    return fit_linear(items, [row.category for row in rows], labels, settings)


def held_out_scores(
    rows: Sequence[Problem], labels: Sequence[str], folds: Sequence[int]
) -> dict[str, Floats]:
    """Logits of every unit in `folds` by a model that has not seen its fold, by id."""
    inside = [row for row in rows if row.fold is None or row.fold in folds]
    out: dict[str, Floats] = {}
    for fold in folds:
        model = fit_category([row for row in inside if row.fold != fold], labels)
        units = [row for row in inside if row.fold == fold and row.is_unit]
        scores = model.scores([category_fields(row.query) for row in units])
        out |= {row.id: np.asarray(score) for row, score in zip(units, scores, strict=True)}
    return out
