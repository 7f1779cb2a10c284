"""`zhenggai data check`: what in labelled data should be looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhenggai.errors import LedgerError

app = typer.Typer(name="data", help="检查标注数据。", no_args_is_help=True)


@app.callback()
def _main() -> None:
    """检查标注数据。"""


@app.command("check", help="查找疑似标错、重复而标注不一、训练与评测重合、过少的类别、离群的条目。")
def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="文件或文件夹...", help="标注文件（.jsonl、.csv）或文件夹。")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件", help="把全部发现写成 .jsonl。")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="检查",
            help="只做这些检查，可重复：label_error conflict leakage imbalance outlier。",
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="数", help="每项检查显示的条数。")] = 20,
    seed: Annotated[int, typer.Option("--seed", metavar="数", help="划分各折的随机种子。")] = 0,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="覆盖已有的输出文件。")] = False,
) -> None:
    """Run the checks; findings are no failure, so the exit status is 0."""
    import difflib

    from rich.console import Console

    from zhenggai.checks.output import show, write_findings
    from zhenggai.checks.run import CHECKS, check_data

    for name in only or ():
        if name not in CHECKS:
            close = difflib.get_close_matches(name, CHECKS, n=1, cutoff=0.0)[0]
            raise LedgerError(f"--only：没有检查“{name}”，是否想写“{close}”？可用：{'、'.join(CHECKS)}。")
    if output is not None and output.exists() and not overwrite:
        raise LedgerError(f"{output} 已存在。请换一个文件名，或加 --overwrite 覆盖。")
    result = check_data(paths, only or tuple(CHECKS), seed)
    show(result, Console(), limit)
    if output is not None:
        write_findings(result, output)
        typer.echo(f"共 {len(result.findings)} 项发现，已写入 {output}", err=True)
