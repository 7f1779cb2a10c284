"""Masked-LM pretraining, from scratch or from a checkpoint; one process or many.

    python train/pretrain.py --config configs/pretrain/mini.yaml --shards out/shards --run out/mini
    torchrun --nproc-per-node 2 train/pretrain.py --config ... --shards ... --run ...
    python train/pretrain.py ... --decay-now 5000000      # resume and finish within 5 M tokens
    python train/pretrain.py ... --export models/encoder  # no training: write the newest checkpoint

A run continues by itself from the newest checkpoint in ``--run``. SIGTERM and Ctrl-C write one first.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

from transformers import AutoTokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from train._pretraining import checkpoint  # noqa: E402
from train._pretraining.config import ConfigError, load_config, parse_override  # noqa: E402
from train._pretraining.export import export_encoder  # noqa: E402
from train._pretraining.fast_model import flops_per_token  # noqa: E402
from train._pretraining.log import Log  # noqa: E402
from train._pretraining.probe import probe, read_probe  # noqa: E402
from train._pretraining.processes import join_group  # noqa: E402
from train._pretraining.schedule import make_plan  # noqa: E402
from train._pretraining.settings import PretrainConfig  # noqa: E402
from train._pretraining.speed import matrix_limit  # noqa: E402
from train._pretraining.trainer import Trainer  # noqa: E402

stop = False  # set by a signal, read between steps


def ask_to_stop(*_: object) -> None:
    """Signal handler: finish the step, save, leave."""
    global stop
    stop = True


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Command line."""
    parser = argparse.ArgumentParser(description="掩码语言模型预训练")
    parser.add_argument("--config", type=Path, required=True, help="YAML 配置，例：configs/pretrain/mini.yaml")
    parser.add_argument("--shards", type=Path, required=True, help="train/prepare_corpus.py 的输出文件夹")
    parser.add_argument("--run", type=Path, required=True, help="本次运行的文件夹：检查点、日志、中间模型")
    parser.add_argument("--probe", type=Path, help="标注文件夹：给出则定期测线性探针")
    parser.add_argument("--set", action="append", default=[], metavar="名称=值", help="覆盖配置，例：schedule.total_tokens=1000000")
    parser.add_argument("--decay-now", type=int, metavar="字数", help="续训并从现在起在这么多字内降完学习率")
    parser.add_argument("--replan", action="store_true", help="续训时改用配置中的字数计划，而非检查点中的")
    parser.add_argument("--stop-at", type=int, metavar="字数", help="到此字数先停（以后可续）")
    parser.add_argument("--export", type=Path, metavar="文件夹", help="不训练：把最新检查点写成 transformers 文件夹")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    options = parse(arguments)
    try:
        config = load_config(options.config, PretrainConfig, dict(parse_override(text) for text in options.set))
        group = join_group(config.run.device)
        tokenizer = AutoTokenizer.from_pretrained(options.shards / "tokenizer")
        trainer = Trainer(config, options.shards, tokenizer, group)
        probe_data = read_probe(options.probe, tokenizer) if options.probe else None
    except ConfigError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    if (newest := checkpoint.newest(options.run)) is not None:
        trainer.restore(checkpoint.load(newest))
    if options.replan:
        trainer.plan = make_plan(config.schedule)
    if options.decay_now:
        trainer.plan = trainer.plan.decay_now(trainer.progress.tokens, options.decay_now, config.schedule.long_share)
    if options.export:
        export_encoder(trainer, tokenizer, options.shards, options.run, options.export)
        return 0
    train(trainer, tokenizer, probe_data, options)
    return 0


def train(trainer: Trainer, tokenizer, probe_data, options: argparse.Namespace) -> None:  # type: ignore[no-untyped-def]
    """The loop: step, log, look, save."""
    run, progress, schedule = trainer.config.run, trainer.progress, trainer.config.schedule
    log = Log(options.run, trainer.group.rank == 0)
    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    limit = matrix_limit(trainer.model.config, schedule.micro_tokens, trainer.device) * trainer.group.size
    log.write("start", progress.step, progress.tokens, limit_gflops=limit / 1e9, parameters=trainer.model.num_parameters())
    end = min(trainer.plan.end, options.stop_at or trainer.plan.end)
    saved_at = mark = time.perf_counter()
    losses, marked_step = [], progress.step
    while progress.tokens < end and not trainer.group.any(stop):
        before, length = progress.tokens, trainer.length
        loss, norm = trainer.step()
        losses.append(loss)
        if progress.step % run.log_every_steps == 0 or length != trainer.length or len(losses) >= run.log_every_steps:
            mean = trainer.group.mean(sum(losses) / len(losses))
            now = time.perf_counter()
            speed = (progress.step - marked_step) * schedule.tokens_per_step / (now - mark)
            progress.seconds += now - mark
            flops = flops_per_token(trainer.model.config, length, trainer.config.masking.rate)
            log.write("train", progress.step, progress.tokens, loss=mean, norm=norm, rate=trainer.plan.rate(before),
                      length=length, tokens_per_second=speed, mfu=flops * speed / limit)  # fmt: skip
            losses, mark, marked_step = [], now, progress.step
        if trainer.group.rank == 0:
            look_aside(trainer, tokenizer, probe_data, log, before, options)
        if time.perf_counter() - saved_at > run.checkpoint_every_seconds:
            trainer.save(options.run)
            saved_at = time.perf_counter()
    trainer.save(options.run)
    if trainer.group.rank == 0 and progress.tokens >= trainer.plan.end:
        finish(trainer, tokenizer, probe_data, log, options)


def look_aside(trainer: Trainer, tokenizer, probe_data, log: Log, before: int, options: argparse.Namespace) -> None:  # type: ignore[no-untyped-def]
    """Held-out loss, probe and intermediate model, each when its interval has just been passed."""
    run, progress = trainer.config.run, trainer.progress

    def passed(interval: int) -> bool:
        return before // interval != progress.tokens // interval

    if passed(run.held_out_every_tokens):
        loss = trainer.held_out_loss(trainer.config.schedule.short_length)
        log.write("held_out", progress.step, progress.tokens, loss=loss)
    if probe_data is not None and passed(run.probe_every_tokens):
        log.write("probe", progress.step, progress.tokens, accuracy=probe(probe_data, trainer.features, trainer.device))
    if passed(run.export_every_tokens):
        export_encoder(trainer, tokenizer, options.shards, options.run, options.run / "encoder-latest")


def finish(trainer: Trainer, tokenizer, probe_data, log: Log, options: argparse.Namespace) -> None:  # type: ignore[no-untyped-def]
    """Last looks and the model folder."""
    progress, schedule = trainer.progress, trainer.config.schedule
    for length in (schedule.short_length, schedule.long_length):
        log.write("held_out_final", progress.step, progress.tokens, length=length, loss=trainer.held_out_loss(length))
    if probe_data is not None:
        log.write("probe", progress.step, progress.tokens, accuracy=probe(probe_data, trainer.features, trainer.device))
    export_encoder(trainer, tokenizer, options.shards, options.run, options.run / "encoder-latest")


if __name__ == "__main__":
    raise SystemExit(main())
