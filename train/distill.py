"""Distil the linear model and fine-tuned encoders into one encoder of category.

    python train/distill.py configs/distill/category.yaml
    python train/distill.py configs/distill/category.yaml --texts statements.txt --teacher runs/a runs/b

The teacher, fitted without the held-out folds, labels texts that nobody labelled: parts of the training
statements, and the lines of `--texts`. The student learns from its probabilities beside the labelled
examples. The output folder is that of `train/finetune.py`, with `transfer.jsonl` in it.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

if not __package__:  # run as a file: evaluate.py here would hide the library of that name
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from train._finetuning.examples import load_problems
from train._finetuning.fragments import fragments, read_texts
from train._finetuning.rows import load_task
from train._finetuning.settings import FinetuneConfig
from train._finetuning.teacher import Teacher
from train._linear.category import fit_category
from train.finetune import finetune
from zhenggai.config import load_config
from zhenggai.errors import ConfigError


@dataclass(frozen=True)
class DistillConfig:
    """Who teaches whom on what."""

    student: FinetuneConfig
    """Its `transfer` is set here; `held_out` says which notices no teacher may have seen."""
    linear_weight: float = 0.7
    """The linear model's share in the teacher; encoders share the rest."""
    encoders: tuple[str, ...] = ()
    """Checkpoints fine-tuned with the same `held_out`."""
    texts: Path | None = None
    """One statement a line, unlabelled."""
    temperature: float = 1.0
    """Above 1 the teacher's probabilities are softer."""


def main() -> None:
    """Read the options and distil."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--texts", type=Path, help="instead of the config's")
    parser.add_argument("--teacher", type=Path, nargs="+", help="encoder checkpoints instead of the config's")
    given = parser.parse_args()
    config = load_config(given.config, DistillConfig)
    if given.texts:
        config = dataclasses.replace(config, texts=given.texts)
    if given.teacher:
        config = dataclasses.replace(config, encoders=tuple(map(str, given.teacher)))
    distill(config)


def distill(config: DistillConfig) -> dict[str, dict[str, float]]:
    """Let the teacher label, train the student; its figures.

    Raises:
        ConfigError: another task than category: the status is not read from one text.
    """
    student = config.student
    if student.task != "category":
        raise ConfigError(f"蒸馏只用于 category，实际为“{student.task}”。请改正 student.task。")
    data = load_task(dataclasses.replace(student, transfer=None))
    rows = load_problems(student.data, student.corrections)
    known = [row for row in rows if row.fold not in student.held_out]
    linear = fit_category(known, data.labels)
    teacher = Teacher(linear, config.linear_weight, tuple(map(Path, config.encoders)))
    texts = list(dict.fromkeys(fragments(data.train.pairs)))
    if config.texts is not None:
        texts += read_texts(config.texts)
    transfer = student.output / "transfer.jsonl"
    write_transfer(transfer, texts, teacher, config.temperature)
    print(f"教师标注了 {len(texts)} 段文字。", flush=True)
    return finetune(dataclasses.replace(student, transfer=transfer))


def write_transfer(
    path: Path, texts: Sequence[tuple[str, str]], teacher: Teacher, temperature: float
) -> None:
    """JSON lines: the pair of texts and the teacher's probabilities."""
    path.parent.mkdir(parents=True, exist_ok=True)
    targets = teacher.probabilities(texts, temperature)
    with path.open("w", encoding="utf-8") as lines:
        for pair, target in zip(texts, targets, strict=True):
            row = {"pair": pair, "target": [round(float(p), 4) for p in target]}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
