"""Which clause the annotators quoted: a listwise ranker over the clauses of one outcome.

The probability of a clause is a softmax over its outcome's clauses (conditional logit, McFadden 1974); the
fit maximises the probability that one of the quoted clauses is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.preprocessing import StandardScaler

from train._linear.fitting import assemble, columns_of
from zhenggai.classification.evidence import clause_facts, evidence_fields
from zhenggai.classification.linear import LinearModel
from zhenggai.classification.ngrams import Floats
from zhenggai.classification.small import Affine

FIELD_WEIGHTS = (1.0, 0.7, 1.0)
FACTS_ALONE_PENALTY, FACTS_PENALTY, TEXT_PENALTY = 30.0, 10.0, 0.2
"""L2 penalties; chosen on folds 0 to 3."""
WRITTEN_WEIGHT = 0.5

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """The clauses of one outcome, and which of them hold the annotated evidence."""

    problem: str
    clauses: tuple[str, ...]
    roles: Floats
    hits: tuple[bool, ...]
    written: bool


def fit_evidence(choices: Sequence[Choice], with_text: bool) -> tuple[Affine, LinearModel]:
    """Scores of a clause by its facts and by its text, to be added; without text the latter are 0."""
    used = [c for c in choices if any(c.hits) and not all(c.hits)]
    facts = np.concatenate([clause_facts(c.problem, c.clauses, c.roles) for c in used])
    fields = [row for c in used for row in evidence_fields(c.problem, c.clauses, c.roles)]
    hits = np.array([hit for c in used for hit in c.hits], dtype=np.float64)
    starts = np.cumsum([0, *(len(c.hits) for c in used)])[:-1]
    weights = np.array([WRITTEN_WEIGHT if c.written else 1.0 for c in used])
    scaler = StandardScaler().fit(facts)
    parts = [csr_matrix(scaler.transform(facts))]
    penalty = np.full(facts.shape[1], FACTS_PENALTY if with_text else FACTS_ALONE_PENALTY)
    vocabularies, text = columns_of(fields, FIELD_WEIGHTS, least=2)
    if with_text:
        parts.append(text)
        penalty = np.concatenate([penalty, np.full(text.shape[1], TEXT_PENALTY)])
    found = listwise(hstack(parts).tocsr(), hits, starts, penalty, weights)
    scale = np.where(scaler.scale_ == 0, 1, scaler.scale_)
    affine = Affine(
        _numbers(scaler.mean_), _numbers(scale), (list(_numbers(found[: facts.shape[1]])),), (0.0,)
    )
    by_text = found[facts.shape[1] :] if with_text else np.zeros(text.shape[1])
    dense = by_text.astype(np.float32)[:, None]
    return affine, assemble(("quoted",), FIELD_WEIGHTS, vocabularies, dense, np.zeros(1, np.float32))


def listwise(
    x: csr_matrix, hits: Numbers, starts: NDArray[np.int64], penalty: Numbers, weights: Numbers
) -> Numbers:
    """Coefficients, shape (features,), with the least Σ weight · −ln P(a hit is chosen) + ½ penalty · b².

    Args:
        x: features of all clauses, those of one outcome in a row, shape (clauses, features).
        hits: 1 where the clause is a right choice, shape (clauses,); each outcome has at least one.
        starts: index of the first clause of each outcome.
        penalty: of each feature.
        weights: of each outcome.
    """
    group = np.repeat(np.arange(len(starts)), np.diff([*starts, x.shape[0]]))

    def loss(b: Numbers) -> tuple[float, Numbers]:
        scores = x @ b
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        everything, right = np.add.reduceat(odds, starts), np.add.reduceat(odds * hits, starts)
        value = -(weights * np.log(right / everything)).sum() + 0.5 * (penalty * b * b).sum()
        slope = (odds / everything[group] - odds * hits / right[group]) * weights[group]
        return float(value), x.T @ slope + penalty * b

    start = np.zeros(x.shape[1])
    found: Numbers = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return found


def _numbers(values: NDArray[np.floating]) -> tuple[float, ...]:
    return tuple(round(float(v), 6) for v in values)
