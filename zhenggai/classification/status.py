"""Outcomes become statuses: clauses are read, stated words win, the deciding clause is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zhenggai.classification import wording
from zhenggai.classification.calibration import Calibration, blend, log_softmax, read_calibration
from zhenggai.classification.category import DIGITS
from zhenggai.classification.clauses import Clause, split_clauses
from zhenggai.classification.distinct import over_distinct
from zhenggai.classification.evidence import clause_facts, evidence_fields
from zhenggai.classification.explicit import Stated, is_long_term, stated_status
from zhenggai.classification.facts import status_facts, status_fields
from zhenggai.classification.inputs import role_fields
from zhenggai.classification.linear import Fields, LinearModel, load_linear
from zhenggai.classification.model import Evidence, Query, StatusPrediction
from zhenggai.classification.ngrams import Floats
from zhenggai.classification.small import SmallModel, read_small

STATED_SCORE = 0.98
"""Probability given to a stated status: how often the rule is right on the training notices."""
LINEAR_FILES = ("roles", "text", "evidence")
_DONE, _UNSTATED = "已完成", "未说明"


@dataclass(frozen=True)
class Reading:
    """An outcome in clauses with what the role model says of each."""

    query: Query
    clauses: tuple[Clause, ...]
    roles: Floats


@dataclass(frozen=True)
class RoleReader:
    """Outcomes in, clauses with role probabilities out."""

    roles: LinearModel

    def read(self, queries: Sequence[Query]) -> list[Reading]:
        """Clauses and role probabilities, shape (clauses, 5), of each query."""
        split = [tuple(split_clauses(q.outcome)) for q in queries]
        fields = [row for clauses in split for row in role_fields([clause.text for clause in clauses])]
        probabilities = np.asarray(over_distinct(fields, self._role_probabilities), dtype=np.float32).reshape(
            len(fields), len(self.roles.labels)
        )
        ends = np.cumsum([len(clauses) for clauses in split])[:-1]
        parts = np.split(probabilities, ends) if queries else []
        return [Reading(q, c, p) for q, c, p in zip(queries, split, parts, strict=True)]

    def _role_probabilities(self, fields: Sequence[Fields]) -> list[Floats]:
        return list(blend(Calibration(), self.roles.scores(fields), None)) if fields else []


@dataclass(frozen=True)
class StatusModels:
    """What a status folder holds."""

    roles: LinearModel
    text: LinearModel
    """From `facts.status_fields` to the statuses."""
    evidence: LinearModel
    """From `evidence_fields` to one score: how well the clause shows that the problem is cured."""
    small: SmallModel


@dataclass(frozen=True)
class StatusClassifier:
    """Problem, path and outcome in; status, evidence and the long-term flag out."""

    models: StatusModels
    calibration: Calibration

    @property
    def labels(self) -> tuple[str, ...]:
        """What it tells apart, in the order of the outputs."""
        return tuple(self.models.small.labels)

    @property
    def review_threshold(self) -> float:
        """Below this probability a status is to be reviewed."""
        return self.calibration.review_threshold

    def __call__(self, texts: Sequence[str]) -> list[StatusPrediction]:
        """Predictions for outcomes without their problem: what remains cannot be held against the core."""
        return self.classify([Query(problem="", outcome=text) for text in texts])

    def classify(self, queries: Sequence[Query]) -> list[StatusPrediction]:
        """One prediction per query, in order; each distinct item is classified once."""
        return over_distinct(queries, self._classify)

    def read(self, queries: Sequence[Query]) -> list[Reading]:
        """Clauses and role probabilities of each query."""
        return RoleReader(self.models.roles).read(queries)

    def _classify(self, queries: Sequence[Query]) -> list[StatusPrediction]:
        return [self._predict(reading) for reading in self.read(queries)]

    def _predict(self, reading: Reading) -> StatusPrediction:
        long_term = is_long_term(reading.query.path, reading.clauses)
        stated = stated_status(reading.query.path, reading.clauses)
        if stated is not None:
            evidence = _stated_evidence(stated, reading)
            return StatusPrediction(stated.status, STATED_SCORE, long_term, "explicit", evidence)
        if not reading.clauses:
            return StatusPrediction(_UNSTATED, 1.0, long_term, "none")
        row = self.probabilities(reading)
        best = int(row.argmax())
        label, score = self.models.small.labels[best], round(float(row[best]), DIGITS)
        if label == _UNSTATED:
            return StatusPrediction(label, score, long_term, "none")
        clause = reading.clauses[self._deciding(reading, label)]
        source = "explicit" if wording.stated(clause.text) == label else "inferred"
        return StatusPrediction(label, score, long_term, source, _quote(clause))

    def probabilities(self, reading: Reading) -> Floats:
        """Calibrated probabilities of the statuses, shape (4,)."""
        given = reading.query.problem, [c.text for c in reading.clauses], reading.roles
        by_facts = log_softmax(self.models.small.status.scores(status_facts(*given)[None]))
        by_text = log_softmax(self.models.text.scores([status_fields(*given[1:])]))
        return blend(self.calibration, (by_facts + by_text) * np.float32(0.5), None)[0]

    def distributions(self, queries: Sequence[Query]) -> list[Floats]:
        """Probabilities of the statuses of each query, shape (4,): a stated one gets `STATED_SCORE`."""
        return [self._distribution(reading) for reading in self.read(queries)]

    def _distribution(self, reading: Reading) -> Floats:
        labels = self.models.small.labels
        stated = stated_status(reading.query.path, reading.clauses)
        status = stated.status if stated else None if reading.clauses else _UNSTATED
        if status is None:
            return self.probabilities(reading)
        rest = (1 - STATED_SCORE) / (len(labels) - 1)
        return np.array([STATED_SCORE if label == status else rest for label in labels], dtype=np.float32)

    def _deciding(self, reading: Reading, label: str) -> int:
        given = reading.query.problem, [c.text for c in reading.clauses], reading.roles
        facts, small = clause_facts(*given), self.models.small
        if label != _DONE:
            return int(small.evidence_open.scores(facts)[:, 0].argmax())
        by_text = self.models.evidence.scores(evidence_fields(*given))
        return int((small.evidence_done.scores(facts) + by_text)[:, 0].argmax())


def _quote(clause: Clause) -> Evidence:
    return Evidence(clause.text, "outcome", clause.start)


def _stated_evidence(stated: Stated, reading: Reading) -> Evidence | None:
    if stated.clause is not None:
        return _quote(reading.clauses[stated.clause])
    if stated.heading is not None:
        return Evidence(reading.query.path[stated.heading], "path", stated.heading)
    return None


def load_status(folder: Path) -> StatusClassifier:
    """The status classifier in `folder`.

    Raises:
        ModelError: a file is missing or wrong.
    """
    roles, text, evidence = (load_linear(folder, name) for name in LINEAR_FILES)
    return StatusClassifier(StatusModels(roles, text, evidence, read_small(folder)), read_calibration(folder))
