"""What `classify` and `parse` share: files in, ledger out, progress and summary."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from zhenggai import __version__
from zhenggai.ahead import Ahead
from zhenggai.commands.summary import Summary
from zhenggai.isolation import isolation_of
from zhenggai.ledger.legend import About
from zhenggai.ledger.run import LedgerRun, stamps_of
from zhenggai.notice.reading import expand
from zhenggai.patterns import store
from zhenggai.pipeline import Labeller, Settings, process
from zhenggai.reviewing import ReviewPolicy
from zhenggai.taxonomy import Taxonomy, load_taxonomy


@dataclass(frozen=True)
class Job:
    """One run from files to a ledger."""

    paths: Sequence[str]
    output: Path
    manifest: Mapping[str, str]
    """What the result depends on besides the files, Chinese name → value."""
    resume: bool
    overwrite: bool
    workers: int
    file_seconds: float
    max_mib: int
    quiet: bool
    policy: ReviewPolicy = field(default_factory=ReviewPolicy)
    taxonomy: Taxonomy = field(default_factory=load_taxonomy)
    ahead: Ahead | None = None
    """The first file, where it is being read already."""


def run(job: Job, load: Callable[[int], AbstractContextManager[Labeller | None]]) -> int:
    """Do the job and return the exit status; `load` gives the labeller for so many files.

    Raises:
        ZhenggaiError: nothing can be done, or the ledger cannot be written.
    """
    try:
        return _run(job, load)
    finally:
        if job.ahead is not None:
            job.ahead.end()


def _run(job: Job, load: Callable[[int], AbstractContextManager[Labeller | None]]) -> int:
    isolation = isolation_of(job.workers, job.file_seconds, job.max_mib, job.ahead)
    own = parameters(job.taxonomy, job.file_seconds, job.max_mib)
    manifest = {"软件版本": __version__, **job.manifest, **own}
    summary = Summary()
    found = expand(job.paths, isolation.limits, summary.left_out.append, summary.pass_over)
    sources = {source.name: source for source in found}
    about = About(lines=manifest, taxonomy=job.taxonomy)
    with LedgerRun(
        job.output,
        manifest,
        stamps_of(list(sources)),
        about=about,
        resume=job.resume,
        overwrite=job.overwrite,
    ) as ledger:
        pending = [sources[name] for name in ledger.pending()]
        settings = Settings(isolation, job.policy)
        progress = _progress(len(sources), len(sources) - len(pending), job.quiet)
        with progress as advance, load(len(pending)) as labeller:
            for result in process(pending, labeller, settings, job.taxonomy):
                ledger.add(result.notice, result.records)
                advance()
        for notice, records in ledger.entries():
            summary.add(notice, records)
        ledger.finish()
    if not job.quiet:
        summary.show(job.output)
    return 1 if summary.failed else 0


def parameters(taxonomy: Taxonomy, file_seconds: float, max_mib: int) -> dict[str, str]:
    """What else decides what stands in the ledger; the number of workers does not."""
    return {
        "分类体系": store.derived(f"digest of {taxonomy!r}", lambda _: _digest(repr(taxonomy))),
        "单个文件时限": f"{file_seconds:g} 秒",
        "单个文件上限": f"{max_mib} MiB",
    }


def _digest(text: str) -> str:
    import hashlib  # 3 ms at start

    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _progress(total: int, done: int, quiet: bool) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, nothing in a pipe."""
    if quiet or not sys.stderr.isatty() or total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("正在处理通报", total=total, completed=done)
        yield lambda: progress.advance(task)


def finish(status: int) -> None:
    """Leave with an exit status other than 0."""
    if status:
        sys.exit(status)
