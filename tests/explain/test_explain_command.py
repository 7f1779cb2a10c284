"""The command with the models of the package."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.checks.tools import write_jsonl
from zhenggai.commands.declaring import for_typer
from zhenggai.commands.explain import explain
from zhenggai.errors import LedgerError

app = typer.Typer()
app.command()(for_typer(explain))


@pytest.fixture
def examples(tmp_path: Path) -> str:
    rows = [
        {
            "problem": "公务接待无清单",
            "category": "八项规定",
            "outcome": "已清退补贴3万元。",
            "status": "已完成",
        },
        {"problem": "账目混乱", "category": "财经纪律", "outcome": "正在追缴。", "status": "正在整改"},
    ]
    return str(write_jsonl(tmp_path / "own.jsonl", rows))


def test_a_category_on_the_terminal_and_as_a_page(tmp_path: Path, examples: str) -> None:
    page = tmp_path / "why.html"
    arguments = ["公务接待无公函、无清单", "--examples", examples, "--html", str(page)]
    result = CliRunner().invoke(app, [*arguments, "--path", "（二）作风方面"])
    assert result.exit_code == 0, result.output
    assert "类别：八项规定" in result.output
    assert "接待" in page.read_text("utf-8")
    again = CliRunner().invoke(app, arguments)
    assert isinstance(again.exception, LedgerError)


def test_a_stated_status_from_standard_input(examples: str) -> None:
    result = CliRunner().invoke(
        app, ["-", "--task", "status", "--examples", examples], input="该问题已整改完成。\n"
    )
    assert result.exit_code == 0, result.output
    assert "完成状态：已完成" in result.output
    assert "明文" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["文本", "--task", "themes"], "category 或 status，实际为“themes”"),
        ([" "], "文本为空"),
        (["文本", "--examples", "missing"], "missing（未找到）"),
    ],
)
def test_what_cannot_be_explained_is_said(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, LedgerError)
    assert message in str(result.exception)
