"""A plain command line means the same whether typer reads it or `simple.read`."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from zhenggai.commands import simple
from zhenggai.commands.application import app
from zhenggai.commands.classify import classify
from zhenggai.commands.declaring import for_typer
from zhenggai.commands.parse import parse

ROOT = Path(__file__).resolve().parents[2]


def by_typer(function: Callable[..., None], arguments: list[str]) -> dict[str, Any] | None:
    """What typer gives the function, or None where it refuses."""
    found: dict[str, Any] = {}

    def note(**given: Any) -> None:
        found.update(given)

    declared = for_typer(function)
    note.__signature__ = inspect.signature(declared)  # type: ignore[attr-defined]
    note.__annotations__ = declared.__annotations__
    own = typer.Typer(add_completion=False)
    own.command()(note)
    try:
        typer.main.get_command(own).main(list(arguments), prog_name="x", standalone_mode=False)
    except click.ClickException:
        return None
    return found or None


# Words of command lines; one of them is empty.
GIVEN = """
a.txt|b c|-||x.jsonl|--|-o|--output|--output=y.csv|--output=|-oz|-q|-qo|--quiet|--quiet=1|--workers
--workers=2|2|0|65|1_0| 3 |1.5|nan|-5|--file-seconds|--file-seconds=30|--max-mib|--max-mib=7|--resume
--overwrite|--over|--help|--model|--category-model=m|--taxonomy|--review-rate|--review-rate=0.2|--nonsense
"""
WORDS = GIVEN.strip().replace("\n", "|").split("|")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([classify, parse]), st.lists(st.sampled_from(WORDS), max_size=7))
def test_what_is_read_without_typer_is_what_typer_reads(
    function: Callable[..., None], words: list[str]
) -> None:
    given = simple.read(function, words)
    if given is not None:
        inspected = inspect.signature(function).bind(**given)
        inspected.apply_defaults()
        assert repr(dict(inspected.arguments)) == repr(by_typer(function, words))  # repr: nan is not nan


@pytest.mark.parametrize(
    "words",
    [
        ["a.txt", "-o", "l.jsonl"],
        ["a", "b", "--output", "l.csv", "--overwrite", "-q", "--workers", "2"],
        ["-", "--output=l.xlsx", "--file-seconds", "2.5", "--max-mib=9", "--resume"],
    ],
)
def test_plain_command_lines_need_no_typer(words: list[str]) -> None:
    ours, theirs = simple.read(parse, words), by_typer(parse, words)
    assert ours is not None
    assert theirs is not None
    assert ours == {name: theirs[name] for name in ours}


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["a.txt"],
        ["-o", "l.jsonl"],
        ["a", "-o"],
        ["a", "-o", "l", "--workers", "0"],
        ["a", "-o", "l", "--workers", "x"],
        ["a", "-o", "l", "--no-such"],
        ["a", "-o", "l", "-o", "k"],
        ["a", "-o", "l", "--help"],
    ],
)
def test_anything_else_is_left_to_typer(words: list[str]) -> None:
    assert simple.read(parse, words) is None


def test_help_is_chinese_and_names_every_option() -> None:
    text = CliRunner().invoke(app, ["classify", "--help"], env={"COLUMNS": "200"}).output
    assert "读取和分类的进程数" in text
    options = (
        "--output -o --model --status-model --taxonomy --target-accuracy --review-rate --resume --overwrite"
    )
    for option in (*options.split(), "--workers", "--file-seconds", "--max-mib", "--quiet", "1<=x<=64"):
        assert option in text


NOTICE = "某局整改情况通报\n1.关于“学习不深入”的问题\n整改情况：已印发学习计划。\n"


def test_a_run_loads_no_typer(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, "utf-8")
    code = (
        "import sys; sys.argv = ['zhenggai', 'parse', 'a.txt', '-o', 'l.jsonl', '--quiet']\n"
        "from zhenggai.cli import main; main()\n"
        "print([m for m in ('typer', 'click', 'rich', 'yaml', 'difflib') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=environment, check=True)
    assert done.stdout.decode().strip() == "[]"
