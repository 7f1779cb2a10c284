"""Training loss, tokens a second and MFU between two reports."""

from __future__ import annotations

import time

import torch
from torch import Tensor

from train._pretraining.log import Log
from train._pretraining.speed import matrix_limit, vendor_peak
from train._pretraining.trainer import Trainer


class Meter:
    """Collects steps; ``report`` writes their mean loss and speed.

    The matrix limit is measured when the meter is made: GFLOP/s of products of the model's own
    shapes in the run's number format, over all processes. ``mfu`` is against it; on a GPU whose data sheet
    is known, ``mfu_of_peak`` is against the sheet's peak. Of bodies other than ours the operations are
    counted roughly (`StandardMaskedLM.flops_per_token`).
    """

    def __init__(self, trainer: Trainer, log: Log) -> None:
        self.trainer, self.log = trainer, log
        tokens = trainer.micro_tokens
        self.limit = matrix_limit(trainer.model.config, tokens, trainer.device, trainer.dtype)
        self.limit *= trainer.group.size
        progress = trainer.progress
        size = trainer.model.num_parameters()
        peak = vendor_peak(torch.cuda.get_device_name()) if trainer.device.type == "cuda" else None
        self.peak = peak * trainer.group.size if peak else None
        log.write(
            "start",
            progress.step,
            progress.tokens,
            bits=8.0 * trainer.dtype.itemsize,
            limit_gflops=self.limit / 1e9,
            parameters=size,
        )
        self._clear()

    def _clear(self) -> None:
        self.losses: list[Tensor] = []
        self.flops = 0.0
        self.norm: Tensor | None = None
        self.length = 0
        self.mark = time.perf_counter()

    def add(self, length: int, loss: Tensor, norm: Tensor) -> None:
        """One step with rows of ``length`` tokens; ``loss`` is this process's mean."""
        trainer = self.trainer
        flops = trainer.forward.flops_per_token(length, trainer.config.masking.rate)
        self.flops += flops * trainer.config.schedule.tokens_per_step
        if (passages := trainer.config.passages).weight:
            of_pairs = trainer.forward.flops_per_token(passages.length, 1.0, head=False)
            self.flops += of_pairs * passages.batches * passages.pairs * passages.length
        self.losses.append(loss)
        self.norm, self.length = norm, length

    def report(self) -> None:
        """Write what was collected, and start anew. Includes the time of looks and checkpoints."""
        if not self.losses or self.norm is None:
            return
        trainer, progress = self.trainer, self.trainer.progress
        loss = trainer.group.mean(sum(self.losses[1:], self.losses[0]) / len(self.losses))
        seconds = time.perf_counter() - self.mark
        progress.seconds += seconds
        tokens = len(self.losses) * trainer.config.schedule.tokens_per_step
        achieved = self.flops / seconds
        further = {"mfu_of_peak": achieved / self.peak} if self.peak else {}
        if trainer.last_pair_loss is not None:
            further["passage_loss"] = trainer.group.mean(trainer.last_pair_loss)
        self.log.write(
            "train",
            progress.step,
            progress.tokens,
            loss=loss,
            norm=float(self.norm),
            rate=trainer.plan.rate(progress.tokens),
            length=self.length,
            tokens_per_second=tokens / seconds,
            mfu=achieved / self.limit,
            **further,
        )
        self._clear()
