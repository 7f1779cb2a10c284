"""The tutorial on own categories, run as it stands on the page."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from train.own_categories import main, train
from zhenggai.classification.category import load_category
from zhenggai.classification.model import Query
from zhenggai.cli import app
from zhenggai.errors import ConfigError
from zhenggai.taxonomy import load_taxonomy

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial"
MERGED = {
    "思想政治": ("理论学习", "意识形态"),
    "履职服务": ("决策部署", "民生保障", "风险防控"),
    "钱物管理": ("财经纪律", "国有资产", "工程采购"),
    "作风廉洁": ("八项规定", "廉洁纪律", "形式主义官僚主义"),
    "组织人事": ("班子建设", "选人用人", "干部队伍", "基层党建"),
}


def _commands(page: str) -> list[list[str]]:
    text = (ROOT / "docs" / page / "training.md").read_text("utf-8")
    lines = [line for block in re.findall(r"```bash\n(.*?)```", text, re.S) for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line.strip()]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the checkout and can be written to; the tests run in it."""
    for name in ("configs", "data", "docs", "models", "train", "zhenggai"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(command: list[str]) -> str:
    """Run `zhenggai ...` or `python train/own_categories.py ...` in this process."""
    program, *arguments = command
    if program == "zhenggai":
        result = CliRunner().invoke(app, arguments, env={"COLUMNS": "160"})
        assert result.exit_code == 0, f"{command}: {result.output} {result.exception}"
        return result.output
    assert arguments.pop(0) == "train/own_categories.py"
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        main(arguments)
    return output.getvalue()


def test_both_pages_give_the_same_commands() -> None:
    assert _commands("zh") == _commands("en")
    assert len(_commands("zh")) == 4


def test_the_commands_of_the_page_lead_to_a_ledger_with_own_categories(checkout: Path) -> None:
    check, training, classify, explain = _commands("zh")
    assert "类别：588 条标注" in _run(check)
    accuracy = float(re.findall(r"accuracy (\d\.\d+)", _run(training))[0])
    assert accuracy == pytest.approx(0.82, abs=0.02)  # as the page says
    _run(classify)
    own = set(load_taxonomy(TUTORIAL / "taxonomy.yaml").category_names)
    items = [json.loads(line) for line in (checkout / "out" / "own.jsonl").read_text("utf-8").splitlines()]
    assert len({item["category"] for item in items}) >= 3
    assert {item["category"] for item in items} <= own
    said = _run(explain)
    assert "类别：作风廉洁" in said
    assert "八项规定、廉洁纪律、形式主义官僚主义" in said


def test_the_model_holds_on_validation_notices(tmp_path: Path) -> None:
    train(TUTORIAL / "taxonomy.yaml", [TUTORIAL / "examples.csv"], tmp_path)
    merged = {old: new for new, olds in MERGED.items() for old in olds}
    rows = (ROOT / "data" / "tables" / "problems" / "validation.jsonl").read_text("utf-8").splitlines()
    known = [row for row in map(json.loads, rows) if row["category"] in merged]
    found = load_category(tmp_path).classify([Query(r["problem"], tuple(r["path"])) for r in known])
    right = sum(f.label == merged[r["category"]] for f, r in zip(found, known, strict=True))
    assert right / len(known) == pytest.approx(0.76, abs=0.03)  # as the page says


def test_a_label_outside_the_taxonomy_names_row_and_closest(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("problem,category\n账目混乱,钱物管里\n", "utf-8")
    with pytest.raises(ConfigError, match=r"own\.csv:2：类别“钱物管里”不在分类体系中，是否想写“钱物管理”"):
        train(TUTORIAL / "taxonomy.yaml", [path], tmp_path)


def test_too_few_examples_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("problem,category\n" + "账目混乱,钱物管理\n" * 5, "utf-8")
    with pytest.raises(ConfigError, match=r"至少需要 5 条样例，现有：思想政治 0 条"):
        train(TUTORIAL / "taxonomy.yaml", [path], tmp_path)


def test_one_notice_alone_cannot_be_measured(tmp_path: Path) -> None:
    rows = [f"问题{i},{name},甲\n" for name in MERGED for i in range(5)]
    path = tmp_path / "own.csv"
    path.write_text("problem,category,notice\n" + "".join(rows), "utf-8")
    with pytest.raises(ConfigError, match="同一份通报"):
        train(TUTORIAL / "taxonomy.yaml", [path], tmp_path)
