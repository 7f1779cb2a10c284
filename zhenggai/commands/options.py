"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from zhenggai.commands.declaring import Argument, Option

Paths = Annotated[
    list[str], Argument("文件或文件夹...", "通报文件、文件夹（含子文件夹）、通配符，或 - 表示标准输入。")
]
Output = Annotated[
    Path,
    Option(("--output", "-o"), "台账文件，扩展名决定格式：.jsonl .csv .xlsx .parquet。", metavar="台账"),
]
Resume = Annotated[bool, Option(("--resume",), "接续上次没有完成的运行。")]
Overwrite = Annotated[bool, Option(("--overwrite",), "覆盖已有的输出文件。")]
Workers = Annotated[
    int,
    Option(
        ("--workers",),
        "读取和分类的进程数；文件多时更快，结果不变。",
        metavar="数",
        min=1,
        max=64,
    ),
]
FileSeconds = Annotated[float, Option(("--file-seconds",), "读取一个文件最多用的时间。", metavar="秒", min=1)]
MaxMib = Annotated[int, Option(("--max-mib",), "单个文件的最大大小。", metavar="MiB", min=1)]
Quiet = Annotated[bool, Option(("--quiet", "-q"), "不显示进度和汇总。")]
OwnTaxonomy = Annotated[
    Path | None,
    Option(
        ("--taxonomy",),
        "自己的分类体系（.yaml）。省略时用模型文件夹中的 taxonomy.yaml，没有则用随软件附带的。",
        metavar="文件",
    ),
]
