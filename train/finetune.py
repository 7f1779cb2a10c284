"""Fine-tune an encoder for category or status.

    python train/finetune.py configs/finetune/category.yaml
    python train/finetune.py configs/finetune/category.yaml --seed 1 --output runs/category-1
    torchrun --nproc-per-node 4 train/finetune.py configs/finetune/category-macbert-base.yaml
    accelerate launch --config_file configs/accelerate/fsdp.yaml train/finetune.py ...   # large encoders
    python train/finetune.py ... --resume             # with as many processes as there are now

The base model is a local folder or a hub name; nothing else needs the network. The output folder is a
standard `AutoModelForSequenceClassification` checkpoint with `run.json` (settings, versions, data, figures).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

if not __package__:  # run as a file: this folder's evaluate.py would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np
import torch
from transformers import (
    AutoConfig,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    set_seed,
)
from transformers.trainer_utils import get_last_checkpoint

from train._finetuning.batching import Hiding
from train._finetuning.card import write_run
from train._finetuning.figures import Labelled, main_figures
from train._finetuning.multitask import PREFIX, add_side_tasks
from train._finetuning.rows import Rows, load_task
from train._finetuning.settings import FinetuneConfig
from train._finetuning.trainer import Encoded, FinetuneTrainer, Parts, encode
from zhenggai.config import load_config
from zhenggai.errors import ConfigError


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--base-model", help="instead of the config's")
    parser.add_argument("--output", type=Path, help="instead of the config's")
    parser.add_argument("--seed", type=int, help="instead of the config's")
    parser.add_argument("--corrections", type=Path, nargs="+", help="folders of zhenggai review import")
    parser.add_argument("--held-out", type=int, nargs="+", help="folds, instead of the config's")
    parser.add_argument(
        "--resume", action="store_true", help="from the run's last checkpoint, if there is one"
    )
    given = parser.parse_args()
    changes = {
        name: value
        for name, value in (
            ("base_model", given.base_model),
            ("output", given.output),
            ("seed", given.seed),
            ("corrections", tuple(given.corrections) if given.corrections else None),
            ("held_out", tuple(given.held_out) if given.held_out else None),
        )
        if value is not None
    }
    finetune(dataclasses.replace(load_config(given.config, FinetuneConfig), **changes), given.resume)


def finetune(config: FinetuneConfig, resume: bool = False) -> dict[str, dict[str, float]]:
    """Train, reload the best checkpoint, measure it once on validation and test, save; return the figures.

    Of several processes the first gives the figures, the others an empty mapping.
    """
    if config.threads:
        torch.set_num_threads(config.threads)
    set_seed(config.seed)
    data = load_task(config)
    tokenizer = AutoTokenizer.from_pretrained(config.base_model)
    model = build_model(config, data.labels)
    parts = Parts(
        encode(tokenizer, data.train, config.max_length, hiding(config, tokenizer)),
        encode(tokenizer, data.validation, config.max_length),
        tokenizer.pad_token_id or 0,
    )
    trainer = FinetuneTrainer(config, model, data, parts, add_side_tasks(model, config, tokenizer))
    first = trainer.is_world_process_zero()
    if first:
        show_examples(data.train, config.seed)
    checkpoints = config.output / "checkpoints"
    trainer.train(
        resume_from_checkpoint=get_last_checkpoint(checkpoints) if resume and checkpoints.is_dir() else None
    )
    weights = trainer.accelerator.get_state_dict(
        trainer.model_wrapped
    )  # of all processes, where they hold parts
    trainer.accelerator.wait_for_everyone()
    trainer.accelerator.end_training()  # here they part
    if not first:
        return {}
    save(config, trainer.accelerator.unwrap_model(trainer.model), weights, tokenizer)
    lines = [json.dumps(record) for record in trainer.state.log_history]
    (config.output / "log.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    best = AutoModelForSequenceClassification.from_pretrained(
        config.output, dtype=torch.float32, use_safetensors=True
    )
    figures = {
        name: main_figures(
            predict(best, encode(tokenizer, rows, config.max_length), data.labels, parts.pad_id)
        )
        for name, rows in (("validation", data.validation), ("test", data.test))
    }
    write_run(config, data, figures)
    for name, of_split in figures.items():
        print(name, {key: round(value, 4) for key, value in of_split.items()}, flush=True)
    return figures


def build_model(config: FinetuneConfig, labels: tuple[str, ...]) -> PreTrainedModel:
    """The base model with a new head whose outputs carry the Chinese labels in the taxonomy's order."""
    names = dict(enumerate(labels))
    sizes = AutoConfig.from_pretrained(
        config.base_model,
        num_labels=len(labels),
        id2label=names,
        label2id={name: index for index, name in names.items()},
    )
    if config.random_start:
        model = AutoModelForSequenceClassification.from_config(sizes, dtype=torch.float32)
    else:
        model = AutoModelForSequenceClassification.from_pretrained(
            config.base_model,
            config=sizes,
            use_safetensors=True,
            ignore_mismatched_sizes=True,  # a base with another head gets a new one
            dtype=torch.float32,
        )
    if not torch.cuda.is_available():  # on a CPU the backward of fused attention takes a third of a step
        model.set_attn_implementation("eager")
    for module in model.children():  # the body keeps its own rates; only the head's is set here
        if isinstance(module, torch.nn.Dropout):
            module.p = config.dropout
    return model


def hiding(config: FinetuneConfig, tokenizer: PreTrainedTokenizerBase) -> Hiding | None:
    """What hides tokens in training, or None."""
    if not config.mask_share:
        return None
    if tokenizer.mask_token_id is None:
        raise ConfigError("mask_share 大于 0 时，分词器应有 [MASK]，未找到。请设为 0 或换用别的模型。")
    return Hiding(config.mask_share, tokenizer.mask_token_id, tokenizer.all_special_ids, config.seed)


def show_examples(rows: Rows, seed: int, count: int = 3) -> None:
    """Print a few training examples, so that a wrong input is seen at once."""
    for index in random.Random(seed).sample(range(len(rows.pairs)), min(count, len(rows.pairs))):
        print(f"[样例] {rows.gold[index]}：{rows.pairs[index][0]} ▏{rows.pairs[index][1]}", flush=True)


@torch.inference_mode()
def predict(model: PreTrainedModel, encoded: Encoded, labels: tuple[str, ...], pad_id: int) -> Labelled:
    """Probabilities of `encoded` beside its gold labels."""
    model.eval()
    out = []
    for ids in encoded.ids:
        logits = model(
            input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long)
        )
        out.append(logits.logits.float().softmax(-1)[0].numpy())
    probabilities = np.stack(out) if out else np.zeros((0, len(labels)))
    return Labelled(labels, encoded.rows.gold, probabilities, encoded.rows.notices)


def save(
    config: FinetuneConfig,
    model: PreTrainedModel,
    weights: Mapping[str, torch.Tensor],
    tokenizer: PreTrainedTokenizerBase,
) -> None:
    """Weights in fp16, config, tokenizer; the run's intermediate checkpoints go."""
    config.output.mkdir(parents=True, exist_ok=True)
    model.config.dtype = "float16"
    half = {
        name: w.to("cpu", torch.float16) if w.is_floating_point() else w
        for name, w in weights.items()
        if not name.startswith(PREFIX)
    }
    model.save_pretrained(config.output, state_dict=half)
    tokenizer.save_pretrained(config.output)
    shutil.rmtree(config.output / "checkpoints", ignore_errors=True)


if __name__ == "__main__":
    main()
