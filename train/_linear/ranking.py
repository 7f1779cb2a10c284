"""Which words the annotators quoted: a listwise ranker over the parts of the clauses of one outcome.

The probability of a part is a softmax over its outcome's parts (conditional logit, McFadden 1974); the
fit maximises the probability that one of the quoted parts is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.preprocessing import StandardScaler

from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.statuses.parts import Part, part_facts, split_parts
from zhenggai.classification.statuses.small import Affine

PENALTY = 10.0
"""L2 penalty of the standardised facts; chosen on folds 0 to 3."""
WRITTEN_WEIGHT = 0.5
_SHARED = 4
"""Characters that a part shares with the quoted words, or all of either, to be one of the quoted."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """The clauses of one outcome and their parts, and which parts hold the annotated evidence."""

    problem: str
    clauses: tuple[str, ...]
    roles: Floats
    parts: tuple[Part, ...]
    hits: tuple[bool, ...]
    written: bool


def choice_of(problem: str, clauses: Sequence[str], roles: Floats, evidence: str, written: bool) -> Choice:
    """The parts of `clauses` that hold `evidence`, in every clause that does; none if no clause does."""
    parts = tuple(split_parts(clauses))
    places = {i: clause.find(evidence) for i, clause in enumerate(clauses)} if evidence else {}

    def holds(part: Part) -> bool:
        start = places.get(part.clause, -1)
        if start < 0:
            return False
        shared = min(part.end, start + len(evidence)) - max(part.start, start)
        return shared >= min(_SHARED, part.end - part.start, len(evidence))

    hits = [holds(part) for part in parts]
    reached = {part.clause for part, hit in zip(parts, hits, strict=True) if hit}
    # Words spread thinly over short parts: any part of their clause will do.
    thin = {i for i, start in places.items() if start >= 0} - reached
    found = tuple(hit or part.clause in thin for part, hit in zip(parts, hits, strict=True))
    return Choice(problem, tuple(clauses), roles, parts, found, written)


def fit_evidence(choices: Sequence[Choice]) -> Affine:
    """From the facts of a part to one score, for the softmax over the parts of an outcome."""
    used = [c for c in choices if any(c.hits) and not all(c.hits)]
    facts = np.concatenate([part_facts(c.problem, c.clauses, c.parts, c.roles) for c in used])
    hits = np.array([hit for c in used for hit in c.hits], dtype=np.float64)
    starts = np.cumsum([0, *(len(c.hits) for c in used)])[:-1]
    weights = np.array([WRITTEN_WEIGHT if c.written else 1.0 for c in used])
    scaler = StandardScaler().fit(facts)
    penalty = np.full(facts.shape[1], PENALTY)
    found = listwise(csr_matrix(scaler.transform(facts)), hits, starts, penalty, weights)
    scale = np.where(scaler.scale_ == 0, 1, scaler.scale_)
    return Affine(_numbers(scaler.mean_), _numbers(scale), (list(_numbers(found)),), (0.0,))


def listwise(
    x: csr_matrix, hits: Numbers, starts: NDArray[np.int64], penalty: Numbers, weights: Numbers
) -> Numbers:
    """Coefficients, shape (features,), with the least Σ weight · −ln P(a hit is chosen) + ½ penalty · b².

    Args:
        x: features of all parts, those of one outcome in a row, shape (parts, features).
        hits: 1 where the part is a right choice, shape (parts,); each outcome has at least one.
        starts: index of the first part of each outcome.
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
