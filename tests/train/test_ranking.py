"""The listwise ranker of the evidence: its slope, what it learns, how it is applied."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from train._linear.fitting import LinearSettings, fit_linear
from train._linear.ranking import choice_of, fit_evidence, listwise
from zhenggai.classification.statuses.parts import PART_FACTS, part_facts, split_parts

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


def test_the_ranker_finds_the_part_like_those_that_were_quoted() -> None:
    texts = ("2021年3月，印发《公务接待管理办法》。", "提高思想认识，加强管理。")
    choices = []
    for i in range(20):
        turn = 1 if i % 2 else -1
        quoted = "印发《公务接待管理办法》"
        choices.append(choice_of("公务接待超标准", texts[::turn], ROLES[::turn], quoted, i % 3 == 0))
    ranker = fit_evidence(choices)
    problem, clauses, roles = (
        "三公经费管理不严",
        ("加强学习，严格管理。", "2022年5月，印发《三公经费管理办法》。"),
        ROLES[::-1],
    )
    parts = split_parts(clauses)
    facts = part_facts(problem, clauses, parts, roles)
    assert facts.shape == (4, PART_FACTS)
    best = parts[int(ranker.scores(facts)[:, 0].argmax())]
    assert clauses[best.clause][best.start : best.end] == "印发《三公经费管理办法》"


def test_words_in_two_parts_make_both_right_and_thin_ones_their_clause() -> None:
    clauses = ("已召开会议，全面整改到位。", "甲，乙，丙。")
    one = choice_of("问题", clauses, ROLES, "召开会议，全面整改", False)
    assert one.hits == (True, True, *(False,) * (len(one.parts) - 2))
    thin = choice_of("问题", ("一二三四五，六七八九十。", "无。"), ROLES, "四五，六七", False)
    assert thin.hits[:2] == (True, True)
    assert not any(choice_of("问题", clauses, ROLES, "", False).hits)


def test_margins_give_the_same_order_of_labels_as_the_regression() -> None:
    items = [("公务接待超标准",), ("党费收缴不及时",), ("超标准接待",), ("党费未缴",)] * 3
    targets = ["八项规定", "基层党建"] * 6
    for labels in (("八项规定", "基层党建"), ("其他", "基层党建", "八项规定")):
        settings = LinearSettings((1.0,), c=0.5, hinge=True, least=1)
        scores = fit_linear(items, targets, labels, settings).scores(items)
        assert [labels[i] for i in scores.argmax(axis=1)] == targets
