"""A `transformers.Trainer` with soft targets, our losses, length-sorted batches and rates per layer."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset
from transformers import (
    EarlyStoppingCallback,
    EvalPrediction,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    Trainer,
    TrainingArguments,
)

from train._finetuning.adversarial import moved_embeddings
from train._finetuning.averaging import AveragedWeights
from train._finetuning.batching import Collator, Draw, Hiding, ProcessShare, TokenBudgetSampler
from train._finetuning.losses import Loss, class_shares, divergence, make_loss
from train._finetuning.metric import LabelFigures
from train._finetuning.multitask import SideTasks
from train._finetuning.rows import Rows, TaskData
from train._finetuning.settings import FinetuneConfig
from train._precision import matrix_dtype
from zhenggai.errors import ConfigError


@dataclass(frozen=True)
class Encoded(Dataset[dict[str, object]]):
    """Token ids, soft targets and weights of a split, kept in memory."""

    ids: list[list[int]]
    rows: Rows
    hiding: Hiding | None = None
    """For training."""

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place: int | Draw) -> dict[str, object]:
        draw = place if isinstance(place, Draw) else Draw(place, 0)
        ids = self.ids[draw.index]
        return {
            "input_ids": self.hiding(ids, draw) if self.hiding and isinstance(place, Draw) else ids,
            "labels": self.rows.targets[draw.index],
            "weights": float(self.rows.weights[draw.index]) * draw.counts,
        }


def encode(
    tokenizer: PreTrainedTokenizerBase, rows: Rows, max_length: int, hiding: Hiding | None = None
) -> Encoded:
    """Tokenise `rows` once; the longer text is cut where both are too long."""
    first, second = [a for a, _ in rows.pairs], [b for _, b in rows.pairs]
    encoded = tokenizer(first, second, truncation="longest_first", max_length=max_length)
    return Encoded(encoded["input_ids"], rows, hiding)


class FinetuneTrainer(Trainer):
    """Trainer whose batches are filled by tokens and whose loss takes soft targets."""

    def __init__(
        self,
        config: FinetuneConfig,
        model: PreTrainedModel,
        data: TaskData,
        parts: Parts,
        beside: SideTasks | None = None,
    ) -> None:
        """Wire config, model and data together; fails at once when the chosen metric cannot exist.

        Raises:
            ConfigError: further tasks with several processes.
        """
        self._config, self._parts, self._beside = config, parts, beside
        self._loss: Loss = make_loss(config, class_shares(torch.from_numpy(data.train.targets)))
        figures = LabelFigures(data.labels)

        def compute(found: EvalPrediction) -> dict[str, float]:
            logits = torch.as_tensor(np.asarray(found.predictions))
            gold = np.asarray(found.label_ids).argmax(axis=-1)
            return figures.compute(predictions=logits.softmax(-1).tolist(), references=gold.tolist())

        super().__init__(
            model=model,
            args=_arguments(config, len(self._sampler())),
            train_dataset=parts.train,
            eval_dataset=parts.validation,
            data_collator=Collator(parts.pad_id),
            compute_metrics=compute,
            callbacks=[
                EarlyStoppingCallback(early_stopping_patience=config.patience),
                *([AveragedWeights(config.ema)] if config.ema else []),
            ],
        )
        if beside is not None and self.args.world_size > 1:
            raise ConfigError("beside（多任务）只支持单进程。请去掉 beside，或不用 torchrun 运行。")

    def _sampler(self) -> TokenBudgetSampler:
        lengths = [len(i) for i in self._parts.train.ids]
        return TokenBudgetSampler(lengths, self._config.batch_tokens, self._config.seed)

    def get_train_dataloader(self) -> DataLoader[dict[str, Tensor]]:
        """Batches under the token budget, of which this process does its share."""
        share = ProcessShare(self._sampler(), self.args.process_index, self.args.world_size)
        return DataLoader(
            self._parts.train,
            batch_sampler=share,  # type: ignore[arg-type]  # torch thinks of indices alone
            collate_fn=Collator(self._parts.pad_id),
        )

    def compute_loss(
        self,
        model: nn.Module,
        inputs: dict[str, Tensor],
        return_outputs: bool = False,
        num_items_in_batch: Tensor | int | None = None,
    ) -> Tensor | tuple[Tensor, dict[str, Tensor]]:
        """Our loss on the model's logits; with R-Drop the mean of two passes and their divergence."""
        share = self._share_of_weight if model.training else None
        texts = {name: inputs[name] for name in ("input_ids", "attention_mask")}
        targets = inputs["labels"].float()
        logits = model(**texts).logits
        loss = self._loss(logits, targets, inputs["weights"], share)
        if self._config.rdrop and model.training:
            again = model(**texts).logits
            loss = (loss + self._loss(again, targets, inputs["weights"], share)) / 2
            loss = loss + self._config.rdrop * divergence(logits, again)
        return (loss, {"logits": logits}) if return_outputs else loss

    def training_step(
        self,
        model: nn.Module,
        inputs: dict[str, Tensor],
        num_items_in_batch: Tensor | int | None = None,
    ) -> Tensor:
        """A backward pass; FGM's at moved embeddings and that of a further task add their gradients."""
        loss = super().training_step(model, inputs, num_items_in_batch)
        if self._config.fgm:
            inputs = self._prepare_inputs(inputs)
            with moved_embeddings(self.model, self._config.fgm), self.compute_loss_context_manager():
                self.accelerator.backward(self.compute_loss(model, inputs))
        if self._beside is not None:
            with self.compute_loss_context_manager():
                further = self._beside.loss(self.model, self.state.global_step)
            self.accelerator.backward(self._config.beside_weight * further)
        return loss

    def _share_of_weight(self, weight: Tensor) -> Tensor:
        """Divided by this, the mean of the processes' gradients is that of one with the whole batch."""
        mean: Tensor = self.accelerator.reduce(weight.detach(), "mean")
        return mean

    def create_optimizer(self, model: nn.Module | None = None) -> torch.optim.Optimizer:
        """AdamW, fused where the device has it, with a rate per depth."""
        if self.optimizer is None:
            groups = parameter_groups(self.model, self._config)
            self.optimizer = torch.optim.AdamW(groups, lr=self._config.learning_rate, fused=True)
        return self.optimizer


