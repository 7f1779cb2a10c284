"""Whole runs at small scale: resume after kill -9, two processes, export, continued pretraining."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
from processes import environment, started, torchrun
from safetensors.torch import load_file
from transformers import AutoModel, AutoModelForMaskedLM, AutoTokenizer

from train import prepare_corpus, pretrain
from train._pretraining import checkpoint
from train._pretraining.config import ConfigError
from train._pretraining.history import RunRecord, all_looks
from train._pretraining.settings import ScheduleSettings
from train._pretraining.trainer import Trainer

ROOT = Path(__file__).resolve().parents[2]
CONFIG = """
model: {hidden_size: 32, intermediate_size: 48, layers: 2, heads: 2, max_length: 64, local_attention: 32}
schedule: {total_tokens: 6144, warmup_tokens: 512, decay_share: 0.3, short_length: 16, long_length: 64,
           long_share: 0.2, tokens_per_step: 256, micro_tokens: 128}
run: {compile: false, log_every_steps: 4, held_out_every_tokens: 2048, held_out_rows: 16,
      checkpoint_every_seconds: 0.0, probe_every_tokens: 4096, export_every_tokens: 100000}
"""
STEPS = 24


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with shards of 400 short documents and a configuration of 24 steps."""
    folder = tmp_path_factory.mktemp("work")
    documents = [
        f"第{i}条 单位应当按照规定整改第{i * 7}项问题。\n落实责任{i}，完善制度{i * 3}。\n" for i in range(400)
    ]
    (folder / "laws.txt").write_text("\n".join(documents), encoding="utf-8")
    (folder / "corpus.yaml").write_text(
        "vocab_size: 64\nwords: none\nheld_out_per_mille: 100\n", encoding="utf-8"
    )
    (folder / "run.yaml").write_text(CONFIG, encoding="utf-8")
    arguments = ["--config", str(folder / "corpus.yaml"), "--input", str(folder / "laws.txt")]
    assert prepare_corpus.main([*arguments, "--output", str(folder / "shards"), "--workers", "1"]) == 0
    return folder


def options(work: Path, output: Path) -> list[str]:
    return ["--config", str(work / "run.yaml"), "--shards", str(work / "shards"), "--output", str(output)]


def final_weights(output: Path) -> dict[str, torch.Tensor]:
    return load_file(output / f"step-{STEPS:08d}" / "weights.safetensors")


