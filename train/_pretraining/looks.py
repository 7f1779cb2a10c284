"""The looks from aside: held-out loss, probe and intermediate model, each when its interval is passed."""

from __future__ import annotations

from pathlib import Path

from transformers import PreTrainedTokenizerBase

from train._pretraining.export import export_encoder
from train._pretraining.log import Log
from train._pretraining.probe import ProbeData, probe
from train._pretraining.trainer import Trainer


class Looks:
    """Monitors of one run; the first process alone calls them.

    Parameters
    ----------
    trainer : the run.
    log : where the numbers go.
    tokenizer, shards, run : what a model folder and its card need.
    probe_data : labelled units, or None for no probe.
    """

    def __init__(
        self,
        trainer: Trainer,
        log: Log,
        tokenizer: PreTrainedTokenizerBase,
        shards: Path,
        run: Path,
        probe_data: ProbeData | None,
    ) -> None:
        self.trainer, self.log, self.tokenizer = trainer, log, tokenizer
        self.shards, self.run, self.probe_data = shards, run, probe_data

    def at_start(self) -> None:
        """The probe of the untrained body: what pretraining has to beat."""
        if self.trainer.progress.tokens == 0:
            self.measure_probe()

    def after_step(self, tokens_before: int) -> None:
        """Look where an interval ended between ``tokens_before`` and now."""
        every, progress = self.trainer.config.run, self.trainer.progress

        def passed(interval: int) -> bool:
            return tokens_before // interval != progress.tokens // interval

        if passed(every.held_out_every_tokens):
            self.held_out("held_out", self.trainer.config.schedule.short_length)
        if passed(every.probe_every_tokens):
            self.measure_probe()
        if passed(every.export_every_tokens):
            self.export()

    def at_end(self) -> None:
        """Everything once more, and the model folder."""
        schedule = self.trainer.config.schedule
        self.held_out("held_out", schedule.short_length)
        self.held_out("held_out_long", schedule.long_length)
        self.measure_probe()
        self.export()

    def held_out(self, kind: str, length: int) -> None:
        """Masked-LM loss on the fixed held-out rows of this length."""
        progress = self.trainer.progress
        self.log.write(kind, progress.step, progress.tokens, loss=self.trainer.held_out_loss(length))

    def measure_probe(self) -> None:
        """Accuracy of the linear model on frozen features, if there are labels."""
        if self.probe_data is None:
            return
        progress = self.trainer.progress
        accuracy = probe(self.probe_data, self.trainer.features, self.trainer.device)
        self.log.write("probe", progress.step, progress.tokens, accuracy=accuracy)

    def export(self) -> None:
        """Write ``encoder-latest`` in the run's folder."""
        export_encoder(self.trainer, self.tokenizer, self.shards, self.run, self.run / "encoder-latest")
