"""Ablation, search and distillation: what they plan, keep and write, with runs that cost nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import train.ablate
import train.tune
from train._finetuning.ablation import Result, markdown, read_results
from train._finetuning.settings import FinetuneConfig
from train.ablate import AblationConfig, Run, planned, settings
from train.distill import DistillConfig, distill
from train.tune import Span, TuneConfig
from zhenggai.config import load_config
from zhenggai.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
BASE: dict[str, object] = {"task": "category", "base_model": "none", "epochs": 1}


@pytest.mark.parametrize("path", sorted((ROOT / "configs" / "ablation").glob("*.yaml")), ids=lambda p: p.stem)
def test_every_row_of_an_ablation_is_a_fine_tuning(path: Path, tmp_path: Path) -> None:
    config = load_config(path, AblationConfig)
    for row in config.rows:
        run = settings(config, Run(row, 2, 1), tmp_path)
        assert (run.held_out, run.seed, run.evaluations) == ((2,), 1, 1)


def test_configs_of_search_and_distillation_are_valid() -> None:
    assert load_config(ROOT / "configs" / "tune" / "category.yaml", TuneConfig).search
    distillation = load_config(ROOT / "configs" / "distill" / "category.yaml", DistillConfig)
    assert distillation.student.task == "category"


def test_rows_are_planned_side_by_side() -> None:
    runs = list(planned(AblationConfig(BASE, {"a": {}, "b": {}}, folds=(0, 1), seeds=(0, 1))))
    assert [r.row for r in runs[:2]] == ["a", "b"]
    assert len(set(runs)) == 8
    assert {r.seed for r in runs[:4]} == {0}


def test_a_row_that_sets_the_held_out_fold_is_refused(tmp_path: Path) -> None:
    config = AblationConfig(BASE, {"a": {"held_out": [1]}})
    with pytest.raises(ConfigError, match="held_out"):
        settings(config, Run("a", 0, 0), tmp_path)


def test_an_ablation_goes_on_after_a_cut_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[int, int]] = []

    def pretend(config: FinetuneConfig) -> dict[str, dict[str, float]]:
        made.append((config.held_out[0], config.seed))
        return {"test": {"accuracy": 0.5 + 0.1 * bool(config.rdrop), "macro_f1": 0.4}}

    monkeypatch.setattr(train.ablate, "finetune", pretend)
    (tmp_path / "a.yaml").write_text(
        "base: {task: category, base_model: none}\nrows: {plain: {}, r-drop: {rdrop: 1.0}}\nseeds: [0]\n",
        encoding="utf-8",
    )
    arguments = ["ablate", str(tmp_path / "a.yaml"), "--output", str(tmp_path / "out")]
    monkeypatch.setattr("sys.argv", arguments)
    train.ablate.main()
    assert len(made) == 10
    results = tmp_path / "out" / "results.jsonl"
    lines = results.read_text(encoding="utf-8").splitlines()
    results.write_text("\n".join([*lines[:8], lines[8][:20]]) + "\n", encoding="utf-8")
    train.ablate.main()
    assert len(made) == 12
    table = (tmp_path / "out" / "table.md").read_text(encoding="utf-8")
    assert "| r-drop | 5 | 0.600 ± 0.000 | 0.400 ± 0.000 | +0.100 ± 0.000 |" in table


def test_the_gain_is_paired() -> None:
    results = [
        Result(row, fold, 0, {"accuracy": value, "macro_f1": value})
        for row, fold, value in (("a", 0, 0.2), ("a", 1, 0.8), ("b", 1, 0.9))
    ]
    assert "+0.100" in markdown(results, ["a", "b"])
    assert read_results(Path("none")) == []


def test_the_search_never_validates_on_the_test_fold() -> None:
    with pytest.raises(ConfigError, match="测试折"):
        TuneConfig(BASE, {"dropout": Span(0.0, 0.2)}, folds=(3, 4))
    with pytest.raises(ConfigError, match="low"):
        TuneConfig(BASE, {"dropout": Span(0.0)})


def test_a_search_finds_the_better_choice_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_out = set()

    def pretend(config: FinetuneConfig) -> dict[str, dict[str, float]]:
        held_out.add(config.held_out)
        return {"validation": {"log_loss": 1.0 if config.loss == "plain" else 2.0}}

    monkeypatch.setattr(train.tune, "finetune", pretend)
    config = TuneConfig(BASE, {"loss": Span(choices=("plain", "focal")), "dropout": Span(0.0, 0.3)})
    train.tune.search(config, tmp_path, 4)
    study = train.tune.search(config, tmp_path, 4)
    assert len(study.trials) == 8
    assert study.best_params["loss"] == "plain"
    assert held_out == {(0, 4), (1, 4), (2, 4), (3, 4)}
    assert "loss: plain" in (tmp_path / "best.yaml").read_text(encoding="utf-8")


def test_distillation_of_the_status_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="category"):
        distill(DistillConfig(FinetuneConfig("status", "none", tmp_path)))


def test_the_teacher_labels_what_the_student_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[FinetuneConfig] = []

    def pretend(config: FinetuneConfig) -> dict[str, dict[str, float]]:
        seen.append(config)
        return {}

    monkeypatch.setattr("train.distill.finetune", pretend)
    texts = tmp_path / "texts.txt"
    texts.write_text("超标准公务接待，违规发放津贴补贴\n短\n", encoding="utf-8")
    student = FinetuneConfig("category", "none", tmp_path / "out", written_share=0.0)
    distill(DistillConfig(student, texts=texts))
    rows = [json.loads(line) for line in seen[0].transfer.read_text(encoding="utf-8").splitlines()]  # type: ignore[union-attr]
    assert rows[-1]["pair"] == ["超标准公务接待，违规发放津贴补贴", ""]
    assert all(abs(sum(row["target"]) - 1) < 0.01 for row in rows)
