"""Each check finds what was planted, and nothing where nothing was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from zhenggai.checks import duplicates, imbalance, label_errors, leakage, outliers
from zhenggai.checks.model import Context, Example


def test_a_planted_label_error_comes_first_with_the_right_proposal(rows: list[Example]) -> None:
    rows[3] = replace(rows[3], label="基层党建")
    found = label_errors.check(Context("category", rows))
    assert found[0].where == rows[3].where
    assert found[0].proposed == "财经纪律"
    assert found[0].score > 0.5
    assert [n.label for n in found[0].neighbours] == ["财经纪律"] * 3


def test_no_label_errors_in_clean_data(rows: list[Example]) -> None:
    context = Context("category", rows)
    assert label_errors.check(context) == []
    assert context.accuracy == 1.0


def test_probabilities_come_from_models_that_have_not_seen_the_notice(rows: list[Example]) -> None:
    # The words of this notice stand nowhere else; only a model that has seen them could be sure.
    alone = [Example(f"b:{i}", "甲乙丙丁戊己庚辛", "基层党建", group="notice-x") for i in range(8)]
    context = Context("category", rows + alone)
    probabilities = context.probabilities
    assert probabilities is not None
    assert np.allclose(probabilities.sum(axis=1), 1)
    assert probabilities[len(rows) :].max() < 0.8


def test_one_notice_alone_gives_no_probabilities(rows: list[Example]) -> None:
    context = Context("category", [replace(r, group="notice-1") for r in rows])
    assert context.probabilities is None
    assert label_errors.check(context) == []


def test_duplicates_with_two_labels(rows: list[Example]) -> None:
    texts = ("1.针对“公务接待费超标准列支”的问题", "公务接待费超标准列支。", "（2）公务接待费超标准列支")
    labels = ("八项规定", "八项规定", "财经纪律")
    planted = [Example(f"b:{i}", t, label) for i, (t, label) in enumerate(zip(texts, labels, strict=True))]
    found = duplicates.check(Context("category", rows + planted))
    assert [(f.where, f.proposed) for f in found] == [("b:2", "八项规定"), ("b:0", None), ("b:1", None)]
    assert found[0].score == pytest.approx(2 / 3)


def test_duplicates_below_other_headings_are_no_conflict(rows: list[Example]) -> None:
    planted = [
        Example("b:0", "落实制度流于形式质量不高", "基层党建", ("党建方面",)),
        Example("b:1", "落实制度流于形式质量不高", "财经纪律", ("财务方面",)),
    ]
    assert duplicates.check(Context("category", rows + planted)) == []


def test_leakage_names_the_training_row(rows: list[Example]) -> None:
    rows = [replace(r, split="train") for r in rows]
    rows.append(Example("t:0", f"（1）{rows[0].text}。", "财经纪律", group="notice-t", split="test"))
    (found,) = leakage.check(Context("category", rows))
    assert found.where == rows[0].where
    assert "测试集" in found.suggestion
    assert found.neighbours[0].where == "t:0"
    assert found.score == pytest.approx(1, abs=1e-6)


def test_a_notice_in_two_splits_is_leakage(rows: list[Example]) -> None:
    rows = [replace(r, split="test" if i == 0 else "train") for i, r in enumerate(rows)]
    (found,) = leakage.check(Context("category", rows))
    assert found.score == 1
    assert "notice-0" in found.suggestion


def test_no_leakage_without_splits(rows: list[Example]) -> None:
    assert leakage.check(Context("category", [*rows, replace(rows[0], where="b:0")])) == []


def test_a_rare_label(rows: list[Example]) -> None:
    rare = Example("b:0", "公章管理不规范", "其他")
    (found,) = imbalance.check(Context("category", [*rows, rare]))
    assert (found.where, found.label) == ("b:0", "其他")
    assert found.score == pytest.approx(1 - 1 / (73 / 3))
    assert {n.label for n in found.neighbours} <= {"财经纪律", "基层党建"}
    assert imbalance.check(Context("category", rows)) == []


def test_an_outlier(rows: list[Example]) -> None:
    odd = Example("b:0", "The quick brown fox jumps over the lazy dog", "财经纪律")
    (found,) = outliers.check(Context("category", [*rows, odd]))
    assert found.where == "b:0"
    assert found.score > 0.95
    assert outliers.check(Context("category", rows)) == []


def test_a_single_example_breaks_no_check() -> None:
    context = Context("category", [Example("a:1", "一条", "其他")])
    for module in (label_errors, duplicates, leakage, imbalance, outliers):
        assert module.check(context) == []
