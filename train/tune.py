"""Search settings of fine-tuning with Optuna, on validation folds only.

    python train/tune.py configs/tune/category.yaml --output runs/tune --trials 30

A trial is judged by the mean of a figure over the validation folds; neither they nor the test fold are
trained on, and the test fold's figures are not read. Trials that fall behind after a fold are given up
(median pruning). The study is kept in `study.sqlite3`: the same command goes on where it stopped.
`best.yaml` is a configuration for train/finetune.py.
"""

from __future__ import annotations

import argparse
import dataclasses
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import optuna
import yaml

from train._finetuning.settings import METRICS, FinetuneConfig
from train.finetune import finetune
from zhenggai.config import from_mapping, load_config
from zhenggai.errors import ConfigError

TEST_FOLD = 4


@dataclass(frozen=True)
class Span:
    """The values of one setting: a range, or a list of choices."""

    low: float | None = None
    high: float | None = None
    log: bool = False
    choices: tuple[object, ...] = ()


@dataclass(frozen=True)
class TuneConfig:
    """What is searched and by what a trial is judged."""

    base: dict[str, object]
    """Settings of `FinetuneConfig` that all trials share."""
    search: dict[str, Span]
    """Setting → its values."""
    metric: str = "log_loss"
    folds: tuple[int, ...] = field(default=(0, 1, 2, 3))
    seed: int = 0

    def __post_init__(self) -> None:
        """Check what would spoil the test split.

        Raises:
            ConfigError: the test fold among the validation folds, an unknown metric, an empty search.
        """
        if TEST_FOLD in self.folds or not self.folds:
            raise ConfigError(
                f"folds 应为验证折（0 到 3），不得含测试折 {TEST_FOLD}，实际为 {list(self.folds)}。"
            )
        if self.metric not in METRICS:
            raise ConfigError(f"metric 应为 {'、'.join(METRICS)} 之一，实际为“{self.metric}”。")
        for name, span in self.search.items():
            if not span.choices and (span.low is None or span.high is None):
                raise ConfigError(f"search.{name} 应给出 low 与 high，或 choices。请改正配置。")


def main() -> None:
    """Read the options, search, write the best settings."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--output", type=Path, required=True, help="study and best settings")
    parser.add_argument("--trials", type=int, default=20)
    given = parser.parse_args()
    search(load_config(given.config, TuneConfig), given.output, given.trials)


def search(config: TuneConfig, output: Path, trials: int) -> optuna.Study:
    """Run `trials` further trials of the study in `output`."""
    output.mkdir(parents=True, exist_ok=True)
    study = optuna.create_study(
        study_name="finetune",
        storage=f"sqlite:///{output / 'study.sqlite3'}",
        load_if_exists=True,
        direction="minimize" if config.metric == "log_loss" else "maximize",
        sampler=optuna.samplers.TPESampler(seed=config.seed),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=5),
    )
    study.optimize(lambda trial: judge(config, trial, output / "run"), n_trials=trials)
    best = {**config.base, **study.best_params}
    (output / "best.yaml").write_text(yaml.safe_dump(best, allow_unicode=True), encoding="utf-8")
    print(f"最好的设置（{config.metric} {study.best_value:.4f}）已写入 {output / 'best.yaml'}。", flush=True)
    return study


def judge(config: TuneConfig, trial: optuna.Trial, folder: Path) -> float:
    """The mean figure of a trial over the validation folds."""
    chosen = {name: suggest(trial, name, span) for name, span in config.search.items()}
    settings = from_mapping({**config.base, **chosen, "output": str(folder)}, FinetuneConfig, "search")
    values = []
    for step, fold in enumerate(config.folds):
        run = dataclasses.replace(settings, held_out=(fold, TEST_FOLD), seed=config.seed)
        values.append(finetune(run)["validation"][config.metric])
        shutil.rmtree(folder, ignore_errors=True)
        trial.report(sum(values) / len(values), step)
        if trial.should_prune():
            raise optuna.TrialPruned
    return sum(values) / len(values)


def suggest(trial: optuna.Trial, name: str, span: Span) -> object:
    """A value of one setting."""
    if span.choices:
        return trial.suggest_categorical(name, list(span.choices))
    assert span.low is not None  # checked by the config
    assert span.high is not None
    return trial.suggest_float(name, span.low, span.high, log=span.log)


if __name__ == "__main__":
    main()
