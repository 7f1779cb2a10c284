"""`zhenggai review export` and `zhenggai review import`: corrections out of a ledger and back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhenggai import __version__
from zhenggai.commands import options
from zhenggai.commands.declaring import for_typer
from zhenggai.review.tools import Tool

app = typer.Typer(name="review", help="复核：导出待复核的条目，读回改正结果。", no_args_is_help=True)


@app.callback()
def _main() -> None:
    """复核。"""


@app.command("export", help="把台账中建议复核的条目导出到 Excel、CSV、Label Studio 或 doccano。")
@for_typer
def export(
    ledger: Annotated[Path, typer.Argument(metavar="台账", help="classify 写出的台账。")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="文件", help="导出的文件。")],
    tool: Annotated[Tool, typer.Option("--tool", help="在哪种工具中改正。")] = Tool.XLSX,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="条", help="最多导出几条。")] = None,
    everything: Annotated[bool, typer.Option("--all", help="导出全部条目，不只是建议复核的。")] = False,
    model: Annotated[
        Path | None,
        typer.Option(
            "--model",
            metavar="文件夹",
            help="类别模型：只看问题表述的 TF-IDF 与台账判定不同的条目更值得看。默认为随软件附带的。",
        ),
    ] = None,
    taxonomy: options.OwnTaxonomy = None,
    overwrite: options.Overwrite = False,
) -> None:
    """Write items for review, the most valuable first."""
    from zhenggai.review.exporting import export_review
    from zhenggai.setup import find_taxonomy
    from zhenggai.taxonomy import load_taxonomy

    version = f"zhenggai {__version__}"
    count = export_review(
        ledger,
        output,
        tool,
        limit=limit,
        flagged_only=not everything,
        model_version=version,
        taxonomy=load_taxonomy(find_taxonomy(model, taxonomy)),
        second_opinion=model,
        overwrite=overwrite,
    )
    typer.echo(f"导出 {count} 条：{output}", err=True)


@app.command("import", help="读回改正结果，写成训练数据。")
@for_typer
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="文件...", help="改正后的文件，可以是多人的多个。")],
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="文件夹", help="写到哪里。")],
    ledger: Annotated[
        Path | None,
        typer.Option("--ledger", metavar="台账", help="工作簿所由来的台账，用于找出其中的改动。"),
    ] = None,
    annotator: Annotated[
        str | None, typer.Option("--annotator", metavar="姓名", help="文件没有写明复核人时用。")
    ] = None,
    prefer: Annotated[
        str | None, typer.Option("--prefer", metavar="姓名", help="意见不一时以谁为准。")
    ] = None,
    taxonomy: options.OwnTaxonomy = None,
    overwrite: options.Overwrite = False,
) -> None:
    """Bring corrections back as training rows."""
    from zhenggai.review.importing import import_review
    from zhenggai.taxonomy import load_taxonomy

    done = import_review(
        paths,
        folder,
        ledger=ledger,
        annotator=annotator,
        prefer=prefer,
        taxonomy=load_taxonomy(taxonomy),
        overwrite=overwrite,
    )
    typer.echo(
        f"读回 {done.items} 条，其中改动 {done.changed} 条、意见不一 {done.disputed} 条；"
        f"写出问题 {done.problems} 行、整改情况 {done.outcomes} 行：{folder}",
        err=True,
    )
