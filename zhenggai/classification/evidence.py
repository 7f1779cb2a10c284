"""What the choice of the evidence knows of each clause.

The annotators quote the shortest words that decided; among several finished actions these are the ones that
answer the problem most directly, which no single number shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhenggai.classification import wording
from zhenggai.classification.cues import LETTERS, cues
from zhenggai.classification.facts import ROLES, overlap
from zhenggai.classification.ngrams import Floats
from zhenggai.patterns import compiled

_D, _R = ROLES.index("D"), ROLES.index("R")
CURED = r"未再|已[^，。]{0,6}(?:取消|停止|纠正|清退|追回|退还|收回|完成|到位|解决)"
MEETING = r"(?:召开|组织)[^，。]{0,12}(?:会|学习)"
_NUMBERED = compiled(r"^(?:[一二三四五六七八九十]是|[①-⑳]|（?\d)")
_WORDS = tuple(
    compiled(pattern)
    for pattern in (
        r"\d",
        "《",
        "已",
        r"^.{0,2}整改成效",
        r"^.{0,2}整改(?:情况|措施)",
        CURED,
        MEETING,
        "印发|制定|出台|修订|建立",
        "要求",
        "^同时",
    )
)
CLAUSE_FACTS = 27 + len(_WORDS) + len(LETTERS)


def clause_facts(problem: str, clauses: Sequence[str], roles: Floats) -> Floats:
    """Facts about each clause for the choice of the evidence, shape (n, CLAUSE_FACTS).

    `roles` are the role probabilities of the clauses, shape (n, 5).
    """
    n, done = len(clauses), roles[:, _D]
    rank = np.argsort(np.argsort(-done, kind="stable"), kind="stable")
    shared = [overlap(problem, clause) for clause in clauses]
    most = max(shared, default=0.0)
    rows = []
    for i, clause in enumerate(clauses):
        hints, length = cues(clause), len(clause)
        row = [
            *roles[i],
            np.log(done[i] + 0.02),
            np.log(roles[i, _R] + 0.02),
            *(rank[i] == 0, rank[i] == 1, rank[i] >= 3),
            *(i == 0, i == n - 1, i / n, (i == 0) * min(n, 8) / 8),
            *(shared[i], shared[i] == most > 0, shared[i] - most, shared[i] * done[i]),
            *(min(length, 120) / 120, length < 18, length > 100),
            wording.stated(clause) is not None,
            wording.whole_verdict(clause) is not None,
            _NUMBERED.search(clause) is not None,
            done[:i].max(initial=0.0),
            done[i + 1 :].max(initial=0.0),
            shared[i] / max(1, length) ** 0.5 * 5,
        ]
        rows.append(
            [*row, *(w.search(clause) is not None for w in _WORDS), *(letter in hints for letter in LETTERS)]
        )
    return np.asarray(rows, dtype=np.float32)
