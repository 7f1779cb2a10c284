"""Predictions of a model on disk: what the evaluation reads, whatever model made them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from train._finetuning.figures import Labelled
from zhenggai.errors import ZhenggaiError


@dataclass(frozen=True)
class Predictions:
    """Probabilities of one task for labelled items."""

    labels: tuple[str, ...]
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    rows: Labelled
    temperatures: tuple[float, ...] = ()
    """By what the scores of each item were divided; empty: by 1."""

    @property
    def unscaled(self) -> Labelled:
        """The same with the probabilities before temperature scaling."""
        by = np.array(self.temperatures or [1.0] * len(self.ids))[:, None]
        powers = np.maximum(self.rows.probabilities, 1e-12) ** by
        return replace(self.rows, probabilities=powers / powers.sum(axis=1, keepdims=True))

    def save(self, path: Path) -> None:
        """Write JSON lines: a head with the labels, then one line an item."""
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({"labels": self.labels}, ensure_ascii=False)]
        for i, item in enumerate(self.ids):
            row = {
                "id": item,
                "notice": self.rows.notices[i],
                "gold": self.rows.gold[i],
                "text": self.texts[i],
                "probabilities": [round(float(p), 6) for p in self.rows.probabilities[i]],
            }
            if self.temperatures:
                row["temperature"] = round(self.temperatures[i], 4)
            lines.append(json.dumps(row, ensure_ascii=False))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_predictions(path: Path) -> Predictions:
    """The predictions in `path`.

    Raises:
        ZhenggaiError: the file is missing or of another kind.
    """
    try:
        head, *rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        labels = tuple(head["labels"])
        labelled = Labelled(
            labels,
            tuple(row["gold"] for row in rows),
            np.array([row["probabilities"] for row in rows]),
            tuple(row["notice"] for row in rows),
        )
        ids, texts = tuple(row["id"] for row in rows), tuple(row["text"] for row in rows)
        temperatures = tuple(float(row.get("temperature", 1.0)) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ZhenggaiError(
            f"{path} 应为预测文件（首行为标签，其后每行一项），读取时出错：{error}。"
            "请用 train/baseline.py 或 train/predict.py 生成。"
        ) from error
    return Predictions(labels, ids, texts, labelled, temperatures)


def aligned(first: Predictions, second: Predictions) -> Sequence[int]:
    """For each item of `first` its row in `second`.

    Raises:
        ZhenggaiError: an item is missing.
    """
    where = {item: row for row, item in enumerate(second.ids)}
    missing = [item for item in first.ids if item not in where]
    if missing:
        raise ZhenggaiError(
            f"两份预测应含相同的条目，第二份缺少 {len(missing)} 条，如 {missing[0]}。请用同一数据重新生成。"
        )
    return [where[item] for item in first.ids]
