"""Corrections train beside the data set, by way of ledger, sheet and import; held-out items do not."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from tests.ledger.examples import NOTICE, RECORD
from tests.review.tools import fill_csv
from train._finetuning.corrections import read_corrections
from train._finetuning.examples import load_outcomes, load_problems
from train._finetuning.rows import load_task
from train._finetuning.settings import FinetuneConfig
from zhenggai.errors import ConfigError
from zhenggai.ledger.files import open_ledger
from zhenggai.review.exporting import export_review
from zhenggai.review.importing import import_review
from zhenggai.review.tools import Tool
from zhenggai.taxonomy import load_taxonomy

DATA = Path(__file__).resolve().parents[2] / "data"
CATEGORIES = load_taxonomy().category_names
PROBLEM = "办公楼闲置多年无人过问"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ledger, sheet = tmp_path / "l.jsonl", tmp_path / "r.csv"
    with open_ledger(ledger) as writer:
        writer.write(NOTICE, [dataclasses.replace(RECORD, problem=PROBLEM)])
    export_review(ledger, sheet, Tool.CSV)
    fill_csv(sheet, {1: {"改为类别": "国有资产", "改为状态": "正在整改", "复核人": "李"}})
    import_review([sheet], tmp_path / "改正")
    return tmp_path / "改正"


def test_corrections_are_training_rows_of_both_tasks(folder: Path) -> None:
    problems, outcomes = load_problems(DATA, [folder]), load_outcomes(DATA, [folder])
    (problem,) = [p for p in problems if p.query.problem == PROBLEM]
    (outcome,) = [o for o in outcomes if o.query.problem == PROBLEM]
    assert (problem.category, problem.fold, problem.is_unit) == ("国有资产", None, False)
    assert (outcome.status, outcome.evidence, outcome.fold) == ("正在整改", "", None)
    assert len(problems) == len(load_problems(DATA)) + 1
    assert len(outcomes) == len(load_outcomes(DATA)) + 1


def test_finetuning_takes_them(folder: Path) -> None:
    config = FinetuneConfig("category", "m", Path("o"), data=DATA)
    before = load_task(config)
    after = load_task(dataclasses.replace(config, corrections=(folder,)))
    assert len(after.train.gold) == len(before.train.gold) + 1
    assert PROBLEM in {first for first, _ in after.train.pairs}
    assert (after.validation.gold, after.test.gold) == (before.validation.gold, before.test.gold)


def write(tmp_path: Path, **changes: object) -> Path:
    row = {
        "id": "甲#1",
        "notice": "甲.txt",
        "path": [],
        "problem": PROBLEM,
        "category": "国有资产",
        "also": [],
    }
    (tmp_path / "problems.jsonl").write_text(json.dumps(row | changes, ensure_ascii=False) + "\n", "utf-8")
    return tmp_path


def test_what_the_data_set_has_annotated_is_left_out(tmp_path: Path) -> None:
    row = json.loads((DATA / "tables" / "problems" / "test.jsonl").read_text("utf-8").splitlines()[0])
    for changes in (
        {"notice": f"notices/{row['notice']}.txt"},
        {"problem": row["problem"], "path": row["path"]},
    ):
        assert read_corrections([write(tmp_path, **changes)], "problems", CATEGORIES, [row]) == []
    assert len(read_corrections([write(tmp_path)], "problems", CATEGORIES, [row])) == 1


def test_of_one_item_the_later_folder_counts(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for path, category in zip(folders, ("国有资产", "工程采购"), strict=True):
        path.mkdir()
        write(path, category=category)
    assert [r["category"] for r in read_corrections(folders, "problems", CATEGORIES, [])] == ["工程采购"]


def test_wrong_folders_and_labels_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"problems\.jsonl，未找到"):
        load_problems(DATA, [tmp_path])
    with pytest.raises(ConfigError, match=r"problems\.jsonl:1：标签“别的”"):
        load_problems(DATA, [write(tmp_path, category="别的")])
