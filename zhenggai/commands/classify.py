"""`zhenggai classify`: notices in, ledger out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhenggai.commands import options
from zhenggai.commands.running import Job, finish, run


def classify(
    paths: options.Paths,
    output: options.Output,
    category_model: Annotated[
        Path | None,
        typer.Option("--category-model", metavar="文件夹", help="类别模型，默认为随软件附带的模型。"),
    ] = None,
    status_model: Annotated[
        Path | None,
        typer.Option("--status-model", metavar="文件夹", help="完成状态模型，默认为随软件附带的模型。"),
    ] = None,
    resume: options.Resume = False,
    overwrite: options.Overwrite = False,
    workers: options.Workers = 1,
    file_seconds: options.FileSeconds = 120.0,
    max_mib: options.MaxMib = 64,
    quiet: options.Quiet = False,
) -> None:
    """Read, parse, classify, write."""
    from zhenggai.classification.classifier import Classifier

    classifier = Classifier.load(category_model, status_model)
    job = Job(
        paths=paths,
        output=output,
        manifest={"命令": "classify", **classifier.fingerprint},
        resume=resume,
        overwrite=overwrite,
        workers=workers,
        file_seconds=file_seconds,
        max_mib=max_mib,
        quiet=quiet,
        policy=classifier.policy,
    )
    finish(run(job, lambda: classifier))
