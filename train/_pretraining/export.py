"""A checkpoint → a standard transformers folder with a model card written from the run's own log."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from transformers import ModernBertForMaskedLM, PreTrainedTokenizerBase

if TYPE_CHECKING:
    from train._pretraining.trainer import Trainer


def export_encoder(
    trainer: Trainer, tokenizer: PreTrainedTokenizerBase, shards: Path, run: Path, folder: Path
) -> None:
    """Write fp16 weights, configuration, tokenizer and card; the folder appears at once or not at all."""
    draft = folder.with_name(f".{folder.name}-draft")
    shutil.rmtree(draft, ignore_errors=True)
    model = ModernBertForMaskedLM(trainer.model.config)
    model.load_state_dict(trainer.model.state_dict())
    model.to(torch.float16).save_pretrained(draft)
    tokenizer.save_pretrained(draft)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
