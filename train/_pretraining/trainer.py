"""The parts of a run that the loop in train/pretrain.py calls: batches, a step, the looks from aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from train._pretraining import checkpoint
from train._pretraining.checkpoint import Checkpoint, Progress
from train._pretraining.data import Rows, document_numbers
from train._pretraining.fast_model import Batch, FastMaskedLM
from train._pretraining.model import build_model, named_weights
from train._pretraining.optimiser import Optimisers
from train._pretraining.processes import Group
from train._pretraining.schedule import Plan, make_plan
from train._pretraining.settings import PretrainConfig
from train._pretraining.shards import open_sources

_HELD_OUT_SEED = 20_240_001  # the held-out masks never change, so that losses compare over runs


class Trainer:
    """Model, data and optimisers of one run, and where the run stands."""

    def __init__(
        self, config: PretrainConfig, shards: Path, tokenizer: PreTrainedTokenizerBase, group: Group
    ) -> None:
        self.config, self.group = config, group
        self.device = torch.device(config.run.device)
        self.vocab_size = len(tokenizer)
        self.model = build_model(config.model, self.vocab_size, config.data.seed).to(self.device)
        self.weights = named_weights(self.model)
        self.fast = FastMaskedLM(self.model.config, flex=self.device.type == "cuda")
        self.loss = torch.compile(self._loss, dynamic=False) if config.run.compile else self._loss
        self.optimisers = Optimisers(self.weights, config.optimiser, group)
        sources = open_sources(shards, "train", config.data.weights)
        schedule = config.schedule
        self.short = Rows(sources, schedule.short_length, config.data.seed)
        self.long = Rows(sources, schedule.long_length, config.data.seed)
        self.held_out = open_sources(shards, "heldout", {})
        self.plan: Plan = make_plan(schedule)
        self.progress = Progress()

    def _loss(
        self, weights: Mapping[str, Tensor], ids: Tensor, documents: Tensor, positions: Tensor, labels: Tensor
    ) -> Tensor:
        return self.fast.loss(weights, Batch(ids, documents, positions, labels))

    @property
    def length(self) -> int:
        """Tokens a row at this point of the run."""
        schedule = self.config.schedule
        return schedule.short_length if self.progress.tokens < self.plan.long_start else schedule.long_length

    def next_batches(self) -> Iterator[Batch]:
        """The micro-batches of this process for the next step; moves the data position.

        All processes draw and mask the whole global batch and keep their part, so that the batch does
        not depend on their number.
        """
        schedule, progress = self.config.schedule, self.progress
        length = self.length
        count = schedule.tokens_per_step // length
        if length == schedule.short_length:
            source, start = self.short, progress.short_rows
            progress.short_rows += count
        else:
            source, start = self.long, progress.long_rows
            progress.long_rows += count
        rows = source.take(np.arange(start, start + count))
        rng = np.random.default_rng([self.config.data.seed, progress.step])
        ids, places, labels = self.config.masking.apply(rows, self.vocab_size, rng)
        documents = document_numbers(ids_of(rows))
        micro = schedule.micro_tokens // length
        mine = count // self.group.size
        for at in range(self.group.rank * mine, (self.group.rank + 1) * mine, micro):
            part = slice(at, at + micro)
            yield make_batch(ids[part], documents[part], places[part], labels[part]).to(self.device)

    def step(self) -> tuple[Tensor, float]:
        """One optimiser step; the mean loss of this process (nats, not yet moved) and the gradient's norm."""
        schedule = self.config.schedule
        parts = schedule.tokens_per_step // (schedule.micro_tokens * self.group.size)
        total = torch.zeros((), device=self.device)
        for batch in self.next_batches():
            loss = self.loss(self.weights, batch.input_ids, batch.documents, batch.positions, batch.labels)
            (loss / parts).backward()
            total += loss.detach() / parts
        norm = self.optimisers.step(self.plan.rate(self.progress.tokens))
        self.progress.step += 1
        self.progress.tokens += schedule.tokens_per_step
        return total, norm

    @torch.no_grad()
    def held_out_loss(self, length: int) -> float:
        """Masked-LM loss (nats) on fixed rows with fixed masks."""
        rows = Rows(self.held_out, length, _HELD_OUT_SEED)
        micro = self.config.schedule.micro_tokens // length
        count = max(micro, self.config.run.held_out_rows * self.config.schedule.short_length // length)
        taken = rows.take(np.arange(count - count % micro))
        ids, places, labels = self.config.masking.apply(
            taken, self.vocab_size, np.random.default_rng(_HELD_OUT_SEED)
        )
        documents = document_numbers(ids_of(taken))
        losses = []
        for at in range(0, len(taken), micro):
            part = slice(at, at + micro)
            batch = make_batch(ids[part], documents[part], places[part], labels[part]).to(self.device)
            losses.append(float(self.fast.loss(self.weights, batch)))
        return float(np.mean(losses))

    @torch.no_grad()
    def features(self, ids: Tensor, documents: Tensor) -> Tensor:
        """Last hidden states, for the probe."""
        return self.fast.features(self.weights, ids, documents)

    def save(self, folder: Path) -> None:
        """Write a checkpoint and drop old ones; all processes call it, the first one writes."""
        state = self.optimisers.state()
        if self.group.rank == 0:
            checkpoint.save(folder, self.progress, self.plan, self.weights, state)
            checkpoint.prune(folder, self.config.run.keep_every_tokens)

    @torch.no_grad()
    def restore(self, saved: Checkpoint) -> None:
        """Continue exactly where a checkpoint was written."""
        for name, parameter in self.weights.items():
            parameter.copy_(saved.weights[name])
        self.optimisers.load(saved.optimiser)
        self.progress, self.plan = saved.progress, saved.plan


def ids_of(rows: np.ndarray) -> np.ndarray:
    """Token ids without the word marks."""
    return rows & 0x7FFF


def make_batch(ids: np.ndarray, documents: np.ndarray, places: np.ndarray, labels: np.ndarray) -> Batch:
    """Arrays by row → tensors with flat positions."""
    flat = places + np.arange(len(ids))[:, None] * ids.shape[1]
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(documents),
        torch.from_numpy(flat.ravel()),
        torch.from_numpy(labels.ravel()),
    )
