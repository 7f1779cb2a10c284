"""The few parameters that turn facts about an item into its status and its evidence: `status.json`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.config import from_mapping
from zhenggai.errors import ModelError

FILE = "status.json"


@dataclass(frozen=True)
class Affine:
    """Scores = weights · (facts − mean) / scale + bias."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[list[float], ...]
    """One row per output."""
    bias: tuple[float, ...]

    def scores(self, facts: Floats) -> Floats:
        """Scores of rows of facts, shape (n, outputs)."""
        mean, scale, weights, bias = self._arrays
        return np.asarray((facts - mean) / scale @ weights.T + bias, dtype=np.float32)

    @cached_property
    def _arrays(self) -> tuple[Floats, Floats, Floats, Floats]:
        """All parameters; made once, since an item takes less time than they do."""
        mean, scale, bias = (np.asarray(v, np.float32) for v in (self.mean, self.scale, self.bias))
        return mean, scale, np.asarray(self.weights, np.float32), bias


@dataclass(frozen=True)
class SmallModel:
    """What `status.json` holds."""

    labels: tuple[str, ...]
    status: Affine
    """From `facts.status_facts` to the statuses."""
    evidence_done: Affine
    """From `parts.part_facts` to one score: how well the part shows that the problem is cured."""
    evidence_open: Affine
    """The same for what remains."""


def read_small(folder: Path) -> SmallModel:
    """The parameters in `folder`.

    Raises:
        ModelError: the file is missing or wrong.
    """
    try:
        return from_mapping(json.loads((folder / FILE).read_text(encoding="utf-8")), SmallModel, FILE)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"模型文件夹 {folder} 中应有 {FILE}，读取时出错：{error}。请重新安装 zhenggai 或重新训练。"
        ) from error


def write_small(folder: Path, model: SmallModel) -> None:
    """Write `status.json`."""
    text = json.dumps(asdict(model), ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")
