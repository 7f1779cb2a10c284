"""`zhenggai classify`: notices in, ledger out."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any

from zhenggai import ahead
from zhenggai.commands import options
from zhenggai.commands.declaring import Option

if TYPE_CHECKING:
    from zhenggai.isolation import Outcome


def _load_libraries() -> None:
    """Import the encoder's libraries in the background: beside our own modules, models and parsing."""

    def load() -> None:
        with contextlib.suppress(ImportError):
            import onnxruntime  # noqa: F401
            import tokenizers  # noqa: F401

    Thread(target=load, daemon=True).start()


def _statuses(outcome: Outcome, status_model: Path | None) -> list[tuple[Any, Any]]:
    """What a second process works out of the first file."""
    from zhenggai.classification.statuses.ahead import plain_statuses
    from zhenggai.records import query

    if isinstance(outcome, Exception):
        return []
    return plain_statuses([query(item, outcome.published) for item in outcome.items], status_model)


def classify(
    paths: options.Paths,
    output: options.Output,
    category_model: Annotated[
        Path | None,
        Option(("--category-model", "--model"), "类别模型，默认为随软件附带的模型。", metavar="文件夹"),
    ] = None,
    status_model: Annotated[
        Path | None,
        Option(("--status-model",), "完成状态模型，默认为随软件附带的模型。", metavar="文件夹"),
    ] = None,
    taxonomy: options.OwnTaxonomy = None,
    target_accuracy: Annotated[
        float | None,
        Option(
            ("--target-accuracy",),
            "不建议复核的条目中应有多大比例判对，如 0.95（默认）；越高，建议复核的越多。",
            metavar="比例",
        ),
    ] = None,
    review_rate: Annotated[
        float | None,
        Option(("--review-rate",), "建议复核的条目约占多大比例，如 0.2。", metavar="比例"),
    ] = None,
    resume: options.Resume = False,
    overwrite: options.Overwrite = False,
    workers: options.Workers = 1,
    file_seconds: options.FileSeconds = 120.0,
    max_mib: options.MaxMib = 64,
    quiet: options.Quiet = False,
) -> None:
    """Read, parse, classify, write."""
    # A run that is resumed begins with another file.
    reading = None if resume else ahead.begin(paths, workers, file_seconds, max_mib)
    import numpy  # noqa: F401  # both threads need it, and it does not like to be imported twice at once

    if reading is not None:
        reading.then(lambda outcome: _statuses(outcome, status_model))
    _load_libraries()
    from zhenggai.setup import set_up

    setup = set_up(
        category_model, status_model, taxonomy, target_accuracy=target_accuracy, review_rate=review_rate
    )
    classifier = setup.classifier
    if reading is not None:
        from zhenggai.classification.statuses.ahead import StatusesAhead

        own = classifier.status
        classifier = replace(classifier, status=StatusesAhead(own.models, own.calibration, reading.made))
    from zhenggai.classification.processes import in_processes
    from zhenggai.commands.running import Job, finish, run  # while the encoder loads

    job = Job(
        paths=paths,
        output=output,
        manifest={"命令": "classify", **setup.fingerprint},
        resume=resume,
        overwrite=overwrite,
        workers=workers,
        file_seconds=file_seconds,
        max_mib=max_mib,
        quiet=quiet,
        policy=setup.policy,
        taxonomy=setup.taxonomy,
        ahead=reading,
    )
    finish(run(job, lambda files: in_processes(classifier, workers, files)))
