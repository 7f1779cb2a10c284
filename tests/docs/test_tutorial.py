"""The tutorial on own categories, run as it stands on the page."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shlex
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from train.own_categories import main, train
from zhenggai.classification.category import load_category
from zhenggai.classification.model import Query
from zhenggai.commands.application import app
from zhenggai.errors import ConfigError, LedgerError
from zhenggai.ledger.files import read_ledger
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
    assert len(_commands("zh")) == 8


def test_the_commands_of_the_page_lead_from_labels_to_corrections(checkout: Path) -> None:
    check, training, classify, report, explain, export, back, again = _commands("zh")
    own = load_taxonomy(TUTORIAL / "taxonomy.yaml")
    assert "类别：588 条标注" in _run(check)
    accuracy = float(re.findall(r"accuracy (\d\.\d+)", _run(training))[0])
    assert accuracy == pytest.approx(0.82, abs=0.02)  # as the page says
    _run(classify)
    records, _ = read_ledger(checkout / "out" / "own.xlsx")
    assert len({r.category for r in records}) >= 3
    assert {r.category for r in records} <= set(own.category_names)
    assert {r.theme for r in records} <= {"业务工作", "党的建设"}
    assert all(name in own.category_names for r in records for name in r.also)
    assert _drop_down(checkout / "out" / "own.xlsx", "问题类别") == list(own.category_names)
    _run(report)
    page = (checkout / "out" / "own.html").read_text("utf-8")
    assert all(name in page for name in (*own.category_names, "业务工作", "党的建设"))
    assert "理论学习、" not in page.split('id="data"')[0]
    said = _run(explain)
    assert "类别：作风廉洁" in said
    assert "八项规定、廉洁纪律、形式主义官僚主义" in said
    _run(export)
    first = _fill(checkout / "out" / "review.csv", "组织人事")
    assert "写出问题 10 行" in _run(back)
    lines = (checkout / "out" / "corrections" / "problems.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {row["category"] for row in rows} <= set(own.category_names)
    assert next(row["category"] for row in rows if row["problem"] == first) == "组织人事"
    assert re.search(r"accuracy 0\.\d+", _run(again))
    (found,) = load_category(checkout / "out" / "own").classify([Query(first, tuple(rows[0]["path"]))])
    assert found.label == "组织人事"  # it has learnt the correction


def _drop_down(path: Path, head: str) -> list[str]:
    """What a column of 台账 offers."""
    book = openpyxl.load_workbook(path)
    letter = next(cell.column_letter for cell in book["台账"][1] if cell.value == head)
    rules = book["台账"].data_validations.dataValidation
    place = next(r.formula1 for r in rules if str(r.sqref).startswith(f"{letter}2"))
    return [cell.value for row in book["说明"][place.split("!")[1].replace("$", "")] for cell in row]


def _fill(path: Path, category: str) -> str:
    """Correct the first item to `category`, confirm the others; the first problem."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["结论"] = "无误"
    rows[0] |= {"结论": "已改正", "改为类别": category}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return rows[0]["问题"]


def test_labels_of_another_taxonomy_are_refused_on_import(checkout: Path) -> None:
    _, training, classify, _, _, export, back, _ = _commands("zh")
    for command in (training, classify, export):
        _run(command)
    _fill(checkout / "out" / "review.csv", "国有资产")
    error = CliRunner().invoke(app, back[1:]).exception
    assert isinstance(error, LedgerError)
    assert "类别“国有资产”不在分类体系中" in str(error)


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
