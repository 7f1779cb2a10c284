"""Export of a tiny BERT: the graph reads the checkpoint's weights, scores agree, the gate refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from scripts._export.weights import share_weights
from scripts.export_onnx import Budget, Texts, check, export, make_gate, torch_scores
from train._finetuning.rows import Rows
from zhenggai.classification.engines.engine import batches, padded_length
from zhenggai.classification.engines.onnx import OnnxEngine
from zhenggai.classification.engines.torch import TorchEngine
from zhenggai.errors import ModelError

PAIRS = (("公务接待超标准", "作风"), ("学习不到位", ""), ("财务管理制度落实不到位" * 3, "管理"), ("标准", ""))


@pytest.fixture(scope="module")
def exported(tiny_encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    model = AutoModelForSequenceClassification.from_pretrained(tiny_encoder, num_labels=2)
    model.to(torch.float16).save_pretrained(folder)
    AutoTokenizer.from_pretrained(tiny_encoder).save_pretrained(folder)
    export(load(folder), folder)
    return folder


def load(folder: Path) -> torch.nn.Module:
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32)
    return model.eval()


def rows() -> Rows:
    n = len(PAIRS)
    return Rows(
        PAIRS, np.zeros((n, 2), np.float32), ("LABEL_0",) * n, np.ones(n, np.float32), ("",) * n, ("",) * n
    )


def test_scores_agree_with_torch_and_weights_are_not_stored_twice(exported: Path) -> None:
    model = load(exported)
    report = check(exported, make_gate(model, exported, Texts(rows(), compared=PAIRS), 64, Budget()))
    assert "通过" in report
    found = OnnxEngine(exported, 64).scores(PAIRS)
    np.testing.assert_allclose(found, torch_scores(model, exported, PAIRS, 64), atol=1e-5)
    (exported / "elsewhere").mkdir(exist_ok=True)
    shutil.copy(exported / "model.onnx", exported / "elsewhere" / "model.onnx")
    shutil.copy(exported / "tokenizer.json", exported / "elsewhere" / "tokenizer.json")
    with pytest.raises(Exception, match="safetensors"):
        OnnxEngine(exported / "elsewhere", 64).scores(PAIRS)


def test_the_graph_names_no_source_file_of_the_machine(exported: Path) -> None:
    assert b".py" not in (exported / "model.onnx").read_bytes()


def test_scores_do_not_depend_on_the_company(exported: Path) -> None:
    engine = OnnxEngine(exported, 64)
    together = engine.scores(PAIRS * 20)
    for row, pair in enumerate(PAIRS):
        assert np.array_equal(engine.scores([pair])[0], together[row])
        assert np.array_equal(together[row], together[row + len(PAIRS) * 7])
    assert engine.scores([]).shape[0] == 0


def test_the_engine_of_the_gpu_says_the_same_on_a_cpu(exported: Path) -> None:
    pairs = [*PAIRS, ("长" * 50, "短"), ("短", "")] * 9
    theirs, ours = TorchEngine(exported, 64, "cpu"), OnnxEngine(exported, 64)
    np.testing.assert_allclose(theirs.scores(pairs), ours.scores(pairs), atol=1e-5)
    assert (theirs.scores(pairs).argmax(axis=1) == ours.scores(pairs).argmax(axis=1)).all()
    assert max(theirs.lengths(pairs)) <= 64
    assert theirs.scores([]).shape[0] == 0


def test_batches_side_by_side_and_loading_ahead_change_nothing(exported: Path) -> None:
    wanted = OnnxEngine(exported, 64, threads=1).scores(PAIRS * 40)
    engine = OnnxEngine(exported, 64, threads=3)
    engine.preload()
    assert np.array_equal(engine.scores(PAIRS * 40), wanted)


def test_the_gate_refuses_and_removes_a_worse_export(exported: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(exported, folder, ignore=shutil.ignore_patterns("elsewhere"))
    other = load(folder)
    with torch.no_grad():
        other.classifier.bias[:] = torch.tensor([-50.0, 50.0])
    report = check(folder, make_gate(other, folder, Texts(rows()), 64, Budget()))
    assert report.startswith("拒绝导出")
    assert not (folder / "model.onnx").exists()
    with pytest.raises(ModelError, match="export_onnx"):
        OnnxEngine(folder)


def test_weights_that_are_not_in_the_checkpoint_are_an_error(exported: Path, tmp_path: Path) -> None:
    other = AutoModelForSequenceClassification.from_pretrained(exported)
    with torch.no_grad():
        for parameter in other.parameters():
            parameter.add_(1.0)
    other.to(torch.float16).save_pretrained(tmp_path)
    full = tmp_path / "model.onnx"
    export(load(exported), exported)
    torch_model = load(exported)
    tokens = torch.ones(1, 8, dtype=torch.long)
    torch.onnx.export(torch_model, (tokens,), str(full), dynamo=True, external_data=False)
    with pytest.raises(ValueError, match="not in the checkpoint"):
        share_weights(full, tmp_path / "model.safetensors")


def test_batches_hold_equal_lengths_and_every_row() -> None:
    lengths = np.random.default_rng(0).integers(2, 120, 200).tolist()
    found = list(batches(lengths, budget=512, rows=16))
    assert sorted(i for batch in found for i in batch) == list(range(200))
    for batch in found:
        assert len({padded_length(lengths[i]) for i in batch}) == 1
        assert len(batch) <= 16
        assert len(batch) == 1 or len(batch) * padded_length(lengths[batch[0]]) <= 512
