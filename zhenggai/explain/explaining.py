"""A query and its scorer → an explanation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhenggai.classification.model import Query
from zhenggai.explain import segments
from zhenggai.explain.examples import Examples
from zhenggai.explain.model import Effect, Explanation, Meaning, Task, visible
from zhenggai.explain.occlusion import occlude
from zhenggai.explain.scoring import Scorer
from zhenggai.taxonomy import Taxonomy

_OPENED = 2
"""Clauses of an outcome that are taken apart into words: the strongest."""


def explain(query: Query, task: Task, scorer: Scorer, taxonomy: Taxonomy, examples: Examples) -> Explanation:
    """Why `scorer` gives `query` its label.

    A problem is taken apart into words, an outcome into clauses and its strongest clauses into words;
    headings are left out whole. Each part costs one run of the model.

    Raises:
        LedgerError: a library or the examples are missing.
    """
    scores = scorer([query])[0]
    first, second = (int(i) for i in np.argsort(-scores, kind="stable")[:2])
    text = query.problem if task == "category" else query.outcome
    if task == "category":
        parts = [*segments.headings(query), *segments.words(text, "problem")]
    else:
        parts = [*segments.headings(query), *segments.clauses(text, "outcome")]
    effects = occlude(query, parts, scorer, first, second)
    opened = _strongest(effects) if task == "status" else []
    fine = [w for e in opened for w in segments.words(text, "outcome", e.part.start, e.part.end)]
    return Explanation(
        task=task,
        texts={"problem": query.problem} | ({"outcome": query.outcome} if task == "status" else {}),
        path=query.path,
        first=_meaning(scorer.labels[first], float(scores[first]), taxonomy),
        second=_meaning(scorer.labels[second], float(scores[second]), taxonomy),
        stated=scorer.stated(query),
        parts=tuple(effects),
        words=tuple(occlude(query, fine, scorer, first, second)),
        neighbours=examples.nearest(text),
    )


def make_query(task: Task, text: str, path: tuple[str, ...] = (), problem: str = "") -> Query:
    """The query that `text` is: the statement for a category, the outcome of `problem` for a status."""
    return Query(text, path) if task == "category" else Query(problem, path, text)


def _strongest(effects: Sequence[Effect]) -> list[Effect]:
    inside = [e for e in effects if e.part.field == "outcome" and visible(e)]
    return sorted(inside, key=lambda e: -abs(e.drop))[:_OPENED]


def _meaning(name: str, score: float, taxonomy: Taxonomy) -> Meaning:
    for category in taxonomy.categories:
        if category.name == name:
            return Meaning(name, score, category.definition, category.elsewhere)
    for status in taxonomy.statuses:
        if status.name == name:
            return Meaning(name, score, status.definition)
    return Meaning(name, score)
