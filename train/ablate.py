"""Ablation: fine-tune each row of a table over folds and seeds; mean and spread of each, and its gain.

    python train/ablate.py configs/ablation/encoders.yaml --output runs/ablation
    python train/ablate.py configs/ablation/encoders.yaml --output runs/ablation --report   # only the table

Each run holds out one fold and trains on the other four for a fixed number of epochs: nothing is chosen on
the held-out fold. A finished run is a line in `results.jsonl`; started again, the command goes on with what
is missing, seed by seed, so that all rows have the same folds when it is stopped.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from train._finetuning.ablation import Result, markdown, read_results
from train._finetuning.settings import FinetuneConfig
from train.finetune import finetune
from zhenggai.config import from_mapping, load_config
from zhenggai.errors import ConfigError


@dataclass(frozen=True)
class AblationConfig:
    """Rows of a table: changes to one fine-tuning configuration."""

    base: dict[str, object]
    """Settings of `FinetuneConfig` that all rows share; `output` and `held_out` are set here."""
    rows: dict[str, dict[str, object]]
    """Name → settings that differ. The first row is what the others are compared with."""
    folds: tuple[int, ...] = (0, 1, 2, 3, 4)
    seeds: tuple[int, ...] = field(default=(0, 1, 2))


@dataclass(frozen=True)
class Run:
    """One fine-tuning of the table."""

    row: str
    fold: int
    seed: int


def main() -> None:
    """Read the options, run what is missing, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--output", type=Path, required=True, help="results.jsonl and table.md")
    parser.add_argument("--report", action="store_true", help="only write the table")
    given = parser.parse_args()
    config = load_config(given.config, AblationConfig)
    results = given.output / "results.jsonl"
    given.output.mkdir(parents=True, exist_ok=True)
    if not given.report:
        done = {(r.row, r.fold, r.seed) for r in read_results(results)}
        for run in planned(config):
            if (run.row, run.fold, run.seed) not in done:
                measure(config, run, given.output)
    table = markdown(read_results(results), list(config.rows))
    (given.output / "table.md").write_text(table, encoding="utf-8")
    print(table)


def planned(config: AblationConfig) -> Iterator[Run]:
    """All runs: seed by seed, fold by fold, so that a stopped table compares like with like."""
    for seed in config.seeds:
        for fold in config.folds:
            for row in config.rows:
                yield Run(row, fold, seed)


def settings(config: AblationConfig, run: Run, output: Path) -> FinetuneConfig:
    """The fine-tuning of one run.

    Raises:
        ConfigError: a row sets what the table sets itself, or what fine-tuning does not know.
    """
    changes = config.rows[run.row]
    if taken := {"output", "held_out", "seed", "evaluations"} & (set(changes) | set(config.base)):
        raise ConfigError(f"消融表自行设定 {'、'.join(sorted(taken))}，配置中不应出现。请删去。")
    own = {"output": str(output / "run"), "held_out": [run.fold], "seed": run.seed, "evaluations": 1}
    return from_mapping({**config.base, **changes, **own}, FinetuneConfig, f"rows.{run.row}")


def measure(config: AblationConfig, run: Run, output: Path) -> None:
    """Fine-tune once and add a line to the results."""
    figures = finetune(settings(config, run, output))
    shutil.rmtree(output / "run", ignore_errors=True)
    if not figures:  # not the first of several processes
        return
    result = Result(run.row, run.fold, run.seed, figures["test"])
    with (output / "results.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(dataclasses.asdict(result), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
