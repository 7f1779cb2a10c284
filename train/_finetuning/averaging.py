"""Averaged weights: what is evaluated and saved is the exponential mean over the steps (Polyak 1992)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments


class AveragedWeights(TrainerCallback):
    """Keeps the mean; it stands in for the running weights at each evaluation and its checkpoint."""

    def __init__(self, decay: float) -> None:
        """`decay` per step; the first steps use less, so that the start is soon forgotten."""
        self._decay, self._steps = decay, 0
        self._mean: dict[str, Tensor] = {}
        self._running: dict[str, Tensor] = {}

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        model: nn.Module | None = None,
        **_: object,  # transformers hands callbacks more than any one needs
    ) -> None:
        """Update the mean; before an evaluation it takes the place of the running weights."""
        assert model is not None
        self._steps += 1
        decay = min(self._decay, self._steps / (self._steps + 10))
        with torch.no_grad():
            for name, value in model.named_parameters():
                mean = self._mean.setdefault(name, value.detach().clone())
                mean.lerp_(value.detach(), 1 - decay)
            if control.should_evaluate:
                self._running = {name: value.detach().clone() for name, value in model.named_parameters()}
                _put(model, self._mean)

    def on_save(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        model: nn.Module | None = None,
        **_: object,
    ) -> None:
        """Evaluations and checkpoints come in pairs: the running weights come back after the checkpoint."""
        assert model is not None
        if self._running:
            _put(model, self._running)
            self._running = {}


@torch.no_grad()
def _put(model: nn.Module, values: dict[str, Tensor]) -> None:
    for name, parameter in model.named_parameters():
        parameter.copy_(values[name])
