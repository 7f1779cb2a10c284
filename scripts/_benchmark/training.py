"""(f) Fine-tuning: real tokens a second of our trainer and of `Trainer` with padded batches, same data.

(h) What both have learned at the end."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoTokenizer,
    DataCollatorWithPadding,
    EarlyStoppingCallback,
    PreTrainedModel,
    Trainer,
    TrainerCallback,
    TrainingArguments,
    set_seed,
)

from scripts._benchmark.measure import Figure, beside
from train._finetuning.figures import main_figures
from train._finetuning.rows import TaskData, load_task
from train._finetuning.settings import FinetuneConfig
from train._finetuning.trainer import Encoded, FinetuneTrainer, Parts, encode
from train.finetune import build_model, predict

_BATCH = 32
"""Rows of the plain trainer; of the mean length they hold as many tokens as our budget."""
_RATE = 1.5e-3
"""Of our own encoder, see `configs/ablation/techniques.yaml`; a body of another kind may need a lower one."""
_BURN_IN = 2
"""Steps that do not count."""


class _Clock(TrainerCallback):
    """Stops the training after some seconds; counts the tokens of the batches that went by."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.tokens = 0
        self._started = self._used = 0.0
        self.wall = self.cpu = 0.0

    def on_step_begin(self, args: Any, state: Any, control: Any, **rest: Any) -> None:
        if state.global_step == _BURN_IN:
            self.tokens = 0
            self._started, self._used = time.perf_counter(), time.process_time()

    def on_step_end(self, args: Any, state: Any, control: Any, **rest: Any) -> None:
        self.wall = time.perf_counter() - self._started
        self.cpu = time.process_time() - self._used
        control.should_training_stop = state.global_step > _BURN_IN and self.wall > self._seconds


class _Counting:
    """A collator that tells the clock how many tokens a batch has, without padding."""

    def __init__(self, collator: Any, clock: _Clock) -> None:
        self._collator, self._clock = collator, clock

    def __call__(self, rows: Sequence[dict[str, object]]) -> dict[str, Any]:
        batch: dict[str, Any] = self._collator(rows)
        self._clock.tokens += int(batch["attention_mask"].sum())
        return batch


class _PlainRows(torch.utils.data.Dataset[dict[str, object]]):
    """Rows as `Trainer` wants them."""

    def __init__(self, encoded: Encoded) -> None:
        self._encoded = encoded

    def __len__(self) -> int:
        return len(self._encoded)

    def __getitem__(self, index: int) -> dict[str, object]:
        ids = self._encoded.ids[index]
        label = int(self._encoded.rows.targets[index].argmax())
        return {"input_ids": ids, "attention_mask": [1] * len(ids), "labels": label}


def measure(base: Path, data: Path, rounds: int, seconds: float) -> Iterator[Figure]:
    """Tokens a second, by turns, for `seconds` each."""
    with tempfile.TemporaryDirectory() as folder:
        config = _config(base, data, Path(folder), epochs=1000)
        rows = load_task(config)
        clocks: dict[str, list[_Clock]] = {name: [] for name in _WAYS}
        for _ in range(rounds):
            for name, way in _WAYS.items():
                clocks[name].append(way(config, rows, seconds)[0])
    figures = [_speed("f", name, found) for name, found in clocks.items()]
    yield figures[0]
    yield beside(figures[1], figures[0])


def measure_quality(base: Path, data: Path, seeds: int, epochs: float) -> Iterator[Figure]:
    """Both to the end from the same start, with the same objective, rates and epochs: what do they learn?

    Our losses and rates per layer are switched off, so that all that differs is what makes it fast: batches
    filled by tokens, bf16 where the processor has it, the fused optimiser. Batches hold as many tokens as
    32 rows have on average, so both make equally many updates. Accuracy and macro-F1 are those of the
    validation fold.
    """
    with tempfile.TemporaryDirectory() as folder:
        config = _config(base, data, Path(folder), epochs)
        clocks: dict[str, list[_Clock]] = {name: [] for name in _WAYS}
        found: dict[str, list[dict[str, float]]] = {name: [] for name in _WAYS}
        for seed in range(seeds):
            config = replace(config, seed=seed)
            rows = load_task(config)
            config = replace(config, batch_tokens=_BATCH * _mean_length(config, rows))
            for name, way in _WAYS.items():
                clock, model = way(config, rows, float("inf"))
                clocks[name].append(clock)
                found[name].append(_figures(config, rows, model))
    figures = [_speed("h", name, clocks[name], _summary(found[name])) for name in _WAYS]
    yield figures[0]
    yield beside(figures[1], figures[0])


