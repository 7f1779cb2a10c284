"""Fine-tuning end to end with a tiny random BERT, and what must fail at once."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from processes import accelerate, started, torchrun
from safetensors.torch import load_file
from transformers import pipeline

from train._finetuning.batching import Draw, Hiding, ProcessShare, TokenBudgetSampler
from train._finetuning.losses import make_loss
from train._finetuning.settings import LOSSES, FinetuneConfig
from train._finetuning.trainer import FinetuneTrainer
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


def losses(output: Path) -> list[float]:
    """Training losses in the order of steps."""
    records = map(json.loads, (output / "log.jsonl").read_text(encoding="utf-8").splitlines())
    return [r["loss"] for r in records if "loss" in r]


@pytest.fixture(scope="module")
def steady(config: FinetuneConfig, tmp_path_factory: pytest.TempPathFactory) -> FinetuneConfig:
    """A run whose only chance is its seed: without dropout (which each process draws for itself)."""
    folder = tmp_path_factory.mktemp("steady")
    shutil.copytree(config.base_model, folder / "base")
    path = folder / "base" / "config.json"
    body = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**body, "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}))
    return dataclasses.replace(
        config,
        base_model=str(folder / "base"),
        output=folder / "one",
        epochs=2,
        evaluations=4,
        patience=9,
        dropout=0.0,
        learning_rate=0.01,
        batch_tokens=512,
        mask_share=0.1,
    )


@pytest.fixture(scope="module")
def alone(steady: FinetuneConfig) -> list[float]:
    """The losses of one process."""
    finetune(steady)
    return losses(steady.output)


def written(config: FinetuneConfig, output: Path) -> list[str]:
    """Command line of a run: the configuration as a file, and where it goes."""
    values = {k: v for k, v in dataclasses.asdict(config).items() if k != "held_out"}
    path = output.parent / f"{output.name}.yaml"
    path.write_text(json.dumps({k: str(v) if isinstance(v, Path) else v for k, v in values.items()}))
    return [str(path), "--output", str(output)]


class Broken(Exception):  # noqa: N818
    """Ends a run in the middle."""


def stopped(config: FinetuneConfig, output: Path, monkeypatch: pytest.MonkeyPatch, checkpoint: int) -> None:
    """Run one process as far as this checkpoint; the second is at the end of the first epoch."""
    saved = FinetuneTrainer._save_checkpoint

    def save_and_break(trainer: FinetuneTrainer, *arguments: object) -> None:
        saved(trainer, *arguments)
        if len(trainer.state.log_history) >= 3 * checkpoint:
            raise Broken

    with monkeypatch.context() as patch:
        patch.setattr(FinetuneTrainer, "_save_checkpoint", save_and_break)
        with pytest.raises(Broken):
            finetune(dataclasses.replace(config, output=output))
    assert not (output / "log.jsonl").exists()


@pytest.mark.slow
@pytest.mark.parametrize("checkpoint", [1, 2, 3])
def test_a_run_goes_on_to_the_same_losses(
    steady: FinetuneConfig,
    alone: list[float],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    checkpoint: int,
) -> None:
    stopped(steady, tmp_path / "o", monkeypatch, checkpoint)
    finetune(dataclasses.replace(steady, output=tmp_path / "o"), resume=True)
    assert losses(tmp_path / "o") == alone


@pytest.mark.slow
def test_two_processes_follow_one_and_go_on_from_one(
    steady: FinetuneConfig, alone: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torchrun(2, "finetune.py", written(steady, tmp_path / "two"))
    assert losses(tmp_path / "two") == pytest.approx(alone, abs=1e-4)
    stopped(steady, tmp_path / "later", monkeypatch, checkpoint=3)
    torchrun(2, "finetune.py", [*written(steady, tmp_path / "later"), "--resume"])
    assert losses(tmp_path / "later") == pytest.approx(alone, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["ddp.yaml", "fsdp.yaml"])
def test_accelerate_follows_one_process(
    steady: FinetuneConfig, alone: list[float], tmp_path: Path, how: str
) -> None:
    """FSDP 2 works with gloo too: each process holds a part of weights and optimiser state."""
    accelerate(how, 2, "finetune.py", written(steady, tmp_path / "two"))
    assert losses(tmp_path / "two") == pytest.approx(alone, abs=1e-4)
    first, second = (load_file(folder / "model.safetensors") for folder in (steady.output, tmp_path / "two"))
    assert first.keys() == second.keys()
    assert {w.dtype for w in second.values()} == {torch.float16}


@pytest.mark.slow
def test_one_process_goes_on_from_two_that_were_killed(
    steady: FinetuneConfig, alone: list[float], tmp_path: Path
) -> None:
    output = tmp_path / "two"
    state = "checkpoints/checkpoint-*/trainer_state.json"
    with started(2, "finetune.py", written(steady, output)) as run:
        run.kill_when(lambda: len(list(output.glob(state))) > 0)
    assert not (output / "log.jsonl").exists(), "the run ended before it was killed"
    finetune(dataclasses.replace(steady, output=output), resume=True)
    assert losses(output) == pytest.approx(alone, abs=1e-4)


def test_processes_share_each_batch() -> None:
    lengths = np.random.default_rng(0).integers(4, 60, 50).tolist()
    whole = [sorted(batch) for batch in TokenBudgetSampler(lengths, 128, seed=1)]
    parts = [list(ProcessShare(TokenBudgetSampler(lengths, 128, seed=1), rank, 3)) for rank in range(3)]
    joined = [
        sorted(d.index for part in batch for d in part if d.counts) for batch in zip(*parts, strict=True)
    ]
    assert joined == whole
    assert all(part for rank in parts for part in rank), "no process is without a row"
    assert any(not d.counts for rank in parts for part in rank for d in part)


def test_what_is_hidden_depends_on_row_and_epoch_alone() -> None:
    hiding = Hiding(0.5, 4, [0, 2, 3], seed=0)
    ids = [2, *range(10, 60), 3]
    first = hiding(ids, Draw(7, 0))
    assert first == hiding(ids, Draw(7, 0))
    assert first != hiding(ids, Draw(7, 1))
    assert first != hiding(ids, Draw(8, 0))
    assert (first[0], first[-1]) == (2, 3)
    assert 10 < first.count(4) < 40


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
