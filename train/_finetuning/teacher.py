"""Teachers of a student: the linear model and fine-tuned encoders, their log-probabilities averaged.

Distillation: Hinton et al. 2015; of an ensemble: Buciluă et al. 2006.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from transformers import AutoConfig

from zhenggai.classification.calibration import log_softmax
from zhenggai.classification.engines.torch import TorchEngine
from zhenggai.classification.inputs import PATH_SEPARATOR, category_fields
from zhenggai.classification.linear_models.linear import LinearModel
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.model import Query
from zhenggai.errors import ConfigError

_LENGTH = 128  # tokens of a text


@dataclass(frozen=True)
class Teacher:
    """Members that vote; none of them may have seen a held-out notice."""

    linear: LinearModel
    linear_weight: float
    encoders: tuple[Path, ...]
    """Checkpoint folders; they share the rest of the weight equally."""

    def probabilities(self, pairs: Sequence[tuple[str, str]], temperature: float) -> Floats:
        """Soft targets of (text, headings) pairs, shape (n, labels)."""
        share = self.linear_weight if self.encoders else 1.0
        fields = [category_fields(_query(text, path)) for text, path in pairs]
        total = share * log_softmax(self.linear.scores(fields))
        for folder in self.encoders:
            scores = log_softmax(_scores(folder, pairs, self.linear.labels))
            total = total + (1 - share) / len(self.encoders) * scores
        return np.exp(log_softmax((total / temperature).astype(np.float32)))


def _query(text: str, path: str) -> Query:
    """The query whose `category_pair` is (`text`, `path`)."""
    return Query(text, tuple(reversed(path.split(PATH_SEPARATOR))) if path else ())


def _scores(folder: Path, pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> Floats:
    if list(AutoConfig.from_pretrained(folder).id2label.values()) != list(labels):
        raise ConfigError(f"教师模型 {folder} 的标签应为 {'、'.join(labels)}，实际不同。请重新训练它。")
    return TorchEngine(folder, _LENGTH, device="cpu").scores(pairs)
