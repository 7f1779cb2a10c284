"""Pretraining as a user would run it with ``transformers.Trainer``: what ours is compared with."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import transformers
from torch.utils.data import Dataset
from transformers import PreTrainedTokenizerBase

from train._pretraining.data import Rows
from train._pretraining.feeding import ids_of
from train._pretraining.model import build_model
from train._pretraining.settings import PretrainConfig
from train._pretraining.shards import Source
from train._pretraining.special_tokens import Vocabulary, read_vocabulary

DEFAULT_BATCH = 8
"""`per_device_train_batch_size` of `TrainingArguments`."""


@dataclass
class Clock:
    """Tokens that are not padding, and the wall and CPU seconds they took."""

    tokens: int = 0
    wall: float = 0.0
    cpu: float = 0.0


class RowsDataset(Dataset[dict[str, list[int]]]):
    """Full rows: texts joined and cut, as ``group_texts`` of run_mlm.py gives them."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return self.rows.epoch_rows

    def __getitem__(self, index: int) -> dict[str, list[int]]:
        return {"input_ids": ids_of(self.rows.take(np.array([index])))[0].astype(int).tolist()}


class LinesDataset(Dataset[dict[str, list[int]]]):
    """One paragraph an example, cut at the longest length: run_mlm.py ``--line_by_line``."""

    def __init__(
        self, sources: list[Source], longest: int, vocabulary: Vocabulary, count: int = 20_000
    ) -> None:
        self.vocabulary = vocabulary
        self.lines = [line for s in sources for line in self._lines(s, longest, 1 + count // len(sources))]

    def _lines(self, source: Source, longest: int, count: int) -> Iterator[list[int]]:
        cls, sep = self.vocabulary.cls, self.vocabulary.sep
        ids = ids_of(source.tokens[0 : min(len(source.tokens), 300 * count)])
        for part in np.split(ids, np.flatnonzero(ids == sep) + 1)[:count]:
            text = [i for i in part.tolist() if i not in (cls, sep)][: longest - 2]
            if text:
                yield [cls, *text, sep]

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index: int) -> dict[str, list[int]]:
        return {"input_ids": self.lines[index]}


@dataclass(frozen=True)
class Plain:
    """A way of using ``Trainer``; all else is its default (fp32, AdamW, SDPA, dynamic padding)."""

    dataset: Dataset[dict[str, list[int]]]
    batch: int = DEFAULT_BATCH
    bf16: bool = False

    def run(
        self,
        config: PretrainConfig,
        tokenizer: PreTrainedTokenizerBase,
        folder: str,
        seconds: float,
        clock: Clock,
    ) -> None:
        """Train for about ``seconds`` after two steps that do not count."""
        collator = _Counting(tokenizer, config.masking.rate)
        arguments = transformers.TrainingArguments(
            output_dir=folder,
            per_device_train_batch_size=self.batch,
            max_steps=100_000,
            use_cpu=True,
            bf16=self.bf16,
            report_to=[],
            save_strategy="no",
            logging_strategy="no",
            disable_tqdm=True,
        )
        transformers.Trainer(
            model=build_model(config.model, read_vocabulary(tokenizer), config.data.seed),
            args=arguments,
            data_collator=collator,
            train_dataset=self.dataset,
            callbacks=[_Stop(collator, seconds, clock)],
        ).train()


class _Counting:
    """``DataCollatorForLanguageModeling`` that counts the tokens it is given."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase, share: float) -> None:
        self._collate = transformers.DataCollatorForLanguageModeling(tokenizer, mlm_probability=share)
        self.batches: list[int] = []

    def __call__(self, examples: list[dict[str, list[int]]]) -> dict[str, torch.Tensor]:
        self.batches.append(sum(len(e["input_ids"]) for e in examples))
        found: dict[str, torch.Tensor] = self._collate(examples)
        return found


class _Stop(transformers.TrainerCallback):
    """Starts the clock after two steps and ends the training when the time is up."""

    def __init__(self, counting: _Counting, seconds: float, clock: Clock) -> None:
        self._counting, self._seconds, self._clock = counting, seconds, clock
        self._wall = self._cpu = 0.0

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> Any:
        """Look at the clock."""
        if state.global_step == 2:
            self._wall, self._cpu = time.perf_counter(), time.process_time()
        elif state.global_step > 2 and time.perf_counter() - self._wall > self._seconds:
            self._clock.tokens += sum(
                self._counting.batches[2 : state.global_step]
            )  # others were fetched ahead
            self._clock.wall += time.perf_counter() - self._wall
            self._clock.cpu += time.process_time() - self._cpu
            control.should_training_stop = True
        return control
