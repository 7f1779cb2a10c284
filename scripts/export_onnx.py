"""Export a checkpoint to ONNX and check it against torch before it may be used.

    python scripts/export_onnx.py models/category --task category

The graph reads the weights from the checkpoint's own `model.safetensors`, so nothing is stored twice: fp16
on disk, cast to fp32 when the session starts. `--int8` quantises weights and, per run, activations; then the
scores of a text may depend on its batch, so it is not the default. The gate compares labels and macro-F1 on
the validation split with torch fp32 and removes the export when a budget is exceeded.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

if not __package__:  # run as a file: imports start at the root of the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedModel

from scripts._export.weights import share_weights
from train._finetuning.figures import macro_f1
from train._finetuning.rows import Rows, load_task
from train._finetuning.settings import FinetuneConfig
from zhenggai.classification.ngrams import Floats
from zhenggai.classification.onnx import OnnxEngine

MAX_LENGTH = {"category": 128, "status": 256}


@dataclass(frozen=True)
class Budget:
    """How much worse the exported model may be."""

    disagreement: float = 0.005
    """Share of labels that may differ."""
    macro_f1: float = 0.005
    """Drop of macro-F1."""


class Logits(nn.Module):
    """A classifier that takes and gives plain tensors."""

    def __init__(self, model: PreTrainedModel) -> None:
        """Wrap `model`."""
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Logits, shape (n, labels)."""
        logits: Tensor = self.model(input_ids=input_ids, attention_mask=attention_mask).logits
        return logits


def main() -> None:
    """Read the options, export, check; exit status 1 when the gate refuses."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("model", type=Path, help="checkpoint folder; the export goes into it")
    parser.add_argument("--task", choices=sorted(MAX_LENGTH), required=True)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--int8", action="store_true", help="quantise to int8 as well")
    given = parser.parse_args()
    rows = load_task(FinetuneConfig(given.task, str(given.model), given.model, given.data)).validation
    model = AutoModelForSequenceClassification.from_pretrained(
        given.model, dtype=torch.float32, attn_implementation="sdpa", use_safetensors=True
    ).eval()
    export(model, given.model)
    if given.int8:
        quantise(given.model)
    report = check(model, given.model, rows, MAX_LENGTH[given.task], Budget())
    print(report)
    if "拒绝" in report:
        sys.exit(1)


def export(model: PreTrainedModel, folder: Path) -> None:
    """Write `model.onnx` beside the weights that it refers to."""
    tokens = torch.randint(5, 100, (2, 32))
    path = folder / "model.onnx"
    batch, length = torch.export.Dim("batch", min=1, max=4096), torch.export.Dim("length", min=2, max=1024)
    program = torch.onnx.export(
        Logits(model).eval(),
        (tokens, torch.ones_like(tokens)),
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_shapes=({0: batch, 1: length}, {0: batch, 1: length}),
        dynamo=True,
    )
    if program is None:
        raise RuntimeError("torch.onnx.export gave no program; expected one with dynamo=True")
    program.save(str(path), external_data=False)
    share_weights(path, folder / "model.safetensors")


def quantise(folder: Path) -> None:
    """Write `model.int8.onnx`: int8 weights, activations quantised as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(folder / "model.onnx", folder / "model.int8.onnx", weight_type=QuantType.QInt8)


@torch.inference_mode()
def torch_scores(model: PreTrainedModel, folder: Path, rows: Rows, max_length: int) -> Floats:
    """Logits by torch in fp32, one text at a time, so without any padding."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    out = []
    for first, second in rows.pairs:
        encoded = tokenizer(  # lists: given alone, an empty second text would lose its [SEP]
            [first], [second], truncation="longest_first", max_length=max_length, return_tensors="pt"
        )
        out.append(model(encoded["input_ids"], encoded["attention_mask"]).logits[0].numpy())
    return np.stack(out)


def check(model: PreTrainedModel, folder: Path, rows: Rows, max_length: int, budget: Budget) -> str:
    """Compare export and torch; remove the export and say 拒绝 when the budget is exceeded."""
    wanted = torch_scores(model, folder, rows, max_length)
    engine = OnnxEngine(folder, max_length)
    found = engine.scores(rows.pairs)
    labels = [model.config.id2label[i] for i in range(wanted.shape[1])]
    before = macro_f1(rows.gold, [labels[i] for i in wanted.argmax(axis=1)])
    after = macro_f1(rows.gold, [labels[i] for i in found.argmax(axis=1)])
    differ = float((wanted.argmax(axis=1) != found.argmax(axis=1)).mean())
    figures = (
        f"标签不一致 {differ:.2%}（上限 {budget.disagreement:.2%}），macro-F1 {before:.4f} → {after:.4f}"
        f"（最多降 {budget.macro_f1}），logits 最大差 {np.abs(wanted - found).max():.5f}"
    )
    if differ > budget.disagreement or before - after > budget.macro_f1:
        engine.file.unlink()
        return f"拒绝导出 {engine.file.name}：{figures}。"
    return f"{engine.file.name} 通过：{figures}。"


if __name__ == "__main__":
    main()
