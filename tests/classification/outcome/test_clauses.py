"""Outcomes into clauses: exact offsets, nothing lost but blanks, the annotators' clauses found."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.classification.outcome.clauses import MOST_READ, read_clauses, split_clauses

TABLES = Path(__file__).resolve().parents[3] / "data" / "tables"


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("一是印发办法；二是清退5.3万元。", ["一是印发办法；", "二是清退5.3万元。"]),
        ("整改情况：\n已完成。正在办理！", ["整改情况：\n已完成。", "正在办理！"]),
        ("①清退；②追责", ["①清退；", "②追责"]),
        ("他说“已办结。”随后公示。", ["他说“已办结。”", "随后公示。"]),
        ("一是建章立制。印发《办法》。", ["一是建章立制。印发《办法》。"]),
        ("整改情况：", ["整改情况："]),
        ("", []),
        (" \n ", []),
    ],
)
def test_splits_as_the_guideline_says(outcome: str, expected: list[str]) -> None:
    assert [clause.text for clause in split_clauses(outcome)] == expected


@given(st.text(alphabet="一是已完成。；！\n①②：”“ ab", max_size=60))
def test_offsets_hold_and_only_blanks_are_lost(outcome: str) -> None:
    clauses = split_clauses(outcome)
    covered = set()
    for clause in clauses:
        assert outcome[clause.start : clause.end] == clause.text
        covered |= set(range(clause.start, clause.end))
    assert all(outcome[i].isspace() for i in range(len(outcome)) if i not in covered)
    assert [c.start for c in clauses] == sorted(c.start for c in clauses)


def test_finds_the_annotated_clauses() -> None:
    wanted = defaultdict(set)
    for line in (TABLES / "clauses" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wanted[row["item"]].add((row["start"], row["end"]))
    found = 0
    for line in (TABLES / "outcomes" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found += len(wanted[row["id"]] & {(c.start, c.end) for c in split_clauses(row["outcome"])})
    assert found / sum(map(len, wanted.values())) > 0.96


def test_of_an_absurdly_long_outcome_both_ends_are_read() -> None:
    outcome = "整改情况：已印发办法。\n" + "2023年工作记录，召开会议。\n" * 20_000 + "仍有2人尚未清退。"
    clauses = read_clauses(outcome)
    assert all(outcome[c.start : c.end] == c.text for c in clauses)
    assert sum(len(c.text) for c in clauses) <= MOST_READ
    assert clauses[0].text.endswith("已印发办法。")
    assert clauses[-1].text == "仍有2人尚未清退。"
    assert len({c.text for c in clauses[1:-1]}) == 1  # the cut goes through no clause that is read


def test_of_any_other_outcome_every_clause_is_read() -> None:
    outcome = "已印发办法。\n" * 2_000
    assert read_clauses(outcome) == split_clauses(outcome)
