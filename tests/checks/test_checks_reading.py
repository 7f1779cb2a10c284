from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.tools import write_jsonl
from zhenggai.checks.reading import read_labelled
from zhenggai.errors import LedgerError


def test_rows_of_the_data_set(tmp_path: Path) -> None:
    row = {
        "id": "01-001",
        "notice": "n1",
        "path": ["一、财务"],
        "problem": "账目不清",
        "category": "财经纪律",
    }
    write_jsonl(tmp_path / "problems" / "train.jsonl", [row])
    write_jsonl(tmp_path / "outcomes" / "test.jsonl", [{"outcome": "已整改。", "status": "已完成"}])
    write_jsonl(tmp_path / "notices" / "test.jsonl", [{"notice": "n1", "text": "全文"}])
    found = read_labelled([tmp_path])
    (problem,), (outcome,) = found.examples["category"], found.examples["status"]
    assert problem.where.endswith("problems/train.jsonl:1（01-001）")
    assert (problem.split, problem.group, problem.context) == ("train", "n1", ("一、财务",))
    assert (outcome.split, outcome.text) == ("test", "已整改。")
    assert [Path(p).parent.name for p in found.skipped] == ["notices"]


def test_synthetic_outcomes_are_joined_from_their_clauses_and_train(tmp_path: Path) -> None:
    clauses = [{"text": "整改情况：\n", "role": "G"}, {"text": "已退回。", "role": "D"}]
    write_jsonl(tmp_path / "a.jsonl", [{"clauses": clauses, "status": "已完成", "source": "synthetic"}])
    (example,) = read_labelled([tmp_path]).examples["status"]
    assert (example.text, example.split) == ("整改情况：\n已退回。", "train")


def test_csv_with_text_and_label(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("text,label,split\n路灯不亮,设施,train\n", "utf-8-sig")
    (example,) = read_labelled([path]).examples["label"]
    assert (example.text, example.label, example.split) == ("路灯不亮", "设施", "train")
    assert example.where == f"{path}:2"


def test_annotated_units_count_for_the_agreement_alone(tmp_path: Path) -> None:
    passes = [{"category": "其他", "status": "已完成"}, {"category": "其他", "status": "正在整改"}]
    row = {"problem": "x", "category": "其他", "outcome": "y", "status": "已完成", "passes": passes}
    found = read_labelled([write_jsonl(tmp_path / "a.jsonl", [row])])
    assert found.examples == {}
    assert found.passes == {"category": [("其他", "其他")], "status": [("已完成", "正在整改")]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"text": "无标签"}\n', "没有可检查的标注"),
        ("{broken\n", "读取时出错"),
        ('["列表"]\n', "JSON 对象，实际为 list"),
    ],
)
def test_what_cannot_be_checked_is_said(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(LedgerError, match=message):
        read_labelled([path])


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="missing（未找到）"):
        read_labelled([tmp_path / "missing"])


def test_headings_of_a_csv_are_separated_by_a_bar(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "path,problem,category\n一、财务｜（二）报销,票据不全,财经纪律\n,账目不清,财经纪律\n", "utf-8"
    )
    first, second = read_labelled([path]).examples["category"]
    assert first.context == ("一、财务", "（二）报销")
    assert second.context == ()