def records(output: Path, kind: str) -> dict[int, dict[str, float]]:
    """Log records of one kind by step; a later one replaces an earlier one."""
    lines = (output / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return {r["step"]: r for r in map(json.loads, lines) if r["kind"] == kind}


@pytest.fixture(scope="module")
def finished(work: Path) -> Path:
    """One uninterrupted run."""
    torch.set_num_threads(1)
    assert pretrain.main(options(work, work / "finished")) == 0
    return work / "finished"


def test_loss_falls_and_rows_grow_long(finished: Path) -> None:
    train = records(finished, "train")
    assert train[STEPS]["loss"] < train[4]["loss"] - 0.2
    assert (train[4]["length"], train[STEPS]["length"]) == (16, 64)
    assert set(records(finished, "held_out")) == {8, 16, STEPS}
    assert all(r["tokens_per_second"] > 0 and r["mfu"] > 0 for r in train.values())


def test_kill_9_and_resume_gives_the_same_weights(work: Path, finished: Path) -> None:
    """A process killed in the middle, continued here: equal to the last digit."""
    output = work / "killed"
    command = [sys.executable, str(ROOT / "train" / "pretrain.py"), *options(work, output)]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while checkpoint.newest(output) is None and time.monotonic() < until and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    newest = checkpoint.newest(output)
    assert newest is not None
    assert checkpoint.load(newest).progress.step < STEPS, "the run ended before it was killed"
    assert pretrain.main(options(work, output)) == 0
    for name, weight in final_weights(finished).items():
        assert torch.equal(weight, final_weights(output)[name]), name


def test_stopping_and_resuming_gives_the_same_losses(work: Path, finished: Path) -> None:
    output = work / "stopped"
    pretrain.main([*options(work, output), "--stop-at", "2048"])
    assert checkpoint.newest(output) == output / "step-00000008"
    pretrain.main(options(work, output))
    expected, found = records(finished, "train"), records(output, "train")
    assert [r["loss"] for r in found.values()] == [r["loss"] for r in expected.values()]


def losses(output: Path) -> list[float]:
    """Training losses in the order of steps."""
    return [r["loss"] for _, r in sorted(records(output, "train").items())]


def test_two_processes_follow_one_and_one_goes_on_from_two(work: Path, finished: Path) -> None:
    """The same global batches; only the order of sums differs, which fp32 shows in the seventh digit."""
    output = work / "two-one"
    torchrun(2, "pretrain.py", [*options(work, output), "--stop-at", "4096"])
    assert checkpoint.newest(output) == output / "step-00000016"
    assert pretrain.main(options(work, output)) == 0
    assert losses(output) == pytest.approx(losses(finished), abs=1e-4)


def test_passages_beside_masked_lm_resume_and_share_among_processes(work: Path) -> None:
    further = [
        "--set",
        "passages={weight: 1.0, pairs: 8, length: 24, shortest: 4, gap: 2}",
        "--stop-at",
        "2048",
    ]
    assert pretrain.main([*options(work, work / "pairs"), *further]) == 0
    stopped = [*options(work, work / "pairs-stopped"), *further]
    pretrain.main([*stopped[:-1], "1024"])
    pretrain.main(stopped)
    torchrun(2, "pretrain.py", [*options(work, work / "pairs-two"), *further])
    whole = checkpoint.load(work / "pairs" / "step-00000008")
    assert whole.progress.passage_tokens == 8 * 2 * 8 * 24
    again = checkpoint.load(work / "pairs-stopped" / "step-00000008")
    for name, weight in whole.weights.items():
        assert torch.equal(again.weights[name], weight), name
    assert losses(work / "pairs-two") == pytest.approx(losses(work / "pairs"), abs=1e-4)
    assert all(0 < r["passage_loss"] < 10 for r in records(work / "pairs", "train").values())


@pytest.mark.slow
def test_two_processes_go_on_from_one(work: Path, finished: Path) -> None:
    output = work / "one-two"
    pretrain.main([*options(work, output), "--stop-at", "2048"])
    torchrun(2, "pretrain.py", options(work, output))
    assert losses(output) == pytest.approx(losses(finished), abs=1e-4)
    found = final_weights(output)
    for name, weight in final_weights(finished).items():
        assert (found[name] - weight).norm() <= 0.02 * weight.norm(), name


@pytest.mark.slow
def test_kill_9_of_two_processes_and_resume_with_one(work: Path, finished: Path) -> None:
    """All processes die at once, in the middle of a step; one goes on from the last checkpoint."""
    output = work / "two-killed"
    with started(2, "pretrain.py", options(work, output)) as run:
        run.kill_when(lambda: checkpoint.newest(output) is not None)
    newest = checkpoint.newest(output)
    assert newest is not None
    assert checkpoint.load(newest).progress.step < STEPS, "the run ended before it was killed"
    assert pretrain.main(options(work, output)) == 0
    assert records(output, "train")[STEPS]["loss"] == pytest.approx(losses(finished)[-1], abs=1e-4)


def test_a_step_that_processes_cannot_share_is_said() -> None:
    schedule = ScheduleSettings(tokens_per_step=4096, micro_tokens=4096)
    assert schedule.micro(2) == 2048
    assert schedule.micro(4) == 1024
    with pytest.raises(ConfigError, match="3 个进程"):
        schedule.micro(3)
    with pytest.raises(ConfigError, match="8 个进程"):
        schedule.micro(8)  # half a long row each


def test_exported_folder_loads_with_plain_transformers(work: Path, finished: Path) -> None:
    folder = finished / "encoder-latest"
    weights = final_weights(finished)
    model = AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float32)
    for name, parameter in model.named_parameters():
        torch.testing.assert_close(parameter, weights[name].half().float(), rtol=0, atol=0)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoded = tokenizer("第2条 整改问题", return_tensors="pt")
    hidden = AutoModel.from_pretrained(folder, dtype=torch.float32)(**encoded).last_hidden_state
    assert hidden.shape == (1, encoded["input_ids"].shape[1], 32)


def test_card_says_what_the_run_did(finished: Path) -> None:
    card = (finished / "encoder-latest" / "README.md").read_text(encoding="utf-8")
    assert "| 已见字数 | 6,144（24 步，平均每步 256），其中 64 字的长行 1,024 |" in card
    loss = records(finished, "held_out")[STEPS]["loss"]
    assert f"| 留出损失（16 字） | {loss:.3f}" in card
    assert "| laws | " in card
    assert "落实全面从严治党主体责任不到[MASK]。 → " in card


