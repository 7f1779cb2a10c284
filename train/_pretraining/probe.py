"""Probe: category accuracy of a linear model on frozen mean-pooled features, 5-fold by notice.

A monitor of pretraining, not an evaluation: the same folds are seen again and again.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from train._pretraining.config import ConfigError

FOLDS = 5
LENGTH = 128  # tokens kept of "path [SEP] problem"
ROWS = 32  # texts a forward pass


@dataclass(frozen=True)
class ProbeData:
    """Token ids of the labelled units (n, at most LENGTH), their categories and notices."""

    ids: np.ndarray
    categories: np.ndarray
    notices: np.ndarray
    pad: int  # id of padding


def read_probe(folder: Path, tokenizer: PreTrainedTokenizerBase, places: int | None = None) -> ProbeData:
    """Read ``*.jsonl`` units with ``path``, ``problem``, ``category`` and ``notice``.

    ``places``: tokens that the model has positions for, where it has a limit.
    """
    units = [json.loads(line) for f in sorted(folder.glob("*.jsonl")) for line in f.open(encoding="utf-8")]
    if not units:
        raise ConfigError(f"--probe 需要标注文件夹（*.jsonl），{folder} 中没有。")
    encoded = tokenizer(
        ["".join(unit["path"][-1:]) for unit in units],
        [unit["problem"] for unit in units],
        truncation="longest_first",
        max_length=min(LENGTH, places or LENGTH),
        padding="max_length",
        return_tensors="np",
    )
    return ProbeData(
        encoded["input_ids"],
        np.array([u["category"] for u in units]),
        np.array([u["notice"] for u in units]),
        tokenizer.pad_token_id,
    )


def probe(data: ProbeData, features: Callable[[Tensor, Tensor], Tensor], device: torch.device) -> float:
    """Accuracy over all units, each predicted by the fold that did not see its notice."""
    pooled = []
    for start in range(0, len(data.ids), ROWS):
        ids = torch.from_numpy(data.ids[start : start + ROWS]).to(device)
        real = ids != data.pad
        hidden = features(ids, real.to(torch.int32))
        pooled.append(((hidden * real[..., None]).sum(1) / real.sum(1, keepdim=True)).float().cpu().numpy())
    x = np.concatenate(pooled)
    right = 0
    for train, test in GroupKFold(FOLDS).split(x, data.categories, data.notices):
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.03, max_iter=300))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # not converged is good enough for a monitor
            model.fit(x[train], data.categories[train])
        right += int((model.predict(x[test]) == data.categories[test]).sum())
    return right / len(x)
