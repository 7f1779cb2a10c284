"""The linear parts of the status model: clause roles, status from facts, choice of the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from train._finetuning.examples import Outcome
from train._linear.fitting import LinearSettings, fit_linear
from train._linear.ranking import Choice, choice_of, fit_evidence
from zhenggai.classification.inputs import role_fields
from zhenggai.classification.linear_models.linear import LinearModel
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.statuses.explicit import stated_status
from zhenggai.classification.statuses.facts import ROLES, status_facts, status_fields
from zhenggai.classification.statuses.small import Affine, SmallModel
from zhenggai.classification.statuses.status import Reading, RoleReader, StatusModels

ROLE_SETTINGS = LinearSettings(field_weights=(1.0, 0.6, 0.4, 0.8, 0.3), c=10.0, iterations=60, balance=False)
"""Weights of the fields of `inputs.role_fields`; chosen on folds 0 to 3."""
TEXT_SETTINGS = LinearSettings(
    field_weights=(0.5, 0.5, 1.0, 1.0), c=2.0, least=2, balance=False, iterations=100
)
UNFINISHED = ("基本完成", "正在整改")
INNER_FOLDS = 5
WRITTEN_WEIGHT = 0.3
"""Written outcomes are rich in unfinished ones; at full weight they shift the class shares."""
BALANCE = 0.3
"""Classes are weighted by frequency to the power of minus this. Settings were chosen on folds 0 to 3."""


def fit_roles(rows: Sequence[Outcome]) -> LinearModel:
    """The role model of the labelled clauses of `rows`."""
    clauses = [clause for row in rows for clause in row.clauses]
    items = [fields for row in rows for fields in role_fields([text for text, _ in row.clauses])]
    return fit_linear(items, [role for _, role in clauses], ROLES, ROLE_SETTINGS)


@dataclass(frozen=True)
class Read:
    """A training row with its clauses as a role model that has not seen them reads them."""

    row: Outcome
    reading: Reading


def read_out_of_fold(rows: Sequence[Outcome], seed: int) -> list[Read]:
    """Each row read by a role model fitted without its notice, so that facts look as they will in use."""
    notices = sorted({row.notice for row in rows if row.notice})
    rng = np.random.default_rng(seed)
    where = {notice: int(f) for notice, f in zip(notices, rng.permutation(len(notices)), strict=True)}
    inner = [where[r.notice] % INNER_FOLDS if r.notice else int(rng.integers(INNER_FOLDS)) for r in rows]
    out: list[Read] = []
    for fold in range(INNER_FOLDS):
        roles = fit_roles([row for row, own in zip(rows, inner, strict=True) if own != fold])
        out += read_with(roles, [row for row, own in zip(rows, inner, strict=True) if own == fold])
    return out


def read_with(roles: LinearModel, rows: Sequence[Outcome]) -> list[Read]:
    """Each row read by `roles`."""
    reader = RoleReader(roles)
    readings = reader.read([row.query for row in rows])
    return [Read(row, reading) for row, reading in zip(rows, readings, strict=True)]


def fit_status(rows: Sequence[Outcome], labels: Sequence[str], seed: int) -> StatusModels:
    """All linear parts of the status model, fitted on `rows`."""
    read = read_out_of_fold(rows, seed)
    inferred = [
        r for r in read if r.reading.clauses and stated_status(r.row.query.path, r.reading.every) is None
    ]
    facts = np.stack([_facts(r) for r in inferred])
    targets = np.array([r.row.status for r in inferred])
    status = _fit_affine(facts, targets, labels, _weights(inferred, targets), c=0.1)
    done = fit_evidence([choice(r) for r in read if r.row.status == "已完成"])
    unfinished = fit_evidence([choice(r) for r in read if r.row.status in UNFINISHED])
    small = SmallModel(tuple(labels), status, done, unfinished)
    fields = [status_fields(*_given(r)[1:]) for r in inferred]
    text = fit_linear(fields, targets.tolist(), labels, TEXT_SETTINGS, _weights(inferred, targets))
    return StatusModels(fit_roles(rows), text, small)


def _given(read: Read) -> tuple[str, list[str], Floats]:
    return read.row.query.problem, read.reading.texts, read.reading.roles


def choice(read: Read) -> Choice:
    """The clauses of `read`, and which of their parts hold its evidence."""
    return choice_of(*_given(read), read.row.evidence, read.row.fold is None)


def _facts(read: Read) -> Floats:
    return status_facts(*_given(read))


def _weights(rows: Sequence[Read], targets: NDArray[np.str_]) -> NDArray[np.float64]:
    share = {label: float((targets == label).mean()) for label in set(targets.tolist())}
    return np.array(
        [
            share[target] ** -BALANCE * (WRITTEN_WEIGHT if read.row.fold is None else 1.0)
            for read, target in zip(rows, targets.tolist(), strict=True)
        ]
    )


def _fit_affine(
    facts: Floats,
    targets: NDArray[np.str_],
    labels: Sequence[str],
    weights: NDArray[np.float64],
    c: float,
) -> Affine:
    scaler = StandardScaler().fit(facts)
    model = LogisticRegression(C=c, max_iter=1000).fit(
        scaler.transform(facts), targets, sample_weight=weights
    )
    order = [list(model.classes_).index(label) for label in labels]
    scale = np.where(scaler.scale_ == 0, 1, scaler.scale_)
    return Affine(
        _numbers(scaler.mean_),
        _numbers(scale),
        tuple(list(_numbers(model.coef_[i])) for i in order),
        _numbers(model.intercept_[order]),
    )


def _numbers(values: NDArray[np.floating]) -> tuple[float, ...]:
    return tuple(round(float(v), 6) for v in values)
