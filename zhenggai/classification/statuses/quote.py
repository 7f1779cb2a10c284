"""How much of an outcome is quoted as evidence: the deciding clause, with neighbours that belong to it.

A measure is often told in two clauses (二是建章立制。2021年3月印发《……》), so the quote may run on within the
same numbered point, as long as each further clause is likely to decide too and the whole stays short.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.outcome.clauses import Clause
from zhenggai.classification.statuses.parts import Part
from zhenggai.patterns import compiled

LONGEST = 140
"""Characters of a quote of several clauses; a single clause may be longer."""
LEAST_GAIN = 0.05
"""A further clause is quoted when it adds at least this much probability. Both chosen on folds 0 to 3."""
_POINT = compiled(
    r"^(?:[一二三四五六七八九十]是|[①-⑳]|[（(]\d+[）)]|\d+[.．、](?!\d)|"
    r"[^，。]{0,4}整改(?:情况|措施|成效|进展|结果))"
)

_LABEL = compiled(
    r"^[—\-－•●\s]*(?:[（(]?\d{1,2}[）)、.．]|[①-⑳])?\s*(?:整改[^，。；:：（(]{0,8}|"
    r"(?:落实|完成|目前|工作|取得|主要|具体|推进|阶段|任务|我[院局校行])[^，。；:：（(]{0,6}"
    r"(?:情况|措施|举措|成效|成果|结果|进展|进度|整改)|措施|举措|成效|结果|进展)[】]?[:：]\s*(?=\S)"
)


def after_label(text: str) -> int:
    """Where `text` begins to say something: behind 整改情况：."""
    label = _LABEL.match(text)
    return label.end() if label else 0


def clause_probabilities(parts: Sequence[Part], scores: Floats, clauses: int) -> Floats:
    """Probability of each clause that it holds the deciding part, shape (clauses,).

    `scores` are those of the parts, shape (parts,): their softmax, summed over the parts of a clause.
    """
    odds = np.exp(scores - scores.max())
    held = np.bincount([part.clause for part in parts], weights=odds, minlength=clauses)
    return np.asarray(held / odds.sum(), dtype=np.float32)


def best_run(outcome: str, clauses: Sequence[Clause], probabilities: Floats) -> tuple[int, int]:
    """First and last clause of the quote: the run within one point that decides most probably."""
    best, found = -1.0, (0, 0)
    for first, clause in enumerate(clauses):
        value = 0.0
        for last in range(first, len(clauses)):
            if last > first:
                follows = not _starts_point(outcome, clauses[last - 1], clauses[last])
                if not follows or clauses[last].end - clause.start > LONGEST:
                    break
            value += float(probabilities[last]) - LEAST_GAIN * (last > first)
            if value > best + 1e-6:
                best, found = value, (first, last)
    return found


def _starts_point(outcome: str, before: Clause, clause: Clause) -> bool:
    return "\n" in outcome[before.end : clause.start] or _POINT.match(clause.text) is not None
