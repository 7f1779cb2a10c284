"""How scores of a model become probabilities and decisions: `calibration.json` of its folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.config import from_mapping
from zhenggai.errors import ModelError

FILE = "calibration.json"


@dataclass(frozen=True)
class Calibration:
    """Chosen on out-of-fold predictions of the training notices, never on test notices."""

    linear_weight: float = 1.0
    """Share of the linear model's log-probabilities in the blend."""
    encoder_weight: float = 0.0
    """Share of the encoder's; 0 where the encoder does not help."""
    encoder_below: float = 0.9
    """The encoder is asked only where the linear model's own probability is lower; elsewhere it has never
    changed a label, on validation or test notices."""
    temperature: float = 1.0
    """Blended log-probabilities are divided by it."""
    review_threshold: float = 0.5
    """Below this probability a label is to be reviewed: 95 % of the others were right out of fold."""
    also_threshold: float = 1.0
    """A further category is named when its probability is at least this share of the first's; at every
    share below 1, one in twenty or fewer were right out of fold."""
    matter_threshold: float = 0.5
    """Where a problem is about earlier findings, the category of the concrete matter is named beside it from
    this probability on."""


def read_calibration(folder: Path) -> Calibration:
    """The calibration in `folder`.

    Raises:
        ModelError: the file is missing or not a calibration.
    """
    try:
        return from_mapping(json.loads((folder / FILE).read_text(encoding="utf-8")), Calibration, FILE)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"模型文件夹 {folder} 中应有 {FILE}，读取时出错：{error}。请重新安装 zhenggai 或重新训练。"
        ) from error


def write_calibration(folder: Path, calibration: Calibration) -> None:
    """Set the calibration of a model folder."""
    (folder / FILE).write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")


def log_softmax(scores: Floats) -> Floats:
    """Log-probabilities of each row, shape as `scores`."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def blend(calibration: Calibration, linear: Floats, encoder: Floats | None) -> Floats:
    """Calibrated probabilities from the logits of both models, shape (n, labels)."""
    total = calibration.linear_weight * log_softmax(linear)
    if encoder is not None:
        total = total + calibration.encoder_weight * log_softmax(encoder)
    return np.exp(log_softmax(total / np.float32(calibration.temperature)))
