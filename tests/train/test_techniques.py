"""Techniques of fine-tuning that can be switched on: each does what its paper says, on tiny tensors."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from torch import nn
from transformers import TrainerControl, TrainerState, TrainingArguments

from train._finetuning.adversarial import moved_embeddings
from train._finetuning.averaging import AveragedWeights
from train._finetuning.fragments import fragments, read_texts
from train._finetuning.losses import divergence
from train._finetuning.rows import load_task
from train._finetuning.settings import FinetuneConfig
from zhenggai.errors import ConfigError


class Embedder(nn.Module):
    """A table and a sum: the smallest model with input embeddings."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(4, 3)

    def get_input_embeddings(self) -> nn.Embedding:
        return self.table


def test_divergence_is_zero_for_equal_passes_and_symmetric() -> None:
    a, b = torch.tensor([[1.0, 0.0], [0.0, 2.0]]), torch.tensor([[0.0, 1.0], [0.0, 2.0]])
    assert divergence(a, a).item() == pytest.approx(0.0, abs=1e-6)
    assert divergence(a, b).item() > 0.1
    assert divergence(a, b).item() == pytest.approx(divergence(b, a).item())


def test_embeddings_move_along_the_gradient_by_the_given_length_and_come_back() -> None:
    model = Embedder()
    before = model.table.weight.detach().clone()
    model.table(torch.tensor([1, 2])).sum().backward()
    gradient = model.table.weight.grad
    assert gradient is not None
    with moved_embeddings(model, 0.5):
        step = model.table.weight.detach() - before
    assert step.norm().item() == pytest.approx(0.5, rel=1e-5)
    assert torch.allclose(step / step.norm(), gradient / gradient.norm(), atol=1e-5)
    assert torch.equal(model.table.weight.detach(), before)


def test_averaged_weights_stand_in_for_an_evaluation_only(tmp_path: Path) -> None:
    model, average = nn.Linear(1, 1, bias=False), AveragedWeights(0.9)
    arguments, state, control = TrainingArguments(str(tmp_path)), TrainerState(), TrainerControl()
    for value in (0.0, 1.0):
        nn.init.constant_(model.weight, value)
        control.should_evaluate = value == 1.0
        average.on_step_end(arguments, state, control, model=model)
    assert 0.0 < model.weight.item() < 1.0
    average.on_save(arguments, state, control, model=model)
    assert model.weight.item() == 1.0


def test_fragments_are_parts_of_the_statement_with_and_without_its_headings() -> None:
    found = set(fragments([("理论学习不深入，中心组学习走过场", "党的建设")]))
    assert found == {
        ("理论学习不深入，中心组学习走过场", ""),
        ("理论学习不深入", "党的建设"),
        ("理论学习不深入", ""),
        ("中心组学习走过场", "党的建设"),
        ("中心组学习走过场", ""),
    }


def test_texts_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="每行一句"):
        list(read_texts(tmp_path / "none.txt"))


@pytest.fixture
def config() -> FinetuneConfig:
    return FinetuneConfig("category", "none", Path("none"))


def test_shares_take_written_rows_and_whole_notices(config: FinetuneConfig) -> None:
    everything = load_task(config).train
    labelled = load_task(dataclasses.replace(config, written_share=0.0)).train
    some = load_task(dataclasses.replace(config, written_share=0.0, notice_share=0.5)).train
    notices = set(labelled.notices)
    assert len(labelled.gold) < len(everything.gold) / 3
    assert len(set(some.notices)) == round(len(notices) / 2)
    for notice in set(some.notices):
        assert some.notices.count(notice) == labelled.notices.count(notice)


def test_label_texts_add_one_row_a_label(config: FinetuneConfig) -> None:
    plain = load_task(dataclasses.replace(config, written_share=0.0))
    told = load_task(dataclasses.replace(config, written_share=0.0, label_texts=True))
    assert told.train.gold[len(plain.train.gold) :] == plain.labels
    assert told.validation.pairs == plain.validation.pairs


def test_a_transfer_file_of_another_taxonomy_is_refused(config: FinetuneConfig, tmp_path: Path) -> None:
    path = tmp_path / "transfer.jsonl"
    path.write_text('{"pair": ["学习不深入", ""], "target": [0.5, 0.5]}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="每行应有"):
        load_task(dataclasses.replace(config, transfer=path))
    with pytest.raises(ConfigError, match="没有找到"):
        load_task(dataclasses.replace(config, transfer=tmp_path / "none"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"written_share": 2.0}, "written_share"),
        ({"ema": 1.0}, "ema"),
        ({"rdrop": 1.0, "dropout": 0.0}, "dropout"),
    ],
)
def test_settings_that_cannot_work_fail_at_once(
    config: FinetuneConfig, changes: dict[str, float], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        dataclasses.replace(config, **changes)  # type: ignore[arg-type]
