"""Export a checkpoint to ONNX and check it against torch before it may be used.

    python scripts/export_onnx.py models/category --task category
    python scripts/export_onnx.py models/category --task category --fp32     # not in integers as well

Two graphs: `model.onnx` in fp32, which reads the weights from the checkpoint's own `model.safetensors`, so
that nothing is stored twice, and `model.int8.onnx`, whose layers multiply 8-bit integers; the engine takes
the second where there is one. An architecture other than ModernBERT goes through torch's exporter, in fp32
only. The gate compares labels and macro-F1 on the validation split, and labels on parts of training
statements, with torch in fp32; it removes an export that exceeds a budget. Scales are fitted to
training texts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if not __package__:  # run as a file: imports start at the root of the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedModel

from scripts._export.calibrating import by_gain, inputs_of, refined, round_model
from scripts._export.modernbert import is_supported, write_graph
from scripts._export.weights import share_weights
from train._finetuning.figures import macro_f1
from train._finetuning.fragments import fragments
from train._finetuning.rows import Rows, load_task
from train._finetuning.settings import FinetuneConfig
from zhenggai.classification.engines.engine import Pair, batches
from zhenggai.classification.engines.onnx import EXACT_FILE, MODEL_FILES, OnnxEngine
from zhenggai.classification.linear_models.ngrams import Floats

MAX_LENGTH = {"category": 128, "status": 256}
_FITTED, _COMPARED, _SAMPLE = 4000, 2000, 300
"""Training texts: that scales are fitted to, that labels are compared on, that decide about 16 bits."""
_BATCH_TOKENS = 2048
_CANDIDATES = ("mlp.Wo", "layers.0.attn.Wqkv")
"""Products that may get 16 bits of input: gated values have few very large ones among many small."""
_FEWEST_FINE, _MOST_FINE = 2, 6
"""Products with 16 bits of input: the worst two are always worth it, more than six would cost the speed."""


@dataclass(frozen=True)
class Budget:
    """How much worse the exported model may be."""

    disagreement: float = 0.005
    """Share of labels that may differ."""
    macro_f1: float = 0.005
    """Drop of macro-F1."""


@dataclass(frozen=True)
class Texts:
    """What an export is fitted to and checked on."""

    validation: Rows
    fitted: tuple[Pair, ...] = ()
    compared: tuple[Pair, ...] = ()
    """Others than the fitted ones."""


@dataclass(frozen=True)
class Gate:
    """What torch says in fp32, and how far an export may be from it."""

    validation: Rows
    wanted: Floats
    """Logits of the validation split."""
    compared: tuple[Pair, ...]
    more: Floats
    """Logits of the compared texts."""
    labels: tuple[str, ...]
    max_length: int
    budget: Budget


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
    parser.add_argument("--fp32", action="store_true", help="in fp32 only")
    given = parser.parse_args()
    texts = read_texts(FinetuneConfig(given.task, str(given.model), given.model, given.data))
    model = AutoModelForSequenceClassification.from_pretrained(
        given.model, dtype=torch.float32, attn_implementation="sdpa", use_safetensors=True
    ).eval()
    for name in MODEL_FILES:
        (given.model / name).unlink(missing_ok=True)  # of other weights, perhaps
    gate = make_gate(model, given.model, texts, MAX_LENGTH[given.task], Budget())
    export(model, given.model)
    reports = [check(given.model, gate)]
    if not given.fp32 and is_supported(model.config):
        reports.append(export_int8(model, given.model, texts.fitted, gate))
    print("\n".join(reports))
    if any("拒绝" in report for report in reports):
        sys.exit(1)


def read_texts(config: FinetuneConfig, seed: int = 0) -> Texts:
    """The validation split, and training statements and their parts in random order."""
    rows = load_task(config)
    training = list(dict.fromkeys([*rows.train.pairs, *fragments(rows.train.pairs)]))
    order = np.random.default_rng(seed).permutation(len(training))[: _FITTED + _COMPARED]
    chosen = [training[i] for i in order]
    return Texts(rows.validation, tuple(chosen[:_FITTED]), tuple(chosen[_FITTED:]))


def export(model: PreTrainedModel, folder: Path) -> None:
    """Write `model.onnx` beside the weights that it refers to."""
    if is_supported(model.config):
        write_graph(folder, EXACT_FILE)
        return
    tokens = torch.randint(5, 100, (2, 32))
    path = folder / EXACT_FILE
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


def export_int8(model: PreTrainedModel, folder: Path, fitted: Sequence[Pair], gate: Gate) -> str:
    """Write `model.int8.onnx`, scales fitted to `fitted`; the report of the gate.

    Products get 16 bits of input one after the other, the worst of 8 bits first, until the gate lets it pass.
    """
    texts = (ids for _, ids in equally_long(folder, fitted, gate.max_length))
    integers = round_model(model, inputs_of(model, texts))
    sample = fitted[:_SAMPLE]
    wanted = OnnxEngine(folder, gate.max_length, exact=True).scores(sample)

    def error(fine: Collection[str]) -> float:
        write_graph(folder, MODEL_FILES[0], refined(integers, fine))
        difference = OnnxEngine(folder, gate.max_length).scores(sample) - wanted
        return float(np.square(difference).mean())

    order = by_gain((name for name in integers if name.endswith(_CANDIDATES)), error)
    report = ""
    for count in range(_FEWEST_FINE, _MOST_FINE + 1):
        write_graph(folder, MODEL_FILES[0], refined(integers, order[:count]))
        report = f"{check(folder, gate)}（{count} 个乘积的输入为 16 位）"
        if "拒绝" not in report:
            break
    return report


def equally_long(folder: Path, pairs: Sequence[Pair], max_length: int) -> Iterator[tuple[list[int], Tensor]]:
    """Batches without padding: indices of `pairs` and their token ids, shape (n, length)."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    firsts, seconds = [a for a, _ in pairs], [b for _, b in pairs]
    options = {"truncation": "longest_first", "max_length": max_length}
    ids = tokenizer(firsts, seconds, **options)["input_ids"] if pairs else []
    for batch in batches([len(each) for each in ids], _BATCH_TOKENS, step=1):
        yield batch, torch.tensor([ids[i] for i in batch])


