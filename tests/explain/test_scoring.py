"""The scorers say what the deployed classifiers say."""

from __future__ import annotations

import numpy as np
import pytest

from zhenggai.classification.classifier import Classifier
from zhenggai.classification.model import Query
from zhenggai.explain.scoring import load_scorer

QUERIES = (
    Query("公务接待无公函、无清单", ("（二）作风方面",), "已清退12万元，其余3万元正在追缴。"),
    Query("违规发放补贴", (), "整改情况：已全部清退。该问题已整改完成。"),
    Query("党费收缴不规范", ("（三）正在推进整改的问题",), "印发《党费收缴办法》。"),
    Query("学习不够", (), "下一步将加强学习，提高认识。"),
    Query("账目不清", (), ""),
)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


def test_the_best_label_is_the_ledgers_and_rows_are_distributions(classifier: Classifier) -> None:
    predictions = classifier.classify(QUERIES)
    for task in ("category", "status"):
        scorer = load_scorer("category" if task == "category" else "status")
        rows = scorer(QUERIES)
        assert rows.shape == (len(QUERIES), len(scorer.labels))
        assert np.allclose(rows.sum(axis=1), 1, atol=1e-4)
        best = [scorer.labels[i] for i in rows.argmax(axis=1)]
        assert best == [getattr(p, task).label for p in predictions]
        assert np.allclose(rows.max(axis=1), [getattr(p, task).score for p in predictions], atol=2e-2)


def test_only_what_a_rule_decides_is_stated() -> None:
    scorer = load_scorer("status")
    assert [scorer.stated(query) for query in QUERIES] == [False, True, True, False, False]
