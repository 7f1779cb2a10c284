"""`zhenggai explain`: why a text got its label."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.commands import options
from zhenggai.errors import LedgerError


def explain(
    text: Annotated[
        str, typer.Argument(metavar="文本", help="问题表述（类别）或整改情况（完成状态）；- 表示标准输入。")
    ],
    task: Annotated[str, typer.Option("--task", metavar="任务", help="category 类别，status 完成状态。")] = (
        "category"
    ),
    path: Annotated[
        list[str] | None, typer.Option("--path", metavar="标题", help="上级标题，由外到内，可重复。")
    ] = None,
    problem: Annotated[
        str, typer.Option("--problem", metavar="问题", help="判断完成状态时，整改情况所对应的问题。")
    ] = "",
    html: Annotated[Path | None, typer.Option("--html", metavar="网页", help="另写一个网页。")] = None,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="文件夹", help="模型，默认为随软件附带的模型。")
    ] = None,
    taxonomy: options.OwnTaxonomy = None,
    examples: Annotated[
        list[Path] | None,
        typer.Option("--examples", metavar="标注", help="用于比较的标注文件或文件夹，可重复。"),
    ] = None,
    overwrite: options.Overwrite = False,
) -> None:
    """Explain one label on the terminal and, if asked, as a page."""
    from rich.console import Console

    from zhenggai.explain.examples import Examples, default_folders
    from zhenggai.explain.explaining import explain as explain_query
    from zhenggai.explain.explaining import make_query
    from zhenggai.explain.model import TASKS
    from zhenggai.explain.page import write_page
    from zhenggai.explain.scoring import load_scorer
    from zhenggai.explain.terminal import show
    from zhenggai.setup import find_taxonomy
    from zhenggai.taxonomy import load_taxonomy

    kind = next((known for known in TASKS if known == task), None)
    if kind is None:
        raise LedgerError(f"--task 应为 {' 或 '.join(TASKS)}，实际为“{task}”。")
    if html is not None and html.exists() and not overwrite:
        raise LedgerError(f"{html} 已存在。请换一个文件名，或加 --overwrite 覆盖。")
    text = sys.stdin.read().strip() if text == "-" else text.strip()
    if not text:
        raise LedgerError("文本为空。请给出一条问题表述或整改情况。")
    explanation = explain_query(
        make_query(kind, text, tuple(path or ()), problem),
        kind,
        load_scorer(kind, model),
        load_taxonomy(find_taxonomy(model, taxonomy)),
        Examples(kind, examples or default_folders(kind)),
    )
    show(explanation, Console())
    if html is not None:
        write_page(explanation, html)
        typer.echo(f"网页：{html}", err=True)
