"""The listwise ranker of the evidence: its slope, what it learns, how it is applied."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from train._linear.fitting import LinearSettings, fit_linear
from train._linear.ranking import Choice, fit_evidence, listwise
from zhenggai.classification.evidence import CLAUSE_FACTS, clause_facts, evidence_fields

ROLES = np.array([[0.9, 0.05, 0.0, 0.0, 0.05], [0.1, 0.05, 0.0, 0.0, 0.85]], np.float32)


def test_the_chosen_coefficients_have_no_slope_left() -> None:
    rng = np.random.default_rng(0)
    x = csr_matrix(rng.normal(size=(12, 3)))
    starts = np.array([0, 4, 7])
    hits = np.zeros(12)
    hits[[1, 5, 6, 11]] = 1
    penalty, weights = np.full(3, 0.5), np.array([1.0, 2.0, 0.5])

    def loss(b: np.ndarray) -> float:
        scores = np.asarray(x @ b)
        total = 0.5 * float((penalty * b * b).sum())
        for start, stop, weight in zip(starts, [4, 7, 12], weights, strict=True):
            odds = np.exp(scores[start:stop])
            total -= weight * np.log((odds * hits[start:stop]).sum() / odds.sum())
        return total

    found = listwise(x, hits, starts, penalty, weights)
    for step in np.eye(3) * 1e-2:
        assert loss(found) < loss(found + step)
        assert loss(found) < loss(found - step)


def test_the_ranker_finds_the_clause_like_those_that_were_quoted() -> None:
    texts = ("印发《公务接待管理办法》。", "提高思想认识，加强管理。")
    choices = [
        Choice("公务接待超标准", texts[:: 1 if i % 2 else -1], ROLES[:: 1 if i % 2 else -1], hit, i % 3 == 0)
        for i in range(20)
        for hit in [(True, False) if i % 2 else (False, True)]
    ]
    facts, text = fit_evidence(choices, with_text=True)
    given = "三公经费管理不严", ("加强学习，严格管理。", "印发《三公经费管理办法》。"), ROLES[::-1]
    assert clause_facts(*given).shape == (2, CLAUSE_FACTS)
    scores = facts.scores(clause_facts(*given)) + text.scores(evidence_fields(*given))
    assert scores[:, 0].argmax() == 1


def test_without_text_the_texts_score_nothing() -> None:
    choices = [Choice("党费未缴", ("补缴党费3万元。", "加强管理。"), ROLES, (True, False), False)] * 4
    _, text = fit_evidence(choices, with_text=False)
    assert not text.scores([("补缴党费3万元。", "k", "D")]).any()


def test_margins_give_the_same_order_of_labels_as_the_regression() -> None:
    items = [("公务接待超标准",), ("党费收缴不及时",), ("超标准接待",), ("党费未缴",)] * 3
    targets = ["八项规定", "基层党建"] * 6
    for labels in (("八项规定", "基层党建"), ("其他", "基层党建", "八项规定")):
        settings = LinearSettings((1.0,), c=0.5, hinge=True, least=1)
        scores = fit_linear(items, targets, labels, settings).scores(items)
        assert [labels[i] for i in scores.argmax(axis=1)] == targets
