"""The words that carry a decision of known reasons are found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.checks.tools import write_jsonl
from tests.explain.conftest import WordCounter
from zhenggai.classification.model import Query
from zhenggai.explain import segments
from zhenggai.explain.examples import Examples, default_folders
from zhenggai.explain.explaining import explain, make_query
from zhenggai.explain.model import Explanation
from zhenggai.taxonomy import load_taxonomy


def _explain(query: Query, scorer: WordCounter, task: str = "category") -> Explanation:
    kind = "category" if task == "category" else "status"
    return explain(query, kind, scorer, load_taxonomy(), Examples(kind, []))


def test_the_word_that_carries_the_label_drops_its_probability(scorer: WordCounter) -> None:
    found = _explain(Query("公车使用不规范，接待超标，报销不及时"), scorer)
    assert (found.first.name, found.second.name) == ("八项规定", "财经纪律")
    assert {e.part.text for e in found.decisive if e.drop > 0} == {"公车", "接待"}
    assert [e.part.text for e in found.decisive if e.drop < 0] == ["报销"]


def test_effects_are_the_differences_of_the_probabilities(scorer: WordCounter) -> None:
    query = Query("单位公车使用混乱")
    found = _explain(query, scorer)
    car = next(e for e in found.parts if e.part.text == "公车")
    with_word, without_word = scorer([query, Query("单位使用混乱")])[:, 1]
    assert car.drop == pytest.approx(with_word - without_word)
    assert car.contrast == pytest.approx(2)
    assert all(e.drop == pytest.approx(0) for e in found.parts if e is not car)


def test_headings_are_left_out_whole_and_words_against_are_negative(scorer: WordCounter) -> None:
    found = _explain(Query("账目和公车使用混乱", ("一、党建", "二、报销方面")), scorer)
    assert found.first.name == "财经纪律"
    heading = next(e for e in found.parts if e.part.field == "path" and e.drop > 0)
    assert (heading.part.heading, heading.part.text) == (1, "二、报销方面")
    assert [e.part.text for e in found.separating(False)] == ["公车"]
    assert {e.part.text for e in found.separating(True)} == {"账目", "二、报销方面"}


def test_a_word_that_occurs_twice_is_named_once(scorer: WordCounter) -> None:
    found = _explain(Query("公车超标，报销，接待超标，报销，报销单"), scorer)
    texts = [e.part.text for e in found.separating(True)]
    assert sorted(texts) == sorted(set(texts))


def test_an_outcome_is_taken_apart_into_clauses_and_the_decisive_ones_into_words(scorer: WordCounter) -> None:
    query = make_query("status", "已退回报销款。加强学习。", problem="某问题")
    found = _explain(query, scorer, "status")
    assert [e.part.text for e in found.parts] == ["已退回报销款。", "加强学习。"]
    assert found.decisive[0].part.text == "已退回报销款。"
    strongest = max(found.words, key=lambda e: e.drop)
    assert "报销" in strongest.part.text
    outcome = found.texts["outcome"]
    assert all(outcome[e.part.start : e.part.end] == e.part.text for e in (*found.parts, *found.words))


def test_a_stated_status_is_said_to_be_one(scorer: WordCounter) -> None:
    assert _explain(make_query("status", "该问题已完成整改。"), scorer, "status").stated
    assert not _explain(make_query("status", "已退回。"), scorer, "status").stated


def test_definitions_come_from_the_taxonomy(scorer: WordCounter) -> None:
    found = _explain(Query("公车私用，报销不实"), scorer)
    category = next(c for c in load_taxonomy().categories if c.name == found.first.name)
    assert (found.first.definition, found.first.elsewhere) == (category.definition, category.elsewhere)


def test_a_text_of_one_character_is_explained(scorer: WordCounter) -> None:
    found = _explain(Query("。"), scorer)
    assert found.parts == ()
    assert found.decisive == ()


def test_words_cover_the_text_but_for_punctuation() -> None:
    text = "公务接待无公函、无清单，违规发放补贴3.62万元"
    parts = list(segments.words(text, "problem"))
    assert all(text[p.start : p.end] == p.text for p in parts)
    covered = np.zeros(len(text), int)
    for part in parts:
        covered[part.start : part.end] += 1
    assert {text[i] for i in np.flatnonzero(covered == 0)} == {"、", "，"}
    assert covered.max() == 1


def test_nearest_examples_leave_held_out_rows_aside(tmp_path: Path) -> None:
    row = {"problem": "公务接待无清单", "category": "八项规定"}
    write_jsonl(tmp_path / "train.jsonl", [row, {"problem": "账目混乱", "category": "财经纪律"}])
    write_jsonl(tmp_path / "test.jsonl", [row])
    found = Examples("category", [tmp_path]).nearest("公务接待无公函")
    assert [(n.label, Path(n.where).name) for n in found] == [
        ("八项规定", "train.jsonl:1"),
        ("财经纪律", "train.jsonl:2"),
    ]
    assert found[0].similarity > found[1].similarity


def test_without_examples_there_are_no_neighbours(tmp_path: Path) -> None:
    assert Examples("category", default_folders("category", tmp_path)).nearest("接待") == ()
