"""Fine-tuning end to end with a tiny random BERT, and what must fail at once."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import pipeline

from train._finetuning.batching import TokenBudgetSampler
from train._finetuning.losses import make_loss
from train._finetuning.settings import LOSSES, FinetuneConfig
from train.finetune import finetune
from zhenggai.config import load_config
from zhenggai.errors import ConfigError
from zhenggai.taxonomy import load_taxonomy

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first rows of every table."""
    folder = tmp_path_factory.mktemp("data")
    for source in [
        *(ROOT / "data" / "tables").glob("*/*.jsonl"),
        ROOT / "data/synthetic/problems/given.jsonl",
    ]:
        target = folder / source.relative_to(ROOT / "data")
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
        target.write_text("".join(lines[: 400 if "clauses" in str(source) else 30]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def config(tiny_encoder: Path, small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> FinetuneConfig:
    output = tmp_path_factory.mktemp("run")
    return FinetuneConfig(
        "category", str(tiny_encoder), output, small_data, epochs=1, evaluations=2, bf16=False, threads=1
    )


@pytest.mark.slow
def test_a_run_gives_a_checkpoint_that_plain_transformers_loads(config: FinetuneConfig) -> None:
    figures = finetune(config)
    classify = pipeline("text-classification", model=str(config.output))
    found = classify("公务接待超标准")[0]
    assert found["label"] in load_taxonomy().category_names
    run = json.loads((config.output / "run.json").read_text(encoding="utf-8"))
    assert run["settings"]["seed"] == 0
    assert run["data"]["train"] > 60
    assert run["figures"]["test"] == figures["test"]
    assert not (config.output / "checkpoints").exists()


@pytest.mark.slow
def test_same_seed_same_figures(config: FinetuneConfig, tmp_path: Path) -> None:
    runs = [finetune(dataclasses.replace(config, output=tmp_path / name)) for name in ("a", "b")]
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"metric": "f1"}, "metric 应为"),
        ({"loss": "hinge"}, "loss 应为"),
        ({"task": "topic"}, "task 应为"),
        ({"held_out": (7,)}, "held_out 应为"),
        ({"patience": 0}, "patience"),
    ],
)
def test_what_would_fail_late_fails_at_once(
    config: FinetuneConfig, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        dataclasses.replace(config, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", sorted((ROOT / "configs" / "finetune").glob("*.yaml")), ids=lambda p: p.stem)
def test_every_config_in_the_repository_is_valid(path: Path) -> None:
    assert load_config(path, FinetuneConfig).task in ("category", "status")


@pytest.mark.parametrize("loss", LOSSES)
def test_losses_fall_when_the_right_label_gains(config: FinetuneConfig, loss: str) -> None:
    function = make_loss(dataclasses.replace(config, loss=loss), torch.tensor([0.8, 0.2]))
    targets, weights = torch.tensor([[0.0, 1.0]]), torch.ones(1)
    wrong = function(torch.tensor([[2.0, 0.0]]), targets, weights)
    right = function(torch.tensor([[0.0, 2.0]]), targets, weights)
    assert right < wrong


def test_balanced_loss_weighs_the_rare_class_more(config: FinetuneConfig) -> None:
    logits, weights = torch.zeros(2, 2), torch.ones(2)
    logits[0, 0] = -3.0  # the rare class is mistaken
    targets = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    share = torch.tensor([0.1, 0.9])
    plain = make_loss(dataclasses.replace(config, loss="plain"), share)(logits, targets, weights)
    balanced = make_loss(dataclasses.replace(config, loss="balanced"), share)(logits, targets, weights)
    assert balanced > plain


def test_batches_hold_every_row_within_the_budget() -> None:
    lengths = np.random.default_rng(0).integers(4, 60, 300).tolist()
    sampler = TokenBudgetSampler(lengths, 256, seed=1)
    first, second = list(sampler), list(sampler)
    assert first != second
    assert sorted(i for batch in TokenBudgetSampler(lengths, 256, seed=1) for i in batch) == list(range(300))
    for batch in first:
        assert max(lengths[i] for i in batch) * len(batch) <= 256
    padded = sum(max(lengths[i] for i in batch) * len(batch) for batch in first)
    assert padded < 1.25 * sum(lengths)