def _mean_length(config: FinetuneConfig, data: TaskData) -> int:
    """Tokens of a training row, on average."""
    encoded = encode(AutoTokenizer.from_pretrained(config.base_model), data.train, config.max_length)
    return round(statistics.mean(map(len, encoded.ids)))


def _config(base: Path, data: Path, output: Path, epochs: float) -> FinetuneConfig:
    return FinetuneConfig(
        "category",
        str(base),
        output,
        data,
        epochs=epochs,
        learning_rate=_RATE,
        layer_decay=1.0,
        batch_tokens=1024,
        max_length=96,
        loss="plain",
        label_smoothing=0.0,
        also_share=0.0,
        written_share=0.0,
    )


def _speed(
    part: str, name: str, found: Sequence[_Clock], more: Mapping[str, float | str] | None = None
) -> Figure:
    rates = sorted(clock.tokens / clock.wall for clock in found)
    by_cpu = sorted(clock.tokens / clock.cpu for clock in found)
    values = {**(more or {}), "词元/CPU 秒": by_cpu[len(by_cpu) // 2]}
    return Figure(part, name, rates[len(rates) // 2], "词元/秒", rates[0], rates[-1], more=values)


def _figures(config: FinetuneConfig, data: TaskData, model: PreTrainedModel) -> dict[str, float]:
    tokenizer = AutoTokenizer.from_pretrained(config.base_model)
    encoded = encode(tokenizer, data.validation, config.max_length)
    return main_figures(predict(model.eval(), encoded, data.labels, tokenizer.pad_token_id or 0))


def _summary(found: Sequence[Mapping[str, float]]) -> dict[str, float | str]:
    """Mean over the seeds, and each."""
    out: dict[str, float | str] = {}
    for key, title in (("accuracy", "准确率"), ("macro_f1", "宏 F1")):
        values = [figures[key] for figures in found]
        out[title] = statistics.mean(values)
        out[f"各种子{title}"] = " ".join(f"{value:.3f}" for value in values)
    return out


def _plain(config: FinetuneConfig, data: TaskData, seconds: float) -> tuple[_Clock, PreTrainedModel]:
    set_seed(config.seed)
    tokenizer = AutoTokenizer.from_pretrained(config.base_model)
    clock = _Clock(seconds)
    arguments = TrainingArguments(
        str(config.output),
        num_train_epochs=config.epochs,
        learning_rate=config.learning_rate,
        warmup_steps=int(config.warmup * config.epochs * -(-len(data.train.pairs) // _BATCH)),
        weight_decay=config.weight_decay,
        seed=config.seed,
        per_device_train_batch_size=_BATCH,
        use_cpu=not torch.cuda.is_available(),
        save_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=False,
    )
    model = build_model(config, data.labels)
    Trainer(
        model,
        arguments,
        data_collator=_Counting(DataCollatorWithPadding(tokenizer), clock),
        train_dataset=_PlainRows(encode(tokenizer, data.train, config.max_length)),
        callbacks=[clock],
    ).train()
    return clock, model


def _ours(config: FinetuneConfig, data: TaskData, seconds: float) -> tuple[_Clock, PreTrainedModel]:
    set_seed(config.seed)
    tokenizer = AutoTokenizer.from_pretrained(config.base_model)
    clock = _Clock(seconds)
    encoded = [encode(tokenizer, rows, config.max_length) for rows in (data.train, data.validation)]
    model = build_model(config, data.labels)
    trainer = FinetuneTrainer(config, model, data, Parts(*encoded, tokenizer.pad_token_id or 0))
    trainer.remove_callback(EarlyStoppingCallback)
    trainer.args.eval_strategy = trainer.args.save_strategy = "no"
    trainer.args.load_best_model_at_end = False
    loader = trainer.get_train_dataloader()
    loader.collate_fn = _Counting(loader.collate_fn, clock)
    trainer.get_train_dataloader = lambda: loader  # type: ignore[method-assign]
    trainer.add_callback(clock)
    trainer.train()
    return clock, model


_WAYS = {"Trainer，每批 32 条填充，fp32": _plain, "train/finetune.py": _ours}
