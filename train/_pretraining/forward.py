"""Which forward a model gets: the lean one where it gives the same, else that of ``transformers``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import torch
from torch import Tensor
from transformers import ModernBertForMaskedLM, PreTrainedModel

from train._pretraining.config import ConfigError
from train._pretraining.fast_model import Batch, FastMaskedLM, obstacle
from train._pretraining.settings import PretrainConfig
from train._pretraining.standard_model import StandardMaskedLM, learned_positions


class Forward(Protocol):
    """What training needs of a model; ``weights`` are its parameters by name."""

    separates: bool

    def loss(self, weights: Mapping[str, Tensor], batch: Batch) -> Tensor:
        """Mean cross-entropy (nats) over the masked positions; a scalar."""

    def features(self, weights: Mapping[str, Tensor], input_ids: Tensor, documents: Tensor) -> Tensor:
        """fp32 (B, T, width): last hidden states."""

    def flops_per_token(self, length: int, masked_share: float, head: bool = True) -> float:
        """Floating-point operations of one training token, forward and backward."""


def make_forward(model: PreTrainedModel, flex: bool, dtype: torch.dtype = torch.bfloat16) -> Forward:
    """The forward of ``model``, its products in ``dtype``.

    ``flex``: attention by ``flex_attention`` where the lean forward is used (a GPU).
    """
    if isinstance(model, ModernBertForMaskedLM) and obstacle(model.config) is None:
        return FastMaskedLM(model.config, dtype, flex)
    return StandardMaskedLM(model, dtype)


def check_fit(config: PretrainConfig, model: PreTrainedModel, forward: Forward) -> None:
    """That the model can read rows of the configured lengths, and pairs of passages if they are asked for.

    Raises
    ------
    ConfigError : it cannot.
    """
    lengths = {f"schedule.{n}_length": getattr(config.schedule, f"{n}_length") for n in ("short", "long")}
    if config.passages.weight:
        lengths["passages.length"] = config.passages.length
        if not forward.separates:
            raise ConfigError(
                f"{type(model).__name__} 不能按文档分开注意力，相邻段落会互相看见。请去掉 passages.weight。"
            )
    places = learned_positions(model)
    for name, length in lengths.items():
        if places is not None and length > places:
            raise ConfigError(
                f"{name}（{length}）超过模型的 {places} 个位置（{type(model).__name__} 的位置是学得的）。"
                f"请加 --set {name}={places} 或更小的值。"
            )
