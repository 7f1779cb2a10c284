"""What an encoder has seen: ``pretraining.json`` beside its weights, one record a run, oldest first.

A run that starts from such a folder keeps the records found there (in its own folder, since the export may
replace the start) and adds its own, so that card and curve cover all the tokens and not the last run's alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from train._pretraining.shards import read_index
from train._versions import versions

if TYPE_CHECKING:
    from train._pretraining.trainer import Trainer

FILE = "pretraining.json"
_EARLIER = "earlier.json"  # in a run's folder: the records of the encoder it started from
_LOOKS = ("held_out", "held_out_long", "probe")  # kinds of log records that are kept
_LIBRARIES = ("torch", "transformers", "tokenizers", "numpy", "jieba")


@dataclass(frozen=True)
class RunRecord:
    """One run: what is needed to do it again, what it read, what was measured on the way."""

    settings: dict[str, Any]  # of `PretrainConfig`; {} where they are not known any more
    versions: dict[str, str]
    corpus: dict[str, dict[str, Any]]  # source → training tokens, passes an epoch
    corpus_fingerprint: str  # SHA-256 of the shards' index
    tokens: int
    steps: int
    long_tokens: int  # of ``tokens``, those in long rows
    passage_tokens: int  # beside ``tokens``
    seconds: float
    looks: list[dict[str, Any]]  # records of the log: kind, tokens, loss or accuracy


def keep_earlier(start: str | None, run: Path) -> None:
    """Keep the records of the encoder a run starts from; called before its first step."""
    if start is None or not (source := Path(start) / FILE).is_file():
        return
    run.mkdir(parents=True, exist_ok=True)
    (run / _EARLIER).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")


def read_earlier(run: Path) -> tuple[RunRecord, ...]:
    """Records of the runs before this one."""
    path = run / _EARLIER
    if not path.is_file():
        return ()
    return tuple(RunRecord(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))["runs"])


def describe(trainer: Trainer, shards: Path, log: Sequence[dict[str, Any]]) -> RunRecord:
    """The record of this run as it stands; ``log`` holds its records up to now."""
    config, progress = trainer.config, trainer.progress
    settings = asdict(config)
    if config.model.start is not None and Path(config.model.start).is_dir():
        settings["model"]["start"] = Path(config.model.start).name  # the rest names one machine's folders
    index = read_index(shards)
    weights = {source.name: source.weight for source in trainer.short.sources}
    return RunRecord(
        settings=settings,
        versions=versions(_LIBRARIES),
        corpus={n: {"train_tokens": index[n]["train_tokens"], "passes": w} for n, w in weights.items()},
        corpus_fingerprint=hashlib.sha256((shards / "index.json").read_bytes()).hexdigest(),
        tokens=progress.tokens,
        steps=progress.step,
        long_tokens=progress.long_rows * config.schedule.long_length,
        passage_tokens=progress.passage_tokens,
        seconds=round(progress.seconds, 1),
        looks=[record for record in log if record["kind"] in _LOOKS],
    )


def write(runs: Sequence[RunRecord], folder: Path) -> None:
    """Write the records beside the weights."""
    text = json.dumps({"runs": [asdict(run) for run in runs]}, ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def all_looks(runs: Sequence[RunRecord]) -> list[dict[str, Any]]:
    """What was measured over all runs, by tokens of masked-LM seen since the first."""
    looks: list[dict[str, Any]] = []
    before = 0
    for run in runs:
        # What a run measures before its first step is the end of the run before it.
        looks += [r | {"tokens": before + r["tokens"]} for r in run.looks if r["tokens"] or not before]
        before += run.tokens
    return looks
