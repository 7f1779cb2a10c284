"""Export of a tiny ModernBERT in few operators: fp32 says what torch says, int8 nearly so."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer, ModernBertConfig, ModernBertForSequenceClassification

from scripts._export.integers import PAIR, Inputs, round_product
from scripts._export.modernbert import is_supported
from scripts.export_onnx import Budget, Texts, check, export, export_int8, make_gate, torch_scores
from train._finetuning.rows import Rows
from zhenggai.classification.engines.onnx import OnnxEngine, onnx_file

TEXTS = ("公务接待超标准", "学习不到位", "财务管理制度落实不到位", "标准", "管理不严，作风不实" * 4)
PAIRS = tuple((a, b) for a in TEXTS for b in ("", "作风", "财务制度"))


@pytest.fixture(scope="module")
def folder(tiny_encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint whose sliding layers do not see the whole of the longest texts."""
    folder = tmp_path_factory.mktemp("modernbert")
    tokenizer = AutoTokenizer.from_pretrained(tiny_encoder)
    sizes = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 4, "num_attention_heads": 2}
    config = ModernBertConfig(
        vocab_size=len(tokenizer),
        **sizes,
        max_position_embeddings=64,
        local_attention=16,
        classifier_pooling="mean",
        classifier_activation="gelu",
        pad_token_id=tokenizer.pad_token_id,
        num_labels=3,
        initializer_range=0.3,
    )
    torch.manual_seed(0)
    ModernBertForSequenceClassification(config).to(torch.float16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    export(load(folder), folder)
    return folder


def load(folder: Path) -> ModernBertForSequenceClassification:
    model = ModernBertForSequenceClassification.from_pretrained(folder, dtype=torch.float32)
    assert is_supported(model.config)
    return model.eval()


def rows(labels: np.ndarray) -> Rows:
    n = len(PAIRS)
    gold = tuple(f"LABEL_{label}" for label in labels)
    return Rows(PAIRS, np.zeros((n, 3), np.float32), gold, np.ones(n, np.float32), ("",) * n, ("",) * n)


@pytest.fixture(scope="module")
def both(folder: Path) -> Path:
    """With the model in integers as well."""
    model = load(folder)
    texts = Texts(rows(torch_scores(model, folder, PAIRS, 64).argmax(axis=1)), PAIRS, PAIRS)
    gate = make_gate(model, folder, texts, 64, Budget(disagreement=0.1, macro_f1=0.1))
    assert "通过" in check(folder, gate)
    assert "通过" in export_int8(model, folder, PAIRS, gate)
    return folder


def test_fp32_says_what_torch_says(folder: Path) -> None:
    found = OnnxEngine(folder, 64, exact=True).scores(PAIRS)
    np.testing.assert_allclose(found, torch_scores(load(folder), folder, PAIRS, 64), atol=2e-4)


def test_int8_is_the_default_and_near(both: Path) -> None:
    assert onnx_file(both) == both / "model.int8.onnx"
    wanted = OnnxEngine(both, 64, exact=True).scores(PAIRS)
    found = OnnxEngine(both, 64).scores(PAIRS)
    assert not np.array_equal(found, wanted)
    assert np.abs(found - wanted).max() < 0.1 * np.abs(wanted).max()


@pytest.mark.parametrize("exact", [True, False])
def test_scores_do_not_depend_on_the_company_of_equally_long_texts(both: Path, exact: bool) -> None:
    engine = OnnxEngine(both, 64, exact=exact)
    together = engine.scores(PAIRS * 9)
    for row, pair in enumerate(PAIRS):
        assert np.array_equal(engine.scores([pair])[0], together[row])
        assert np.array_equal(together[row], together[row + len(PAIRS) * 5])


def test_the_gate_removes_integers_that_say_something_else(both: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(both, tmp_path / "copy"))
    other = load(copy)
    with torch.no_grad():
        other.classifier.weight.neg_()
    labels = torch_scores(other, copy, PAIRS, 64).argmax(axis=1)
    report = check(copy, make_gate(other, copy, Texts(rows(labels), compared=PAIRS), 64, Budget()))
    assert report.startswith("拒绝导出 model.int8.onnx")
    assert onnx_file(copy) == copy / "model.onnx"


def test_weights_in_integers_are_exact_without_vnni_and_near() -> None:
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(24, 31)).astype(np.float32)
    x = (rng.normal(size=(400, 31)) * rng.uniform(0.1, 20, 31)).astype(np.float32)
    made = round_product(weight, Inputs(x.min(0), x.max(0), x.astype(np.float64).T @ x))
    pairs = made.weight[: len(made.weight) // 2 * 2].astype(int).reshape(-1, 2, 24)
    for sign in (1, -1):
        assert np.maximum(sign * pairs, 0).sum(axis=1).max() <= PAIR
    quantised = np.clip(np.rint(x / made.smoothing / made.scale) + made.zero, 0, 255) - made.zero
    found = (quantised @ made.weight) * made.scale * made.scales
    wanted = x @ weight.T
    assert np.square(found - wanted).mean() < 4e-4 * np.square(wanted).mean()
