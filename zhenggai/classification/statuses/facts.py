"""A few numbers about an item, from which a small model infers its status and which clause decides it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from zhenggai.classification.inputs import bare, clause_fields
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.outcome import wording
from zhenggai.classification.outcome.cues import cues
from zhenggai.patterns import compiled

ROLES = ("D", "R", "S", "V", "G")
_D, _R, _S, _V, _G = range(5)

# Words that every statement has; sharing them says nothing about the core.
_COMMON = compiled(
    r"不够|不到位|不力|不严|不规范|问题|工作|落实|整改|管理|制度|建设|情况|方面|存在|加强|开展|推进|进行|"
    r"相关|单位|部门|党组|党委|以及|有关"
)
_COUNT = compiled(r"\d+(?:\.\d+)?(?=[个家人户起项处件名宗座条次万笔套亩%])")
OPEN_CUES = "abcdefghijnoy"
"""Hints of `cues` that something is open, in the order of the facts."""
STATUS_FACTS = 26 + len(OPEN_CUES)


@lru_cache(maxsize=4096)
def _own_words(text: str) -> str:
    return _COMMON.sub("｜", text)


@lru_cache(maxsize=256)  # a problem is held against every clause of its outcome and every part of them
def _own_bigrams(problem: str) -> frozenset[str]:
    text = _own_words(bare(problem))
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum())


def overlap(problem: str, clause: str) -> float:
    """Share of the problem's own character pairs that stand in `clause`, in [0, 1]."""
    wanted = _own_bigrams(problem)
    return sum(map(_own_words(clause).__contains__, wanted)) / len(wanted) if wanted else 0.0


def status_facts(problem: str, clauses: Sequence[str], roles: Floats) -> Floats:
    """Facts about an outcome for the status model, shape (STATUS_FACTS,).

    `roles` are the role probabilities of the clauses, shape (n, 5), n ≥ 1.
    """
    remaining = roles[:, _R]
    order = np.argsort(-remaining, kind="stable")
    top = int(order[0])
    second = float(remaining[order[1]]) if len(order) > 1 else 0.0
    text = "".join(clauses)
    r = float(remaining[top])
    open_clause = clauses[top]
    hints = cues(open_clause)
    shared = [overlap(problem, clause) for clause in clauses]
    done = roles[:, _D]
    stated = [wording.stated(clause) for clause in clauses]
    values = [
        r,
        r * r,
        second,
        min(float(remaining.sum()), 3.0),
        r * shared[top],
        r * float(top == len(clauses) - 1),
        r * float(len(clauses) == 1),
        r * float(done[top]),
        r * ("k" in hints),
        r * bool(_COUNT.search(open_clause)),
        r * ("u" in hints),
        r * float(np.max(np.delete(done, top), initial=0.0)),
        r * min(float(np.delete(done, top).sum()), 4.0) / 4,
        float(done.max()),
        min(float(done.sum()), 5.0) / 5,
        float(roles[:, _G].min()),
        float(roles[:, _V].max()),
        float(roles[:, _S].max()),
        float(np.dot(remaining, shared)),
        float(np.dot(done, shared)),
        float("基本完成" in stated),
        float("正在整改" in stated),
        float("已完成" in stated),
        min(len(text), 1000) / 1000,
        float(len(clauses) == 1),
        r * float(remaining.mean()),
    ]
    values += [r * (cue in hints) for cue in OPEN_CUES]
    return np.asarray(values, dtype=np.float32)


_SHOWN_FROM = 0.12
"""A clause whose probability of being a remainder is lower is not read as one."""


def status_fields(clauses: Sequence[str], roles: Floats) -> tuple[str, str, str, str]:
    """What the text model of the status reads: likeliest remainder, its end, its hints, all hints."""
    top = int(roles[:, _R].argmax())
    shown = roles[top, _R] >= _SHOWN_FROM
    text, end, hints = clause_fields(clauses[top]) if shown else ("", "", "")
    everything = "".join(cues(clause) for clause in clauses)
    return text, end + _last_part(text), hints, everything[-120:]


_SEGMENT = compiled("[，,：:]")


def _last_part(clause: str) -> str:
    return _SEGMENT.split(clause.rstrip("。；;！"))[-1][-20:]
