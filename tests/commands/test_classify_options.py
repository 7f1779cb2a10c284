"""`zhenggai classify`: review options change the flags, a resumed run keeps them, taxonomies must fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhenggai.commands.application import app
from zhenggai.errors import ConfigError, LedgerError
from zhenggai.ledger.journal import Journal, journal_path
from zhenggai.setup import set_up

ROOT = Path(__file__).resolve().parents[2]
NOTICE = str(ROOT / "data" / "notices" / "notice-17.txt")
OWN = ROOT / "docs" / "tutorial" / "taxonomy.yaml"


def flags(tmp_path: Path, *options: str) -> list[bool]:
    path = tmp_path / "台账.jsonl"
    result = CliRunner().invoke(app, ["classify", NOTICE, "-o", str(path), "--overwrite", *options])
    assert result.exit_code == 0, (result.output, result.exception)
    return [json.loads(line)["needs_review"] for line in path.read_text("utf-8").splitlines()]


def test_review_options_decide_how_many_are_flagged(tmp_path: Path) -> None:
    few, many = (flags(tmp_path, "--review-rate", rate) for rate in ("0.05", "0.6"))
    assert sum(few) < sum(many)
    assert all(f <= m for f, m in zip(few, many, strict=True))  # who is flagged at 5 % is at 60 %
    assert flags(tmp_path) == flags(tmp_path, "--target-accuracy", "0.95")
    assert sum(flags(tmp_path, "--target-accuracy", "0.9")) <= sum(flags(tmp_path))


def test_a_run_is_not_resumed_with_other_thresholds(tmp_path: Path) -> None:
    path = tmp_path / "台账.jsonl"
    with Journal(journal_path(path)) as journal:
        journal.start({"软件版本": "0", "命令": "classify", **set_up(review_rate=0.2).fingerprint})
    command = ["classify", NOTICE, "-o", str(path), "--resume", "--review-rate", "0.3"]
    error = CliRunner().invoke(app, command).exception
    assert isinstance(error, LedgerError)
    assert "复核阈值：原为 类别 " in str(error)


def test_taxonomy_and_model_that_do_not_fit_are_told() -> None:
    with pytest.raises(
        ConfigError, match=r"只在模型中：理论学习、决策部署.*只在体系中：思想政治.*--taxonomy"
    ):
        set_up(taxonomy=OWN)


def test_other_status_names_are_told(tmp_path: Path) -> None:
    text = (ROOT / "configs" / "taxonomy.yaml").read_text("utf-8").replace("name: 未说明", "name: 没说")
    (tmp_path / "t.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"的完成状态与分类体系.*只在模型中：未说明.*statuses"):
        set_up(taxonomy=tmp_path / "t.yaml")
