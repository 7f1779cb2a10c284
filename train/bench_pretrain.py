"""Tokens a second of pretraining, ours beside plain ``Trainer``, same model, same rows, same machine.

    python train/bench_pretrain.py --config configs/pretrain/mini.yaml --shards out/shards --seconds 20

Each variant burns in, then runs for ``--seconds``; variants take turns ``--rounds`` times, so that
other load on the machine falls on all alike. Given are tokens per second of wall time and per second
of CPU time (of this process, all threads): the latter is what a busy machine does not distort.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from train._pretraining.config import ConfigError, load_config, parse_override
from train._pretraining.data import Rows
from train._pretraining.fast_model import flops_per_token
from train._pretraining.feeding import ids_of
from train._pretraining.model import build_model
from train._pretraining.processes import Group
from train._pretraining.settings import PretrainConfig
from train._pretraining.shards import open_sources
from train._pretraining.speed import matrix_limit
from train._pretraining.trainer import Trainer
from train.pretrain import load_tokenizer


@dataclass
class Clock:
    """Wall and CPU seconds of the steps between two ``tick`` calls."""

    tokens: int = 0
    wall: float = 0.0
    cpu: float = 0.0

    def measure(self, step: Callable[[], int], seconds: float) -> None:
        """Call ``step`` (returns its tokens) for about ``seconds``, after one call that does not count."""
        step()
        wall, cpu = time.perf_counter(), time.process_time()
        until = wall + seconds
        while time.perf_counter() < until:
            self.tokens += step()
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu


class RowsDataset(Dataset[dict[str, list[int]]]):
    """Rows of the shards as ``Trainer`` wants them."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return self.rows.epoch_rows

    def __getitem__(self, index: int) -> dict[str, list[int]]:
        return {"input_ids": ids_of(self.rows.take(np.array([index])))[0].astype(int).tolist()}


def plain_trainer(
    config: PretrainConfig, shards: Path, folder: str, bf16: bool, seconds: float, clock: Clock
) -> None:
    """One stretch of ``transformers.Trainer`` with ``DataCollatorForLanguageModeling``, at its defaults."""
    import transformers

    schedule = config.schedule
    batch = schedule.micro_tokens // schedule.short_length

    class Stop(transformers.TrainerCallback):
        """Starts the clock after two steps and ends the training when the time is up."""

        def on_step_end(self, args, state, control, **_):  # type: ignore[no-untyped-def]
            if state.global_step == 2:
                self.wall, self.cpu = time.perf_counter(), time.process_time()
            elif state.global_step > 2 and time.perf_counter() - self.wall > seconds:
                clock.tokens += (state.global_step - 2) * schedule.micro_tokens
                clock.wall += time.perf_counter() - self.wall
                clock.cpu += time.process_time() - self.cpu
                control.should_training_stop = True
            return control

    tokenizer = load_tokenizer(shards)
    rows = Rows(open_sources(shards, "train", config.data.weights), schedule.short_length, config.data.seed)
    arguments = transformers.TrainingArguments(
        output_dir=folder,
        per_device_train_batch_size=batch,
        max_steps=100_000,
        use_cpu=True,
        bf16=bf16,
        report_to=[],
        save_strategy="no",
        logging_strategy="no",
        disable_tqdm=True,
    )
    collator = transformers.DataCollatorForLanguageModeling(tokenizer, mlm_probability=config.masking.rate)
    model = build_model(config.model, len(tokenizer), config.data.seed)
    transformers.Trainer(
        model=model,
        args=arguments,
        data_collator=collator,
        train_dataset=RowsDataset(rows),
        callbacks=[Stop()],
    ).train()


def ours(config: PretrainConfig, shards: Path, compiled: bool) -> Callable[[], int]:
    """A step of this project's training: masking, forward, backward, optimisers."""
    schedule = replace(config.schedule, tokens_per_step=config.schedule.micro_tokens)
    config = replace(config, schedule=schedule, run=replace(config.run, compile=compiled))
    trainer = Trainer(config, shards, load_tokenizer(shards), Group())

    def step() -> int:
        trainer.step()
        return schedule.tokens_per_step

    for _ in range(2):
        step()
    return step


def run(config: PretrainConfig, shards: Path, seconds: float, rounds: int) -> Iterator[tuple[str, Clock]]:
    """Clocks of all variants."""
    eager, compiled = ours(config, shards, False), ours(config, shards, True)
    clocks = {name: Clock() for name in ("Trainer fp32", "Trainer bf16", "本项目 eager", "本项目 compile")}
    folder = tempfile.mkdtemp()
    try:
        for _ in range(rounds):
            plain_trainer(config, shards, folder, False, seconds, clocks["Trainer fp32"])
            plain_trainer(config, shards, folder, True, seconds, clocks["Trainer bf16"])
            clocks["本项目 eager"].measure(eager, seconds)
            clocks["本项目 compile"].measure(compiled, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    yield from clocks.items()


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="预训练速度：本项目与 transformers.Trainer")
    parser.add_argument("--config", type=Path, required=True, help="YAML 配置")
    parser.add_argument("--shards", type=Path, required=True, help="分片文件夹")
    parser.add_argument("--seconds", type=float, default=20.0, help="每种写法每轮的秒数")
    parser.add_argument("--rounds", type=int, default=2, help="轮数")
    parser.add_argument("--set", action="append", default=[], metavar="名称=值", help="覆盖配置")
    options = parser.parse_args(arguments)
    try:
        changes = dict(parse_override(text) for text in options.set)
        config = load_config(options.config, PretrainConfig, changes)
        load_tokenizer(options.shards)
    except ConfigError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    body = build_model(config.model, 1, 0).config
    limit = matrix_limit(body, config.schedule.micro_tokens, torch.device("cpu"))
    print(f"矩阵上限 {limit / 1e9:.0f} GFLOP/s（{torch.get_num_threads()} 线程，bf16，本模型的形状）")
    print("| 写法 | 字/秒 | 字/CPU 秒 | 矩阵上限的份额 |\n|---|---|---|---|")
    for name, clock in run(config, options.shards, options.seconds, options.rounds):
        speed, per_cpu = clock.tokens / clock.wall, clock.tokens / clock.cpu
        flops = flops_per_token(body, config.schedule.short_length, config.masking.rate)
        print(f"| {name} | {speed:.0f} | {per_cpu:.0f} | {flops * speed / limit:.0%} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
