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
from zhenggai.classification.explicit import stated_status
from zhenggai.classification.facts import (
    CLAUSE_FACTS,
    ROLES,
    clause_facts,
    evidence_fields,
    status_facts,
    status_fields,
)
from zhenggai.classification.inputs import clause_fields
from zhenggai.classification.linear import LinearModel
from zhenggai.classification.ngrams import Floats
from zhenggai.classification.small import Affine, SmallModel
from zhenggai.classification.status import Reading, RoleReader, StatusModels

ROLE_SETTINGS = LinearSettings(field_weights=(1.0, 0.5, 0.8), c=5.0, iterations=60, balance=False)
"""Weights of the clause, its end, its hints; chosen on validation notices."""
TEXT_SETTINGS = LinearSettings(
    field_weights=(0.5, 0.5, 1.0, 1.0), c=2.0, least=2, balance=False, iterations=100
)
EVIDENCE_SETTINGS = LinearSettings(field_weights=(1.0, 0.7, 1.0), c=2.0, least=2, balance=False)
INNER_FOLDS = 3
WRITTEN_WEIGHT = 0.3
"""Written outcomes are rich in unfinished ones; at full weight they shift the class shares."""
BALANCE = 0.5
"""Classes are weighted by frequency to the power of minus this. Settings were chosen on folds 0 to 3."""


def fit_roles(rows: Sequence[Outcome]) -> LinearModel:
    """The role model of the labelled clauses of `rows`."""
    clauses = [clause for row in rows for clause in row.clauses]
    items = [clause_fields(text) for text, _ in clauses]
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
        r for r in read if r.reading.clauses and stated_status(r.row.query.path, r.reading.clauses) is None
    ]
    facts = np.stack([_facts(r) for r in inferred])
    targets = np.array([r.row.status for r in inferred])
    status = _fit_affine(facts, targets, labels, _weights(inferred, targets), c=0.1)
    done = _evidence([r for r in read if r.row.status == "已完成"])
    unfinished = _evidence([r for r in read if r.row.status in ("基本完成", "正在整改")])
    small = SmallModel(tuple(labels), status, done, unfinished)
    fields = [status_fields(*_given(r)[1:]) for r in inferred]
    text = fit_linear(fields, targets.tolist(), labels, TEXT_SETTINGS, _weights(inferred, targets))
    return StatusModels(fit_roles(rows), text, _evidence_text(read), small)


def _given(read: Read) -> tuple[str, list[str], Floats]:
    return read.row.query.problem, [c.text for c in read.reading.clauses], read.reading.roles


def _evidence_text(read: Sequence[Read]) -> LinearModel:
    """Which clause the annotators quoted, among the clauses of finished items."""
    items: list[tuple[str, str, str]] = []
    hits: list[str] = []
    for one in read:
        found = [one.row.evidence in clause.text for clause in one.reading.clauses]
        if one.row.status == "已完成" and one.row.evidence and any(found):
            items += evidence_fields(*_given(one))
            hits += ["yes" if hit else "no" for hit in found]
    return fit_linear(items, hits, ("no", "yes"), EVIDENCE_SETTINGS)


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


def _evidence(rows: Sequence[Read]) -> Affine:
    """A logistic regression on whether a clause holds the annotated evidence."""
    facts, hits = [np.zeros((0, CLAUSE_FACTS), np.float32)], []
    for read in rows:
        texts = [clause.text for clause in read.reading.clauses]
        found = [bool(read.row.evidence) and read.row.evidence in text for text in texts]
        if any(found):
            facts.append(clause_facts(read.row.query.problem, texts, read.reading.roles))
            hits += found
    stacked = np.concatenate(facts)
    scaler = StandardScaler().fit(stacked)
    model = LogisticRegression(C=0.3, max_iter=1000).fit(scaler.transform(stacked), np.array(hits))
    scale = np.where(scaler.scale_ == 0, 1, scaler.scale_)
    return Affine(
        _numbers(scaler.mean_), _numbers(scale), (list(_numbers(model.coef_[0])),), _numbers(model.intercept_)
    )


def _numbers(values: NDArray[np.floating]) -> tuple[float, ...]:
    return tuple(round(float(v), 6) for v in values)
