from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.checks.tools import examples, write_jsonl
from zhenggai.commands.data import app
from zhenggai.errors import LedgerError


def _data(folder: Path) -> Path:
    rows = [{"problem": e.text, "category": e.label, "notice": e.group} for e in examples()]
    rows[3]["category"] = "基层党建"
    rows.append({"problem": "[red]The quick brown fox[/red]", "category": "财经纪律", "notice": "notice-9"})
    return write_jsonl(folder / "data.jsonl", rows)


def test_tables_and_json_lines(tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    result = CliRunner().invoke(app, ["check", str(_data(tmp_path)), "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert "类别：73 条标注" in result.output
    assert "训练与评测重合：没有发现" in result.output
    found = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    error = next(f for f in found if f["check"] == "label_error")
    assert error["row"].endswith("data.jsonl:4")
    assert (error["label"], error["proposed"]) == ("基层党建", "财经纪律")
    assert len(error["nearest"]) == 3
    assert all(0 <= f["score"] <= 1 for f in found)


def test_brackets_of_a_text_are_no_markup(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["check", str(_data(tmp_path)), "--only", "outlier"], env={"COLUMNS": "200"}
    )
    assert "[red]The quick" in result.output
    assert "疑似标错" not in result.output  # neither found nor said to be clean: it was not run


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    output.write_text("mine")
    result = CliRunner().invoke(app, ["check", str(_data(tmp_path)), "-o", str(output)])
    assert isinstance(result.exception, LedgerError)
    assert output.read_text() == "mine"


def test_an_unknown_check_names_the_closest(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(_data(tmp_path)), "--only", "outliers"])
    assert isinstance(result.exception, LedgerError)
    assert "是否想写“outlier”" in str(result.exception)


@pytest.mark.parametrize("name", ["label_error", "conflict", "leakage", "imbalance", "outlier"])
def test_help_names_every_check(name: str) -> None:
    assert name in CliRunner().invoke(app, ["check", "--help"], env={"COLUMNS": "200"}).output
