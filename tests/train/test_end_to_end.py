"""Labels from the raw notice: what is missed or too many counts, and a perfect labeller is perfect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from train._finetuning.examples import Problem, load_outcomes, load_problems
from train.end_to_end import NOTHING, Labeller, Row, evaluate, figures, markdown
from zhenggai.classification.classifier import Classifier
from zhenggai.classification.model import Query

DATA = Path(__file__).resolve().parents[2] / "data"


@cache
def problems_of_data() -> list[Problem]:
    return load_problems(DATA)  # seconds: near-duplicates are looked for


def row(gold: str, found: str, given: str, quoted: bool = False) -> Row:
    """An item with the same label for both tasks."""
    wanted, got, on_text = ({"category": label, "status": label} for label in (gold, found, given))
    return Row("n", wanted, got, on_text, quoted)


def test_missed_and_superfluous_items_count() -> None:
    rows = [
        row("甲", "甲", "甲", quoted=True),
        row("甲", "乙", "甲"),
        row("乙", NOTHING, "乙"),
        row(NOTHING, "乙", NOTHING),
    ]
    found = figures(rows)
    assert (found["annotated"], found["found"], found["matched"]) == (3, 3, 2)
    assert found["category_accuracy"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["category_f1"] == pytest.approx(2 / 6, abs=1e-4)
    assert found["category_macro_f1"] == pytest.approx((2 / 3 + 0) / 2, abs=1e-4)
    assert found["category_accuracy_on_annotated_text"] == 1.0
    assert found["evidence_held"] == pytest.approx(1 / 3, abs=1e-4)
    assert "| matched | 2 |  |" in markdown(found, [found])


class Oracle:
    """Knows the labels of the annotated statements, also where the parser cuts numbering or a wrapper off."""

    def __init__(self, name: str) -> None:
        problems = {p.id: p for p in problems_of_data() if p.is_unit and p.notice == name}
        self.gold = [r for r in load_outcomes(DATA) if r.notice == name]
        self.known = [
            (r.query.problem, {"category": problems[r.id].category, "status": r.status}, r.evidence)
            for r in self.gold
        ]

    def label(self, queries: Sequence[Query]) -> list[tuple[dict[str, str], str]]:
        nothing: list[Any] = [{"category": "?", "status": "?"}, ""]
        return [tuple(next(self._of(query.problem), nothing)) for query in queries]

    def _of(self, problem: str) -> Iterator[list[Any]]:
        return (rest for known, *rest in self.known if problem in known or known in problem)


@pytest.mark.parametrize("name", ["notice-04", "notice-29"])
def test_a_perfect_labeller_loses_nothing_on_notices_that_parse_well(name: str) -> None:
    oracle = Oracle(name)
    rows = evaluate(oracle.gold, problems_of_data(), oracle, DATA)  # type: ignore[arg-type]
    found = figures(rows)
    assert found["annotated"] == len(oracle.gold) == found["matched"]
    assert found["category_accuracy_on_annotated_text"] == 1.0
    assert found["both_labels_right"] >= 0.9
    assert found["evidence_held"] >= 0.9


def test_the_shipped_models_label_an_annotated_notice() -> None:
    """They have seen it: what is shown is that labels and quotes arrive where they belong."""
    models = Classifier.load()
    labeller = Labeller(models.category, models.status)
    found = figures(evaluate(Oracle("notice-29").gold, problems_of_data(), labeller, DATA))
    assert found["category_accuracy"] >= 0.9
    assert found["status_accuracy"] >= 0.8
    assert found["evidence_held"] >= 0.4
