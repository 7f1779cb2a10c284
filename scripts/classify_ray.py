"""Classify notices on a Ray cluster, or on all cores of one machine: `zhenggai classify` for very many files.

    python scripts/classify_ray.py NOTICES --output OUT                      # a folder, on this machine
    python scripts/classify_ray.py s3://bucket/notices --output s3://bucket/ledger --address auto
    python scripts/classify_ray.py pages.parquet crawl.warc.gz --output OUT --ledger all.xlsx
    python scripts/classify_ray.py list.txt --format list --output OUT --resume

Needs the extra `ray`. Writes a folder of Parquet partitions (see `zhenggai/cluster/output.py`). Exit status:
0 all inputs done, 1 some inputs failed (they are in `errors.parquet`), 2 usage, settings or storage.
"""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import Annotated

import typer

from zhenggai import __version__
from zhenggai.cluster.listing import Format
from zhenggai.cluster.output import Output
from zhenggai.cluster.pieces import Cut
from zhenggai.cluster.ray_job import Job, run_job
from zhenggai.commands.running import parameters
from zhenggai.errors import ZhenggaiError
from zhenggai.isolation import Isolation
from zhenggai.notice.reading import Limits
from zhenggai.pipeline import Labeller, Settings
from zhenggai.setup import set_up

MIB = 1024 * 1024


def load_classifier(category: Path | None, status: Path | None) -> Labeller:
    """The labeller of `zhenggai classify`; called in every worker."""
    from zhenggai.classification.classifier import Classifier

    return Classifier.load(category, status, threads=1)  # an actor has one core


def gpu_build() -> bool:
    """Whether the installed ONNX Runtime is the one for GPUs; with the other, a GPU would stand idle."""
    import onnxruntime

    return "CUDAExecutionProvider" in onnxruntime.get_available_providers()


def classify(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="输入...",
            help="文件夹、文件、zip、Parquet（列 path 和 bytes 或 text）、WARC，本机路径或 s3:// 等地址。",
        ),
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="文件夹", help="输出文件夹，可为地址。")],
    form: Annotated[Format, typer.Option("--format", help="输入的种类；auto 按扩展名判断。")] = Format.AUTO,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger", metavar="台账", help="结束后把各分区合成一份台账（.jsonl .csv .xlsx .parquet）。"
        ),
    ] = None,
    category_model: Annotated[
        Path | None,
        typer.Option("--category-model", metavar="文件夹", help="类别模型，各节点上的路径须相同。"),
    ] = None,
    status_model: Annotated[
        Path | None,
        typer.Option("--status-model", metavar="文件夹", help="完成状态模型，各节点上的路径须相同。"),
    ] = None,
    taxonomy: Annotated[
        Path | None,
        typer.Option("--taxonomy", metavar="文件", help="自己的分类体系（.yaml），同 zhenggai classify。"),
    ] = None,
    target_accuracy: Annotated[
        float | None,
        typer.Option("--target-accuracy", metavar="比例", help="不建议复核的条目中应判对的比例，默认 0.95。"),
    ] = None,
    review_rate: Annotated[
        float | None, typer.Option("--review-rate", metavar="比例", help="建议复核的条目约占的比例。")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--address", metavar="地址", help="已有 Ray 集群的地址（auto 表示当前集群）；默认在本机启动。"
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, metavar="数", help="工作进程数，默认用满集群。")
    ] = None,
    actors_per_gpu: Annotated[
        int,
        typer.Option("--actors-per-gpu", min=0, metavar="数", help="共用一块 GPU 的进程数，0 表示不用 GPU。"),
    ] = 4,
    piece: Annotated[int, typer.Option("--piece", min=1, metavar="份", help="每组大约多少份输入。")] = 100,
    file_seconds: Annotated[
        float, typer.Option("--file-seconds", min=1, metavar="秒", help="读取一个文件最多用的时间。")
    ] = 120.0,
    max_mib: Annotated[
        int, typer.Option("--max-mib", min=1, metavar="MiB", help="单个文件的最大大小。")
    ] = 64,
    resume: Annotated[bool, typer.Option("--resume", help="接续上次的运行，已完成的输入跳过。")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="接续时重做有失败输入的组。")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="丢弃输出文件夹中上次的结果。")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度和汇总。")] = False,
) -> None:
    """Read, parse, classify, write partitions."""
    setup = set_up(
        category_model,
        status_model,
        taxonomy,
        target_accuracy=target_accuracy,
        review_rate=review_rate,
        threads=1,
    )
    job = Job(
        paths=paths,
        output=Output(output),
        manifest={
            "软件版本": __version__,
            "命令": "classify",
            **setup.fingerprint,
            **parameters(setup.taxonomy, file_seconds, max_mib),
        },
        form=form,
        cut=Cut(inputs=piece),
        settings=Settings(
            Isolation(seconds=file_seconds, limits=Limits(file_bytes=max_mib * MIB)),
            setup.policy,
        ),
        taxonomy=setup.taxonomy,
        workers=workers,
        actors_per_gpu=actors_per_gpu if gpu_build() else 0,
        address=address,
        resume=resume,
        overwrite=overwrite,
        retry_failed=retry_failed,
        ledger=ledger,
        quiet=quiet,
    )
    totals = run_job(job, functools.partial(load_classifier, category_model, status_model))
    if not quiet:
        totals.show(output)
    if totals.failed:
        raise typer.Exit(1)


def main() -> None:
    """Run; errors that the user can mend are one Chinese sentence."""
    try:
        typer.run(classify)
    except ZhenggaiError as error:
        typer.echo(f"错误：{error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
