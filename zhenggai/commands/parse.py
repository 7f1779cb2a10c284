"""`zhenggai parse`: items without labels."""

from __future__ import annotations

from contextlib import nullcontext

from zhenggai.commands import options
from zhenggai.commands.running import Job, finish, run


def parse(
    paths: options.Paths,
    output: options.Output,
    resume: options.Resume = False,
    overwrite: options.Overwrite = False,
    workers: options.Workers = 1,
    file_seconds: options.FileSeconds = 120.0,
    max_mib: options.MaxMib = 64,
    quiet: options.Quiet = False,
) -> None:
    """Find problems and outcomes; no model is loaded."""
    job = Job(
        paths=paths,
        output=output,
        manifest={"命令": "parse"},
        resume=resume,
        overwrite=overwrite,
        workers=workers,
        file_seconds=file_seconds,
        max_mib=max_mib,
        quiet=quiet,
    )
    finish(run(job, lambda _: nullcontext()))