def test_decay_now_ends_the_run(work: Path, finished: Path) -> None:
    output = work / "decayed"
    pretrain.main([*options(work, output), "--stop-at", "2048"])
    pretrain.main([*options(work, output), "--decay-now", "1024"])
    newest = checkpoint.newest(output)
    assert newest is not None
    saved = checkpoint.load(newest)
    assert (saved.progress.tokens, saved.plan.decay_start, saved.plan.end) == (3072, 2048, 3072)
    assert records(output, "train")[12]["rate"] == 0.0


def test_continued_pretraining_starts_from_a_folder(work: Path, finished: Path) -> None:
    output = work / "continued"
    start = finished / "encoder-latest"
    pretrain.main([*options(work, output), "--set", f"model.start={start}", "--stop-at", "1024"])
    first = records(output, "train")[4]["loss"]
    assert first < records(finished, "train")[4]["loss"] - 0.1


def test_missing_shards_are_said(work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "--config",
        str(work / "run.yaml"),
        "--shards",
        str(tmp_path),
        "--output",
        str(tmp_path / "o"),
    ]
    assert pretrain.main(arguments) == 2
    assert "请先运行 train/prepare_corpus.py" in capsys.readouterr().err


def test_probe_is_measured_before_and_after_and_the_card_compares(work: Path, tmp_path: Path) -> None:
    """Ten notices of two categories that one word tells apart."""
    words = ["财务报销", "党建学习"]
    units = [
        {
            "path": ["一、问题"],
            "problem": f"{words[i % 2]}问题第{i}项",
            "category": words[i % 2],
            "notice": f"n{i // 4}",
        }
        for i in range(40)
    ]
    text = "\n".join(json.dumps(u, ensure_ascii=False) for u in units)
    (tmp_path / "units.jsonl").write_text(text, encoding="utf-8")
    pretrain.main([*options(work, tmp_path / "run"), "--probe", str(tmp_path)])
    probes = records(tmp_path / "run", "probe")
    assert set(probes) == {0, 16, STEPS}
    assert all(0.5 <= r["accuracy"] <= 1 for r in probes.values())
    card = (tmp_path / "run" / "encoder-latest" / "README.md").read_text(encoding="utf-8")
    assert f"同一结构随机初始化：{probes[0]['accuracy']:.3f}" in card
    assert "个百分点" in card


def test_sigterm_saves_and_leaves(work: Path, finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signal comes in step 3; the run saves at the next common check, and ends well."""
    output = work / "terminated"
    step = Trainer.step

    def step_and_signal(trainer: Trainer) -> tuple[torch.Tensor, float]:
        if trainer.progress.step == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return step(trainer)

    monkeypatch.setattr(Trainer, "step", step_and_signal)
    assert pretrain.main(options(work, output)) == 0
    assert checkpoint.newest(output) == output / f"step-{pretrain.CONTROL_STEPS:08d}"


def test_an_encoder_that_was_continued_tells_its_whole_history(work: Path, finished: Path) -> None:
    """Tokens, curve and records of both runs, in order, without the folder the second started from."""
    start, output = finished / "encoder-latest", work / "continued-history"
    shown = str(start)
    assert pretrain.main([*options(work, output), "--set", f"model.start={shown}"]) == 0
    runs = json.loads((output / "encoder-latest" / "pretraining.json").read_text(encoding="utf-8"))["runs"]
    first = json.loads((start / "pretraining.json").read_text(encoding="utf-8"))["runs"]
    assert runs[:-1] == first
    assert [run["tokens"] for run in runs] == [6144, 6144]
    assert runs[1]["settings"]["model"]["start"] == "encoder-latest"
    assert len(runs[1]["corpus_fingerprint"]) == 64
    losses_seen = [
        r["tokens"] for r in all_looks([RunRecord(**run) for run in runs]) if r["kind"] == "held_out"
    ]
    assert losses_seen == sorted(losses_seen)
    assert losses_seen[-1] == 12_288
    card = (output / "encoder-latest" / "README.md").read_text(encoding="utf-8")
    assert "| 已见字数 | 12,288（48 步，" in card
    assert "自零开始预训练的字级 ModernBERT，2 次运行相接" in card
    assert str(work) not in card
