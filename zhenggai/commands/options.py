"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="文件或文件夹...", help="通报文件、文件夹（含子文件夹）、通配符，或 - 表示标准输入。"
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="台账", help="台账文件，扩展名决定格式：.jsonl .csv .xlsx .parquet。"
    ),
]
Resume = Annotated[bool, typer.Option("--resume", help="接续上次没有完成的运行。")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="覆盖已有的输出文件。")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, metavar="数", help="读取文件的进程数。")]
FileSeconds = Annotated[
    float, typer.Option("--file-seconds", min=1, metavar="秒", help="读取一个文件最多用的时间。")
]
MaxMib = Annotated[int, typer.Option("--max-mib", min=1, metavar="MiB", help="单个文件的最大大小。")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度和汇总。")]
OwnTaxonomy = Annotated[
    Path | None,
    typer.Option(
        "--taxonomy",
        metavar="文件",
        help="自己的分类体系（.yaml）。省略时用模型文件夹中的 taxonomy.yaml，没有则用随软件附带的。",
    ),
]
