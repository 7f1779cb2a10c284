"""All checks over what was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhenggai.checks import duplicates, imbalance, label_errors, leakage, outliers
from zhenggai.checks.agreement import Agreement, agreement
from zhenggai.checks.model import Context, Finding
from zhenggai.checks.reading import read_labelled

CHECKS: dict[str, tuple[str, Callable[[Context], list[Finding]]]] = {
    module.NAME: (module.TITLE, module.check)
    for module in (label_errors, duplicates, leakage, imbalance, outliers)
}
"""Key → Chinese title, check."""


@dataclass(frozen=True)
class Result:
    """What the checks came to."""

    checks: tuple[str, ...]
    """Keys of the checks that were run."""
    counts: dict[str, int]
    """Examples by task."""
    accuracies: dict[str, float]
    """Out-of-fold accuracy by task: the lower, the more of the suspected label errors are the model's own."""
    findings: tuple[Finding, ...]
    agreements: tuple[Agreement, ...]
    skipped: tuple[str, ...]
    """Files without labels."""


def check_data(paths: Sequence[Path], checks: Sequence[str] = tuple(CHECKS), seed: int = 0) -> Result:
    """Run `checks` (keys of `CHECKS`) over the labelled rows in `paths`.

    Raises:
        LedgerError: nothing to check, or a library is missing.
    """
    read = read_labelled(paths)
    findings: list[Finding] = []
    accuracies: dict[str, float] = {}
    for task, examples in read.examples.items():
        context = Context(task, examples, seed)
        for name in checks:
            findings += CHECKS[name][1](context)
        if label_errors.NAME in checks and context.accuracy is not None:
            accuracies[task] = context.accuracy
    agreements = tuple(agreement(task, units) for task, units in read.passes.items())
    counts = {task: len(examples) for task, examples in read.examples.items()}
    return Result(tuple(checks), counts, accuracies, tuple(findings), agreements, tuple(read.skipped))
