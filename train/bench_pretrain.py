"""Tokens a second of pretraining, ours beside plain ``Trainer``, same model, same rows, same machine.

    python train/bench_pretrain.py --config configs/pretrain/mini.yaml --shards out/shards --seconds 20

``Trainer`` runs at its defaults (fp32, batches of 8) on paragraphs padded to the longest of a batch
(run_mlm.py ``--line_by_line``) and on joined rows (run_mlm.py), then with the rows and the batch of ours.

Each variant burns in, then runs for ``--seconds``; variants take turns ``--rounds`` times, so that
other load on the machine falls on all alike. Given are tokens (without padding) per second of wall time
and per second of CPU time (of this process, all threads): the latter a busy machine does not distort.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from train._precision import matrix_dtype
from train._pretraining.config import ConfigError, load_config, parse_override
from train._pretraining.data import Rows
from train._pretraining.forward import make_forward
from train._pretraining.model import build_model
from train._pretraining.plain import DEFAULT_BATCH, Clock, LinesDataset, Plain, RowsDataset
from train._pretraining.processes import Group
from train._pretraining.settings import PretrainConfig
from train._pretraining.shards import open_sources
from train._pretraining.special_tokens import read_vocabulary
from train._pretraining.speed import matrix_limit
from train._pretraining.trainer import Trainer
from train.pretrain import load_tokenizer


def measure(clock: Clock, step: Callable[[], int], seconds: float) -> None:
    """Call ``step`` (returns its tokens) for about ``seconds``, after one call that does not count."""
    step()
    wall, cpu = time.perf_counter(), time.process_time()
    until = wall + seconds
    while time.perf_counter() < until:
        clock.tokens += step()
    clock.wall += time.perf_counter() - wall
    clock.cpu += time.process_time() - cpu


def ours(config: PretrainConfig, shards: Path, compiled: bool, length: int) -> Callable[[], int]:
    """A step of this project's training with rows of ``length``: masking, forward, backward, optimisers."""
    tokens = config.schedule.micro_tokens
    schedule = replace(config.schedule, tokens_per_step=tokens, short_length=length)
    config = replace(config, schedule=schedule, run=replace(config.run, compile=compiled))
    trainer = Trainer(config, shards, load_tokenizer(shards), Group())

    def step() -> int:
        trainer.step()
        return tokens

    for _ in range(2):
        step()
    return step


def plain_ways(config: PretrainConfig, shards: Path) -> dict[str, Plain]:
    """``Trainer`` at its defaults on three kinds of examples, then brought nearer to ours."""
    sources = open_sources(shards, "train", config.data.weights)
    short, long = config.schedule.short_length, config.schedule.long_length
    vocabulary = read_vocabulary(load_tokenizer(shards))
    rows = RowsDataset(Rows(sources, short, config.data.seed, vocabulary.cls))
    same = config.schedule.micro_tokens // short
    ways = {
        f"Trainer 默认：fp32，批 {DEFAULT_BATCH}，逐段补齐": Plain(LinesDataset(sources, long, vocabulary)),
        f"Trainer 默认：fp32，批 {DEFAULT_BATCH}，拼成 {long} 字": Plain(
            RowsDataset(Rows(sources, long, config.data.seed, vocabulary.cls))
        ),
        f"Trainer 默认：fp32，批 {DEFAULT_BATCH}，拼成 {short} 字": Plain(rows),
        f"Trainer fp32，与本项目同样的行与批（{same}）": Plain(rows, same),
    }
    if matrix_dtype("cpu") == torch.bfloat16:
        ways[f"Trainer bf16，与本项目同样的行与批（{same}）"] = Plain(rows, same, bf16=True)
    return ways


def run(
    config: PretrainConfig, shards: Path, seconds: float, rounds: int
) -> Iterator[tuple[str, int, Clock]]:
    """Each way, its tokens a row, its clock."""
    short, long = config.schedule.short_length, config.schedule.long_length
    plain = plain_ways(config, shards)
    own = {
        f"本项目 eager，{short} 字": (short, ours(config, shards, False, short)),
        f"本项目 compile，{short} 字": (short, ours(config, shards, True, short)),
        f"本项目 compile，{long} 字": (long, ours(config, shards, True, long)),
    }
    clocks = {name: Clock() for name in (*plain, *own)}
    tokenizer = load_tokenizer(shards)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for name, way in plain.items():
                way.run(config, tokenizer, folder, seconds, clocks[name])
            for name, (_, step) in own.items():
                measure(clocks[name], step, seconds)
    for name, clock in clocks.items():
        yield name, own[name][0] if name in own else 0, clock


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
        vocabulary = read_vocabulary(load_tokenizer(options.shards))
        model = build_model(config.model, vocabulary, 0)
    except ConfigError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    dtype = matrix_dtype("cpu")
    forward = make_forward(model, flex=False, dtype=dtype)
    limit = matrix_limit(model.config, config.schedule.micro_tokens, torch.device("cpu"), dtype)
    name_of = str(dtype).removeprefix("torch.")
    print(f"矩阵上限 {limit / 1e9:.0f} GFLOP/s（{torch.get_num_threads()} 线程，{name_of}，本模型的形状）")
    print("| 写法 | 字/秒 | 字/CPU 秒 | 矩阵上限的份额 | 为第一行的倍数 |\n|---|---|---|---|---|")
    first = 0.0
    for name, length, clock in run(config, options.shards, options.seconds, options.rounds):
        speed, per_cpu = clock.tokens / clock.wall, clock.tokens / clock.cpu
        first = first or speed
        flops = forward.flops_per_token(length, config.masking.rate) if length else 0.0
        share = f"{flops * speed / limit:.0%}" if length else ""
        print(f"| {name} | {speed:.0f} | {per_cpu:.0f} | {share} | {speed / first:.2f} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
