"""A checkpoint → a standard transformers folder with a model card written from the run's own log."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from transformers import PreTrainedTokenizerBase

from train._pretraining import history
from train._pretraining.card import write_card
from train._pretraining.log import read_log

if TYPE_CHECKING:
    from train._pretraining.trainer import Trainer


def export_encoder(
    trainer: Trainer, tokenizer: PreTrainedTokenizerBase, shards: Path, run: Path, folder: Path
) -> None:
    """Write fp16 weights, configuration, tokenizer, history and card; all appear at once or not at all."""
    draft = folder.with_name(f".{folder.name}-draft")
    shutil.rmtree(draft, ignore_errors=True)
    model = copy.deepcopy(trainer.model).cpu()
    model.to(torch.float16).save_pretrained(draft)
    save_tokenizer(tokenizer, draft)
    log = read_log(run / "log.jsonl", trainer.progress.tokens)
    runs = (*history.read_earlier(run), history.describe(trainer, shards, log))
    history.write(runs, draft)
    card = write_card(model.float().eval(), tokenizer, trainer, shards, runs)
    (draft / "README.md").write_text(card, encoding="utf-8")
    for file in draft.iterdir():
        file.chmod(0o644)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def save_tokenizer(tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    """Save so that transformers 4 and 5 load it: 5 writes a class name that 4 does not know."""
    tokenizer.save_pretrained(folder)
    path = folder / "tokenizer_config.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["tokenizer_class"] = "PreTrainedTokenizerFast"
    for key in ("backend", "is_local", "local_files_only"):
        settings.pop(key, None)
    path.write_text(json.dumps(settings, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
