"""The parts of a run that the loop in train/pretrain.py calls: batches, a step, the looks from aside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from train._precision import matrix_dtype
from train._pretraining import checkpoint
from train._pretraining.checkpoint import Checkpoint, Progress
from train._pretraining.data import Rows, document_numbers
from train._pretraining.fast_model import Batch
from train._pretraining.feeding import Feed, Place, ids_of, make_batch
from train._pretraining.forward import check_fit, make_forward
from train._pretraining.model import build_model, check_tokenizer, named_weights, table_names
from train._pretraining.optimiser import Optimisers
from train._pretraining.passages import PassagePairs, passage_loss
from train._pretraining.processes import Group
from train._pretraining.schedule import Plan, make_plan
from train._pretraining.settings import PretrainConfig
from train._pretraining.shards import open_sources
from train._pretraining.special_tokens import read_vocabulary

_HELD_OUT_SEED = 20_240_001  # the held-out masks never change, so that losses compare over runs


class Trainer:
    """Model, data and optimisers of one run, and where the run stands."""

    def __init__(
        self, config: PretrainConfig, shards: Path, tokenizer: PreTrainedTokenizerBase, group: Group
    ) -> None:
        self.config, self.group = config, group
        self.device = torch.device(config.run.device)
        self.micro_tokens = config.schedule.micro(group.size)
        self.vocabulary = read_vocabulary(tokenizer)
        check_tokenizer(config.model, tokenizer)
        self.model = build_model(config.model, self.vocabulary, config.data.seed).to(self.device)
        self.weights = named_weights(self.model)
        self.dtype = matrix_dtype(self.device.type)
        self.forward = make_forward(self.model, flex=self.device.type == "cuda", dtype=self.dtype)
        check_fit(config, self.model, self.forward)
        self.loss = torch.compile(self._loss, dynamic=False) if config.run.compile else self._loss
        self.optimisers = Optimisers(
            self.weights, table_names(self.model), config.optimiser, group, self.dtype
        )
        sources = open_sources(shards, "train", config.data.weights)
        schedule = config.schedule
        self.short, self.long = (
            Rows(sources, length, config.data.seed, self.vocabulary.cls)
            for length in (schedule.short_length, schedule.long_length)
        )
        self.feed = Feed(
            {schedule.long_length: self.long, schedule.short_length: self.short},
            config.masking,
            self.vocabulary,
            config.data.seed,
            schedule.tokens_per_step,
            self.micro_tokens,
            group,
            ahead=self.device.type == "cuda",
        )
        self.pairs: PassagePairs | None = None
        if config.passages.weight:
            self.pairs = PassagePairs(sources, config.passages, config.data.seed, self.vocabulary)
            self.pair_batches = config.passages.share(group.size)
            self.pair_loss = (
                torch.compile(self._pair_loss, dynamic=False) if config.run.compile else self._pair_loss
            )
        self.held_out = open_sources(shards, "heldout", {})
        self.last_pair_loss: Tensor | None = None  # of this process in the last step
        self.plan: Plan = make_plan(schedule)
        self.progress = Progress()

    def _loss(
        self, weights: Mapping[str, Tensor], ids: Tensor, documents: Tensor, positions: Tensor, labels: Tensor
    ) -> Tensor:
        return self.forward.loss(weights, Batch(ids, documents, positions, labels))

    def _pair_loss(self, weights: Mapping[str, Tensor], ids: Tensor, documents: Tensor) -> Tensor:
        states = self.forward.features(weights, ids, documents)
        return passage_loss(states, documents, self.config.passages.temperature)

    @property
    def length(self) -> int:
        """Tokens a row at this point of the run."""
        return self._place().length

    def next_batches(self) -> list[Batch]:
        """The micro-batches of this process for the next step; moves the data position."""
        progress, place = self.progress, self._place()
        count = self.config.schedule.tokens_per_step // place.length
        if place.length == self.config.schedule.short_length:
            progress.short_rows += count
        else:
            progress.long_rows += count
        return [batch.to(self.device) for batch in self.feed.batches(place, self._place(ahead=1))]

    def _place(self, ahead: int = 0) -> Place:
        """Where the run takes its rows, now or (once they are counted as taken) for the step after this."""
        schedule, progress = self.config.schedule, self.progress
        tokens = progress.tokens + ahead * schedule.tokens_per_step
        length = schedule.short_length if tokens < self.plan.long_start else schedule.long_length
        short = length == schedule.short_length
        return Place(progress.step + ahead, length, progress.short_rows if short else progress.long_rows)

    def step(self) -> tuple[Tensor, Tensor]:
        """One optimiser step; the mean loss of this process (nats) and the gradient's norm, not yet moved."""
        schedule = self.config.schedule
        parts = schedule.tokens_per_step // (self.micro_tokens * self.group.size)
        total = torch.zeros((), device=self.device)
        for batch in self.next_batches():
            loss = self.loss(self.weights, batch.input_ids, batch.documents, batch.positions, batch.labels)
            (loss / parts).backward()
            total += loss.detach() / parts
        if self.pairs is not None:
            self._step_pairs(self.pairs)
        norm = self.optimisers.step(self.plan.rate(self.progress.tokens))
        self.progress.step += 1
        self.progress.tokens += schedule.tokens_per_step
        return total, norm

    def _step_pairs(self, pairs: PassagePairs) -> None:
        """Add the gradients of this process's batches of pairs of passages."""
        settings, progress, mine = self.config.passages, self.progress, self.pair_batches
        self.last_pair_loss = torch.zeros((), device=self.device)
        for number in range(self.group.rank * mine, (self.group.rank + 1) * mine):
            batch = pairs.take(progress.step, number)
            ids, documents = batch.input_ids.to(self.device), batch.documents.to(self.device)
            loss = self.pair_loss(self.weights, ids, documents)
            (settings.weight * loss / mine).backward()
            self.last_pair_loss += loss.detach() / mine
        progress.passage_tokens += settings.batches * settings.pairs * settings.length

    @torch.no_grad()
    def held_out_loss(self, length: int) -> float:
        """Masked-LM loss (nats) on fixed rows with fixed masks."""
        rows = Rows(self.held_out, length, _HELD_OUT_SEED, self.vocabulary.cls)
        micro = self.config.schedule.micro_tokens // length
        count = max(micro, self.config.run.held_out_rows * self.config.schedule.short_length // length)
        taken = rows.take(np.arange(count - count % micro))
        ids, places, labels = self.config.masking.apply(
            taken, self.vocabulary, np.random.default_rng(_HELD_OUT_SEED)
        )
        documents = document_numbers(ids_of(taken), self.vocabulary.cls)
        losses = []
        for at in range(0, len(taken), micro):
            part = slice(at, at + micro)
            batch = make_batch(ids[part], documents[part], places[part], labels[part]).to(self.device)
            losses.append(float(self.forward.loss(self.weights, batch)))
        return float(np.mean(losses))

    @torch.no_grad()
    def features(self, ids: Tensor, documents: Tensor) -> Tensor:
        """Last hidden states, for the probe."""
        return self.forward.features(self.weights, ids, documents)

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
