"""Further tasks in one body: what a step trains depends on the step alone, and nothing of them is saved."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from train._finetuning.multitask import SideTasks, add_side_tasks
from train._finetuning.settings import FinetuneConfig
from train.finetune import build_model, finetune
from zhenggai.errors import ConfigError
from zhenggai.taxonomy import load_taxonomy

ALL = ("status", "roles", "masked_lm")


@pytest.fixture(scope="module")
def config(tiny_encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> FinetuneConfig:
    return FinetuneConfig(
        "category",
        str(tiny_encoder),
        tmp_path_factory.mktemp("run"),
        epochs=0.2,
        evaluations=1,
        bf16=False,
        threads=1,
        written_share=0.0,
        beside=ALL,
    )


@pytest.fixture(scope="module")
def tokenizer(tiny_encoder: Path) -> PreTrainedTokenizerBase:
    return AutoTokenizer.from_pretrained(tiny_encoder)


def built(config: FinetuneConfig, tokenizer: PreTrainedTokenizerBase) -> tuple[PreTrainedModel, SideTasks]:
    torch.manual_seed(0)
    model = build_model(config, load_taxonomy().category_names)
    beside = add_side_tasks(model, config, tokenizer)
    assert beside is not None
    return model.eval(), beside


def test_each_task_has_its_turn_and_trains_the_body(
    config: FinetuneConfig, tokenizer: PreTrainedTokenizerBase
) -> None:
    model, beside = built(config, tokenizer)
    for step, name in enumerate(ALL):
        model.zero_grad()
        beside.loss(model, step).backward()
        moved = {
            n.split(".")[2]
            for n, p in model.named_parameters()
            if n.startswith("beside.") and p.grad is not None
        }
        assert moved == {name}
        assert any(p.grad is not None and p.grad.abs().sum() > 0 for p in model.base_model.parameters())


def test_the_batch_of_a_step_depends_on_the_step_alone(
    config: FinetuneConfig, tokenizer: PreTrainedTokenizerBase
) -> None:
    steps = [0, 1, 2, 700, 3, 701, 0]
    with torch.no_grad():
        model, beside = built(config, tokenizer)
        forwards = [beside.loss(model, step).item() for step in steps]
        model, beside = built(config, tokenizer)
        backwards = [beside.loss(model, step).item() for step in reversed(steps)]
    assert forwards == backwards[::-1]
    assert len(set(forwards)) == len(set(steps))


def test_no_task_beside_adds_nothing(config: FinetuneConfig, tokenizer: PreTrainedTokenizerBase) -> None:
    alone = dataclasses.replace(config, beside=())
    model = build_model(alone, load_taxonomy().category_names)
    names = set(model.state_dict())
    assert add_side_tasks(model, alone, tokenizer) is None
    assert set(model.state_dict()) == names


@pytest.mark.parametrize("beside", [("category",), ("stats",)])
def test_a_task_beside_must_be_another_known_one(beside: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError, match="beside"):
        FinetuneConfig("category", "none", Path("none"), beside=beside)


@pytest.mark.slow
def test_a_run_saves_the_main_task_alone(config: FinetuneConfig) -> None:
    finetune(config)
    assert not [name for name in load_file(config.output / "model.safetensors") if name.startswith("beside")]
    run = json.loads((config.output / "run.json").read_text(encoding="utf-8"))
    assert run["settings"]["beside"] == list(ALL)