@torch.inference_mode()
def torch_scores(model: PreTrainedModel, folder: Path, pairs: Sequence[Pair], max_length: int) -> Floats:
    """Logits by torch in fp32, without any padding."""
    out = np.empty((len(pairs), model.config.num_labels), dtype=np.float32)
    for batch, ids in equally_long(folder, pairs, max_length):
        out[batch] = model(ids, torch.ones_like(ids)).logits.numpy()
    return out


def make_gate(model: PreTrainedModel, folder: Path, texts: Texts, max_length: int, budget: Budget) -> Gate:
    """Ask torch about all texts."""
    wanted, more = (
        torch_scores(model, folder, pairs, max_length) for pairs in (texts.validation.pairs, texts.compared)
    )
    labels = tuple(model.config.id2label[i] for i in range(model.config.num_labels))
    return Gate(texts.validation, wanted, texts.compared, more, labels, max_length, budget)


def check(folder: Path, gate: Gate) -> str:
    """Compare the export with torch; remove it and say 拒绝 when the budget is exceeded."""
    engine, budget = OnnxEngine(folder, gate.max_length), gate.budget
    found, more = engine.scores(gate.validation.pairs), engine.scores(gate.compared)
    before, after = (
        macro_f1(gate.validation.gold, [gate.labels[i] for i in scores.argmax(axis=1)])
        for scores in (gate.wanted, found)
    )
    differ = _differing(gate.wanted, found), _differing(gate.more, more)
    figures = (
        f"标签不一致 {differ[0]:.2%}，训练文字上 {differ[1]:.2%}（上限 {budget.disagreement:.2%}），"
        f"macro-F1 {before:.4f} → {after:.4f}（最多降 {budget.macro_f1}），"
        f"logits 最大差 {np.abs(gate.wanted - found).max():.5f}"
    )
    if max(differ) > budget.disagreement or before - after > budget.macro_f1:
        engine.file.unlink()
        return f"拒绝导出 {engine.file.name}：{figures}。"
    return f"{engine.file.name} 通过：{figures}。"


def _differing(wanted: Floats, found: Floats) -> float:
    return float((wanted.argmax(axis=1) != found.argmax(axis=1)).mean()) if len(wanted) else 0.0


if __name__ == "__main__":
    main()
