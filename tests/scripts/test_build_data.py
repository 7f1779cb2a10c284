"""The committed data set: no contact details, disjoint splits, every quote in its source."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from datasets import load_dataset

from scripts._dataset.folds import assign_folds
from scripts._dataset.redaction import redact

DATA = Path(__file__).resolve().parents[2] / "data"
SPLITS = ("train", "validation", "test")
CONTACT = {
    "telephone": r"(?<!\d)0\d{2,3}\s?[-—－]\s?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|电话[:：]?\s*\d{5}",
    "e-mail": r"[A-Za-z0-9_.]+[@＠][A-Za-z0-9]|(?:163|126|qq|sina|gov)\s?\.\s?c(?:om|n)"
    r"|邮箱[:：]\s*\w*[A-Za-z0-9]",
    "postal address": r"(?:地址|邮政信箱|邮编|邮政编码)\s*[:：]?\s*"
    r"(?![○\s])[\u4e00-\u9fff\d]*(?:路|街|号|大道|\d{6})",
}


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def units() -> list[dict[str, Any]]:
    return [unit for path in sorted((DATA / "annotations").glob("*.jsonl")) for unit in read(path)]


@pytest.mark.parametrize("kind", CONTACT)
def test_no_contact_detail_is_left(kind: str) -> None:
    for path in [
        *DATA.glob("notices/*.txt"),
        *DATA.glob("tables/*/*.jsonl"),
        *DATA.glob("synthetic/*/*.jsonl"),
    ]:
        found = re.search(CONTACT[kind], path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found and found.group()}"


def test_contact_patterns_find_what_they_should() -> None:
    line = "联系电话：0891-6285721；通信地址：某市某街道12号；电子邮箱：abc163.com"
    assert all(re.search(pattern, line) for pattern in CONTACT.values())
    assert not any(re.search(pattern, redact(line, 0)) for pattern in CONTACT.values())


def test_redaction_keeps_length_labels_watermark_and_earlier_lines() -> None:
    text = "热线电话：12345\n联系电话：0791-1234567【更多公文素材，微信：x】\n开通投诉电话和信箱"
    redacted = redact(text, 1)
    assert redacted == "热线电话：12345\n联系电话：○○○○○○○○○○○○【更多公文素材，微信：x】\n开通投诉电话和信箱"
    assert len(redacted) == len(text)


def test_splits_share_no_notice() -> None:
    notices = [{row["notice"] for row in read(DATA / "tables" / "problems" / f"{s}.jsonl")} for s in SPLITS]
    assert len(set.union(*notices)) == sum(map(len, notices))
    assert sum(map(len, notices)) == 27
    for config in ("outcomes", "clauses", "headings", "notices"):
        for split, expected in zip(SPLITS, notices, strict=True):
            assert {row["notice"] for row in read(DATA / "tables" / config / f"{split}.jsonl")} <= expected


def test_every_quote_is_in_the_notice(units: list[dict[str, Any]]) -> None:
    lines = {p.stem: p.read_text(encoding="utf-8").split("\n") for p in DATA.glob("notices/*.txt")}
    assert len(units) == 698
    for unit in units:
        notice = lines[unit["notice"]]
        assert (unit["problem_quote"] or "") in notice[unit["problem_line"]], unit["id"]
        assert all((quote or "") in notice[line] for line, quote in unit["outcome_lines"]), unit["id"]
        assert unit["evidence"] in unit["outcome"], unit["id"]
        assert bool(unit["evidence"]) == (unit["status"] != "未说明"), unit["id"]


def test_clauses_stand_where_they_say() -> None:
    for split in SPLITS:
        outcomes = {r["id"]: r["outcome"] for r in read(DATA / "tables" / "outcomes" / f"{split}.jsonl")}
        for clause in read(DATA / "tables" / "clauses" / f"{split}.jsonl"):
            quoted = outcomes[clause["item"]][clause["start"] : clause["end"]]
            assert quoted.replace("\n", "") == clause["text"]


def test_statuses_have_todays_names(units: list[dict[str, Any]]) -> None:
    used = {unit["status"] for unit in units} | {p["status"] for unit in units for p in unit["passes"]}
    assert used == {"已完成", "基本完成", "正在整改", "未说明"}


@pytest.mark.parametrize(
    ("config", "rows"),
    [
        ("problems", [429, 137, 132]),
        ("outcomes", [429, 137, 132]),
        ("notices", [17, 5, 5]),
        ("clauses", [2535, 804, 778]),
    ],
)
def test_load_dataset_works_offline(
    config: str, rows: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    loaded = load_dataset(str(DATA), config, cache_dir=str(tmp_path))
    assert [len(loaded[split]) for split in SPLITS] == rows


def test_synthetic_examples_are_training_only(tmp_path: Path) -> None:
    for kind in ("problems", "outcomes"):
        assert set(load_dataset(str(DATA), f"synthetic_{kind}", cache_dir=str(tmp_path))) == {"train"}


def test_folds_depend_on_labels_alone() -> None:
    labels = {f"n{i}": ["甲"] * (i + 1) + ["乙"] * (i % 3) for i in range(12)}
    folds = assign_folds(labels)
    assert folds == assign_folds(dict(reversed(labels.items())))
    assert set(folds.values()) == set(range(5))
