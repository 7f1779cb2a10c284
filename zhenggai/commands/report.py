"""`zhenggai report`: a ledger becomes one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhenggai.commands import options
from zhenggai.errors import LedgerError


def report(
    ledger: Annotated[Path, typer.Argument(metavar="台账", help="classify 写出的台账。")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="网页", help="报告文件，如 report.html。")
    ],
    taxonomy: options.OwnTaxonomy = None,
    overwrite: options.Overwrite = False,
) -> None:
    """Write the report page."""
    from zhenggai.report import write_report
    from zhenggai.taxonomy import load_taxonomy

    if output.exists() and not overwrite:
        raise LedgerError(f"{output} 已存在。请换一个文件名，或加 --overwrite 覆盖。")
    write_report(ledger, output, load_taxonomy(taxonomy))
    typer.echo(f"报告：{output}", err=True)
