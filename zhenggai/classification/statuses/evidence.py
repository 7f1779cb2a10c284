"""What the choice of the evidence knows of each clause.

The annotators quote the shortest words that decided; among several finished actions these are the ones that
answer the problem most directly, which no single number shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np

from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.outcome import wording
from zhenggai.classification.outcome.cues import LETTERS, cues
from zhenggai.classification.statuses.facts import ROLES, overlap
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
    n = len(clauses)
    of_role, done = roles.tolist(), roles[:, _D].tolist()
    logs = np.log(roles[:, [_D, _R]] + np.float32(0.02)).tolist()
    rank = np.argsort(np.argsort(-roles[:, _D], kind="stable"), kind="stable").tolist()
    shared = [overlap(problem, clause) for clause in clauses]
    most = max(shared, default=0.0)
    both = shared_and(shared, roles[:, _D])
    before = [0.0, *accumulate(done, max)]
    behind = [*accumulate(reversed(done), max, initial=0.0)]
    rows = []
    for i, clause in enumerate(clauses):  # numbers of Python: one of numpy's takes ten times as long
        length = len(clause)
        rows.append(
            [
                *of_role[i],
                *logs[i],
                *(rank[i] == 0, rank[i] == 1, rank[i] >= 3),
                *(i == 0, i == n - 1, i / n, (i == 0) * min(n, 8) / 8),
                *(shared[i], shared[i] == most > 0, shared[i] - most, both[i]),
                *(min(length, 120) / 120, length < 18, length > 100),
                wording.stated(clause) is not None,
                wording.whole_verdict(clause) is not None,
                _NUMBERED.search(clause) is not None,
                *(before[i], behind[n - 1 - i]),
                shared[i] / max(1, length) ** 0.5 * 5,
                *[word.search(clause) is not None for word in _WORDS],
                *hint_row(cues(clause)),
            ]
        )
    return np.asarray(rows, dtype=np.float32)


def shared_and(shared: Sequence[float], done: Floats) -> list[float]:
    """Products of both, shape (n,)."""
    product: list[float] = (np.asarray(shared, dtype=np.float32) * done).tolist()
    return product


@lru_cache(maxsize=1024)  # clauses and their parts have the same few
def hint_row(hints: str) -> tuple[bool, ...]:
    """Which of all hints stand in `hints`."""
    return tuple(letter in hints for letter in LETTERS)
