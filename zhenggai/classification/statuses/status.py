"""Outcomes become statuses: clauses are read, stated words win, the deciding clause is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zhenggai.classification.calibration import Calibration, blend, log_softmax, read_calibration
from zhenggai.classification.category import DIGITS
from zhenggai.classification.distinct import over_distinct
from zhenggai.classification.inputs import role_fields
from zhenggai.classification.linear_models.linear import Fields, LinearModel, load_linear
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.model import Evidence, Query, StatusPrediction
from zhenggai.classification.outcome import wording
from zhenggai.classification.outcome.clauses import Clause, read_clauses
from zhenggai.classification.outcome.reported import plain, reporting
from zhenggai.classification.statuses.correction import DONE, UNSTATED, correct
from zhenggai.classification.statuses.explicit import Stated, is_long_term, stated_status
from zhenggai.classification.statuses.facts import status_facts, status_fields
from zhenggai.classification.statuses.further import without_further
from zhenggai.classification.statuses.parts import part_facts, split_parts
from zhenggai.classification.statuses.quote import after_label, best_run, clause_probabilities
from zhenggai.classification.statuses.small import SmallModel, read_small

STATED_SCORE = 0.98
"""Probability given to a stated status: how often the rule is right on the training notices."""
LINEAR_FILES = ("roles", "text")


@dataclass(frozen=True)
class Reading:
    """An outcome in clauses with what the role model says of each."""

    query: Query
    clauses: tuple[Clause, ...]
    """Those that report something."""
    texts: list[str]
    """Them as the models read them."""
    roles: Floats
    every: tuple[Clause, ...]
    """With the fields of a form, which may state a status or a long term."""


@dataclass(frozen=True)
class RoleReader:
    """Outcomes in, clauses with role probabilities out."""

    roles: LinearModel
    core_only: bool = False
    """Whether further work is left out. The models are fitted on all: it tells them what remainders are."""

    def read(self, queries: Sequence[Query]) -> list[Reading]:
        """Clauses and role probabilities, shape (clauses, 5), of each query."""
        every = [tuple(read_clauses(q.outcome)) for q in queries]
        told = [self._told(*row) for row in zip(queries, map(reporting, every), strict=True)]
        split = [tuple(clause for clause, _ in own) for own in told]
        texts = [[text for _, text in own] for own in told]
        fields = [row for own in texts for row in role_fields(own)]
        probabilities = np.asarray(over_distinct(fields, self._role_probabilities), dtype=np.float32).reshape(
            len(fields), len(self.roles.labels)
        )
        ends = np.cumsum([len(clauses) for clauses in split])[:-1]
        parts = np.split(probabilities, ends) if queries else []
        return [Reading(*row) for row in zip(queries, split, texts, parts, every, strict=True)]

    def _told(self, query: Query, clauses: Sequence[Clause]) -> list[tuple[Clause, str]]:
        """The clauses that are read, each as the models read it."""
        texts = [plain(clause.text, query.published) for clause in clauses]
        read: Sequence[str | None] = without_further(query.problem, texts) if self.core_only else texts
        return [(c, text) for c, text in zip(clauses, read, strict=True) if text is not None]

    def _role_probabilities(self, fields: Sequence[Fields]) -> list[Floats]:
        return list(blend(Calibration(), self.roles.scores(fields), None)) if fields else []


@dataclass(frozen=True)
class StatusModels:
    """What a status folder holds."""

    roles: LinearModel
    text: LinearModel
    """From `facts.status_fields` to the statuses."""
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
        return RoleReader(self.models.roles, core_only=True).read(queries)

    def _classify(self, queries: Sequence[Query]) -> list[StatusPrediction]:
        readings = self.read(queries)
        known = [_by_rule(reading) for reading in readings]
        inferred = iter(
            self._inferred([r for r, found in zip(readings, known, strict=True) if found is None])
        )
        return [found or next(inferred) for found in known]

    def _inferred(self, readings: Sequence[Reading]) -> list[StatusPrediction]:
        """What the models say of `readings` that have clauses and no stated status."""
        rows = self._probabilities(readings)
        labels = [self.models.small.labels[int(row.argmax())] for row in rows]
        out = []
        for reading, row, label in zip(readings, rows, labels, strict=True):
            long_term = is_long_term(reading.query.path, reading.every)
            score = round(float(row.max()), DIGITS)
            if label == UNSTATED:
                out.append(StatusPrediction(label, score, long_term, "none"))
                continue
            source, evidence = self._evidence(reading, label)
            out.append(StatusPrediction(label, score, long_term, source, evidence))
        return out

    def probabilities(self, reading: Reading) -> Floats:
        """Calibrated probabilities of the statuses, shape (4,)."""
        return self._probabilities([reading])[0]

    def _probabilities(self, readings: Sequence[Reading]) -> Floats:
        """The same of several readings, shape (n, 4); all texts go through the linear model together."""
        if not readings:
            return np.empty((0, len(self.labels)), dtype=np.float32)
        clauses = [reading.texts for reading in readings]
        # Row by row: a product of several rows may round otherwise, and an item's scores are its own.
        facts = [
            self.models.small.status.scores(status_facts(r.query.problem, own, r.roles)[None])
            for r, own in zip(readings, clauses, strict=True)
        ]
        fields = [status_fields(own, r.roles) for r, own in zip(readings, clauses, strict=True)]
        both = log_softmax(np.concatenate(facts)) + log_softmax(self.models.text.scores(fields))
        scores = log_softmax(both * np.float32(0.5))
        for row, reading, own in zip(scores, readings, clauses, strict=True):
            correct(row, self.labels, reading.query.problem, own)
        return blend(self.calibration, scores, None)

    def distributions(self, queries: Sequence[Query]) -> list[Floats]:
        """Probabilities of the statuses of each query, shape (4,): a stated one gets `STATED_SCORE`."""
        return [self._distribution(reading) for reading in self.read(queries)]

    def _distribution(self, reading: Reading) -> Floats:
        labels = self.models.small.labels
        stated = stated_status(reading.query.path, reading.every)
        status = stated.status if stated else None if reading.clauses else UNSTATED
        if status is None:
            return self.probabilities(reading)
        rest = (1 - STATED_SCORE) / (len(labels) - 1)
        return np.array([STATED_SCORE if label == status else rest for label in labels], dtype=np.float32)

    def _evidence(self, reading: Reading, label: str) -> tuple[str, Evidence]:
        """Source of the status `label` of a reading, and the words that decide it."""
        texts = reading.texts
        parts = split_parts(texts)
        small = self.models.small
        ranker = small.evidence_done if label == DONE else small.evidence_open
        scores = ranker.scores(part_facts(reading.query.problem, texts, parts, reading.roles))[:, 0]
        probabilities = clause_probabilities(parts, scores, len(texts))
        said = wording.stated if label == DONE else wording.stated_of_all
        stated = said(texts[int(probabilities.argmax())]) == label
        quoted = best_run(reading.query.outcome, reading.clauses, probabilities)
        first, last = (reading.clauses[index] for index in quoted)
        return "explicit" if stated else "inferred", _quote(
            Clause(reading.query.outcome[first.start : last.end], first.start)
        )


def _by_rule(reading: Reading) -> StatusPrediction | None:
    """The prediction where the notice states the status, or where there is no outcome."""
    stated = stated_status(reading.query.path, reading.every)
    if stated is None and reading.clauses:
        return None
    long_term = is_long_term(reading.query.path, reading.every)
    if stated is None:
        return StatusPrediction(UNSTATED, 1.0, long_term, "none")
    return StatusPrediction(
        stated.status, STATED_SCORE, long_term, "explicit", _stated_evidence(stated, reading)
    )


def _quote(clause: Clause) -> Evidence:
    """`clause` as evidence, without the label before it (整改情况：)."""
    cut = after_label(clause.text)
    return Evidence(clause.text[cut:], "outcome", clause.start + cut)


def _stated_evidence(stated: Stated, reading: Reading) -> Evidence | None:
    if stated.clause is not None:
        return _quote(reading.every[stated.clause])
    if stated.heading is not None:
        return Evidence(reading.query.path[stated.heading], "path", stated.heading)
    return None


def load_status(folder: Path) -> StatusClassifier:
    """The status classifier in `folder`.

    Raises:
        ModelError: a file is missing or wrong.
    """
    roles, text = (load_linear(folder, name) for name in LINEAR_FILES)
    return StatusClassifier(StatusModels(roles, text, read_small(folder)), read_calibration(folder))
