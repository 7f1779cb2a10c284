"""Parts of clauses and quotes of several: literal, within one point, short."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.classification.outcome.clauses import split_clauses
from zhenggai.classification.statuses.parts import Part, split_parts
from zhenggai.classification.statuses.quote import LONGEST, after_label, best_run, clause_probabilities


def test_parts_are_the_stretches_between_commas() -> None:
    clauses = ["2021年3月，印发《办法》；执行。", "好"]
    found = [clauses[p.clause][p.start : p.end] for p in split_parts(clauses)]
    assert found == ["2021年3月", "印发《办法》", "执行", "好"]


@given(st.lists(st.text(alphabet="一，。；：a \n", max_size=12), min_size=1, max_size=5))
def test_every_clause_has_a_part_within_it(clauses: list[str]) -> None:
    parts = split_parts(clauses)
    assert {p.clause for p in parts} == set(range(len(clauses)))
    assert all(0 <= p.start <= p.end <= len(clauses[p.clause]) for p in parts)
    assert parts == sorted(parts, key=lambda p: (p.clause, p.start))


def test_a_clause_has_the_probability_of_its_parts() -> None:
    parts = [Part(0, 0, 1), Part(0, 2, 3), Part(1, 0, 1)]
    found = clause_probabilities(parts, np.log(np.array([1.0, 2.0, 5.0], np.float32)), 2)
    assert found == pytest.approx([0.375, 0.625])


@pytest.mark.parametrize(
    ("outcome", "probabilities", "quoted"),
    [
        ("修订制度。3月印发《办法》。", [0.5, 0.4], "修订制度。3月印发《办法》。"),
        ("修订制度。3月印发《办法》。", [0.5, 0.04], "修订制度。"),
        (
            "一是修订完善公务接待管理制度。二是印发《公务用车管理办法》。",
            [0.5, 0.4],
            "一是修订完善公务接待管理制度。",
        ),
        ("修订制度。\n印发《办法》。", [0.4, 0.5], "印发《办法》。"),
        (f"修订制度。印发《{'长' * LONGEST}》。", [0.5, 0.4], "修订制度。"),
    ],
)
def test_a_quote_runs_on_within_its_point_while_it_gains(
    outcome: str, probabilities: list[float], quoted: str
) -> None:
    clauses = list(split_clauses(outcome))
    assert len(clauses) == len(probabilities)
    first, last = best_run(outcome, clauses, np.array(probabilities, np.float32))
    assert outcome[clauses[first].start : clauses[last].end].strip() == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("整改完成情况：已退回1.2万元。", "已退回1.2万元。"),
        ("（2）整改措施：修订办法。", "修订办法。"),
        ("——阶段成果：建成1座。", "建成1座。"),
        ("成效：建成1座。", "建成1座。"),
        ("整改情况：", "整改情况："),  # nothing else to quote
        ("是否完成：是", "是否完成：是"),  # the label is half of what is said
        ("每村按1:2配备。", "每村按1:2配备。"),
    ],
)
def test_a_quote_comes_without_the_label_before_it(text: str, quoted: str) -> None:
    assert text[after_label(text) :] == quoted
