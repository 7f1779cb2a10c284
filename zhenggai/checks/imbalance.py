"""Labels too rare to be learned."""

from __future__ import annotations

from collections import Counter

import numpy as np

from zhenggai.checks.model import SHOWN, Context, Finding

NAME = "imbalance"
TITLE = "类别过少"
RARE = 0.2
"""A label is rare when it has less than this part of an even share."""


def check(context: Context) -> list[Finding]:
    """One finding per rare label: score = 1 − its number of rows / an even share.

    The nearest examples are those of *other* labels that most resemble the rare one: there to look for more.
    """
    counts = Counter(e.label for e in context.examples)
    even = len(context.examples) / len(counts)
    rare = [label for label, n in counts.items() if n < RARE * even]
    return sorted((_finding(context, label, counts[label], even) for label in rare), key=lambda f: -f.score)


def _finding(context: Context, label: str, count: int, even: float) -> Finding:
    inside = np.flatnonzero(context.targets == context.labels.index(label))
    centre = np.asarray(context.index.matrix[inside].mean(axis=0)).ravel()
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    similar = np.asarray(context.index.matrix @ centre).ravel()
    similar[inside] = -1
    nearest = np.argsort(-similar, kind="stable")[:SHOWN]
    example = context.examples[int(inside[0])]
    return Finding(
        NAME,
        context.task,
        example.where,
        example.text,
        label,
        1 - count / even,
        f"“{label}”只有 {count} 条（平均每类 {even:.0f} 条）；请补充样例，或在训练中按类别加权。",
        None,
        tuple(context.neighbour(int(i), max(float(similar[i]), 0.0)) for i in nearest if similar[i] >= 0),
    )
