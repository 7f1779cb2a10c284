"""The parts of a clause between commas, and what the choice of the evidence knows of each.

The annotated words are mostly one such part (17 characters on average, a clause has 53), so the choice is
learned on parts: which of them was quoted says more than in which clause it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.outcome import wording
from zhenggai.classification.outcome.cues import LETTERS, cues
from zhenggai.classification.statuses.evidence import (
    CLAUSE_FACTS,
    CURED,
    MEETING,
    clause_facts,
    hint_row,
    shared_and,
)
from zhenggai.classification.statuses.facts import ROLES, overlap
from zhenggai.patterns import compiled

_PIECE = compiled(r"[^，,：:；;。！？\n]+")
_SHORTEST = 2
_D = ROLES.index("D")
_FINISHED_HINTS = [LETTERS.index(letter) for letter in "ekmqrstuvw"]
_NUMBERED = compiled(r"^(?:[一二三四五六七八九十]是|[①-⑳]|[（(]?\d+[）)、.．])")
_WORDS = tuple(
    compiled(pattern)
    for pattern in (
        r"\d",
        "《",
        "已",
        CURED,
        MEETING,
        "印发|制定|出台|修订|建立|下发",
        "要求|加强|强化|提高|进一步|切实",
        "^同时|^并",
        r"^\d{4}年|^\d+月",
        "元",
        "确保|做到|推动|促进|提升",
    )
)
PART_FACTS = CLAUSE_FACTS + 17 + len(_WORDS) + len(LETTERS) + len(_FINISHED_HINTS)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a clause: `clauses[clause][start:end]`."""

    clause: int
    start: int
    end: int


def split_parts(clauses: Sequence[str]) -> list[Part]:
    """The parts of all clauses in order; each clause has at least one."""
    return [Part(i, start, end) for i, clause in enumerate(clauses) for start, end in _pieces(clause)]


def _pieces(clause: str) -> list[tuple[int, int]]:
    found = [piece.span() for piece in _PIECE.finditer(clause) if len(piece[0].strip()) >= _SHORTEST]
    return found or [(0, len(clause))]


def part_facts(problem: str, clauses: Sequence[str], parts: Sequence[Part], roles: Floats) -> Floats:
    """Facts about each part, those of its clause first, shape (parts, PART_FACTS).

    `roles` are the role probabilities of the clauses, shape (clauses, 5).
    """
    of_clauses = clause_facts(problem, clauses, roles)
    clause = [part.clause for part in parts]
    texts = [clauses[part.clause][part.start : part.end] for part in parts]
    shared = [overlap(problem, text) for text in texts]
    most = max(shared, default=0.0)
    finished = roles[clause, _D]
    both = shared_and(shared, finished)
    siblings = Counter(clause)
    before: Counter[int] = Counter()
    rows = []
    for k, (text, done) in enumerate(zip(texts, finished.tolist(), strict=True)):
        place, of = before[clause[k]], siblings[clause[k]]
        before[clause[k]] += 1
        length, hints = len(text), hint_row(cues(text))
        rows.append(
            [
                *(shared[k], shared[k] == most > 0, shared[k] - most, both[k]),
                *(min(length, 40) / 40, length < 6, length > 30),
                *(place == 0, place == of - 1, of == 1, place / of, 1 / of),
                *(k == 0, k == len(parts) - 1, k / len(parts)),
                _NUMBERED.search(text) is not None,
                wording.stated(text) is not None,
                *[word.search(text) is not None for word in _WORDS],
                *hints,
                *[hints[at] * done for at in _FINISHED_HINTS],
            ]
        )
    own = np.asarray(rows, dtype=np.float32)
    return np.hstack([of_clauses[clause], own])