@dataclass(frozen=True)
class Parts:
    """Encoded splits."""

    train: Encoded
    validation: Encoded
    pad_id: int


def parameter_groups(model: PreTrainedModel, config: FinetuneConfig) -> list[dict[str, object]]:
    """Parameters by depth: the head learns fastest, embeddings slowest; no decay on vectors."""
    depth = int(model.config.num_hidden_layers)
    groups = []
    for name, parameter in model.named_parameters():
        layer = re.search(r"\.layers?\.(\d+)\.", name)
        below = depth - int(layer.group(1)) if layer else (depth + 1 if "embedding" in name else 0)
        rate = config.learning_rate * config.layer_decay**below
        decay = config.weight_decay if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "weight_decay": decay})
    return groups


def _arguments(config: FinetuneConfig, steps_per_epoch: int) -> TrainingArguments:
    every = max(1, int(steps_per_epoch * config.epochs / config.evaluations))
    several = int(os.environ.get("WORLD_SIZE", "1")) > 1  # torchrun and accelerate launch say it so
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return TrainingArguments(
        output_dir=str(config.output / "checkpoints"),
        num_train_epochs=config.epochs,
        learning_rate=config.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=int(config.warmup * steps_per_epoch * config.epochs),
        eval_strategy="steps",
        eval_steps=every,
        save_strategy="steps",
        save_steps=every,
        save_total_limit=1,
        restore_callback_states_from_checkpoint=True,
        load_best_model_at_end=True,
        metric_for_best_model=f"eval_{config.metric}",
        greater_is_better=config.metric != "log_loss",
        per_device_eval_batch_size=64,
        logging_steps=max(1, every // 2),
        report_to=[],
        seed=config.seed,
        data_seed=config.seed,
        use_cpu=device == "cpu",
        ddp_backend="gloo" if several and device == "cpu" else None,
        ddp_find_unused_parameters=False,
        bf16=config.bf16 and matrix_dtype(device) == torch.bfloat16,
        gradient_checkpointing=config.gradient_checkpointing,
        dataloader_pin_memory=False,
        remove_unused_columns=False,
        label_names=["labels"],
        disable_tqdm=True,
    )
