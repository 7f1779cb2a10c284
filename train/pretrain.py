"""Masked-LM pretraining, from scratch or from a checkpoint; one process or many.

    python train/pretrain.py --config configs/pretrain/mini.yaml --shards out/shards --output out/mini
    torchrun --nproc-per-node 2 train/pretrain.py --config ... --shards ... --output ...
    python train/pretrain.py ... --decay-now 5000000      # resume and finish within 5 M tokens
    python train/pretrain.py ... --export models/encoder  # no training: write the newest checkpoint
    python train/pretrain.py ... --set model.start=hfl/chinese-macbert-base --set schedule.long_length=512

A run continues by itself from the newest checkpoint in ``--output``. SIGTERM and Ctrl-C write one first.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

from transformers import AutoTokenizer, PreTrainedTokenizerBase

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from train._pretraining import checkpoint
from train._pretraining.config import ConfigError, load_config, parse_override
from train._pretraining.export import export_encoder
from train._pretraining.history import keep_earlier
from train._pretraining.log import Log
from train._pretraining.looks import Looks
from train._pretraining.meter import Meter
from train._pretraining.probe import read_probe
from train._pretraining.processes import join_group
from train._pretraining.schedule import make_plan
from train._pretraining.settings import PretrainConfig
from train._pretraining.standard_model import learned_positions
from train._pretraining.trainer import Trainer

CONTROL_STEPS = 8  # processes ask each other about stopping and saving once in so many steps


class StopRequest:
    """Set by SIGTERM or Ctrl-C, read between steps: finish the step, save, leave."""

    def __init__(self) -> None:
        self.asked = False
        signal.signal(signal.SIGTERM, self._ask)
        signal.signal(signal.SIGINT, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Command line."""
    parser = argparse.ArgumentParser(description="掩码语言模型预训练")
    parser.add_argument(
        "--config", type=Path, required=True, help="YAML 配置，例：configs/pretrain/mini.yaml"
    )
    parser.add_argument("--shards", type=Path, required=True, help="train/prepare_corpus.py 的输出文件夹")
    parser.add_argument("--output", type=Path, required=True, help="本次运行的文件夹：检查点、日志、中间模型")
    parser.add_argument("--probe", type=Path, help="标注文件夹：给出则定期测线性探针")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="名称=值",
        help="覆盖配置，例：schedule.total_tokens=1000000",
    )
    parser.add_argument("--decay-now", type=int, metavar="字数", help="续训并从现在起在这么多字内降完学习率")
    parser.add_argument("--end-at", type=int, metavar="字数", help="续训并把终点改到此字数（衰减起点不变）")
    parser.add_argument("--replan", action="store_true", help="续训时改用配置中的字数计划，而非检查点中的")
    parser.add_argument("--stop-at", type=int, metavar="字数", help="到此字数先停（以后可续）")
    parser.add_argument(
        "--export", type=Path, metavar="文件夹", help="不训练：把最新检查点写成 transformers 文件夹"
    )
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    options = parse(arguments)
    try:
        config = load_config(
            options.config, PretrainConfig, dict(parse_override(text) for text in options.set)
        )
        group = join_group(config.run.device)
        tokenizer = load_tokenizer(options.shards)
        trainer = Trainer(config, options.shards, tokenizer, group)
        places = learned_positions(trainer.model)
        probe_data = read_probe(options.probe, tokenizer, places) if options.probe else None
    except ConfigError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    if not trainer.forward.separates and group.rank == 0:
        print("注意：此模型不接受按文档分开的注意力，同一行中的相邻文档会互相看见。", flush=True)
    if (newest := checkpoint.newest(options.output)) is not None:
        trainer.restore(checkpoint.load(newest))
    elif group.rank == 0:
        keep_earlier(config.model.start, options.output)
    if options.replan:
        trainer.plan = make_plan(config.schedule)
    if options.decay_now:
        trainer.plan = trainer.plan.decay_now(
            trainer.progress.tokens, options.decay_now, config.schedule.long_share
        )
    if options.end_at:
        trainer.plan = trainer.plan.end_at(options.end_at, config.schedule.long_share)
    if options.export:
        export_encoder(trainer, tokenizer, options.shards, options.output, options.export)
        return 0
    log = Log(options.output, group.rank == 0)
    looks = Looks(trainer, log, tokenizer, options.shards, options.output, probe_data)
    train(trainer, looks, log, options.output, options.stop_at)
    group.leave()
    return 0


def load_tokenizer(shards: Path) -> PreTrainedTokenizerBase:
    """The tokenizer the shards were written with."""
    if not (shards / "index.json").is_file():
        raise ConfigError(
            f"需要分片索引 {shards / 'index.json'}，但没有找到。请先运行 train/prepare_corpus.py。"
        )
    return AutoTokenizer.from_pretrained(shards / "tokenizer")


def train(trainer: Trainer, looks: Looks, log: Log, folder: Path, stop_at: int | None) -> None:
    """The loop: step, log, look, save."""
    progress, every = trainer.progress, trainer.config.run
    first = trainer.group.rank == 0
    if first:
        looks.at_start()
    meter, request = Meter(trainer, log), StopRequest()
    saved_at = time.perf_counter()
    end = min(trainer.plan.end, stop_at or trainer.plan.end)
    while progress.tokens < end:
        before = progress.tokens
        meter.add(trainer.length, *trainer.step())
        if progress.step % every.log_every_steps == 0:
            meter.report()
        if first:
            looks.after_step(before)
        if progress.step % CONTROL_STEPS:
            continue
        if trainer.group.any(request.asked):
            break
        if trainer.group.any(time.perf_counter() - saved_at > every.checkpoint_every_seconds):
            trainer.save(folder)
            saved_at = time.perf_counter()
    meter.report()
    trainer.save(folder)
    if first and progress.tokens >= trainer.plan.end:
        looks.at_end()


if __name__ == "__main__":
    raise SystemExit(main())
