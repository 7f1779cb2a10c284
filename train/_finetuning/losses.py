"""Losses against soft targets: plain, balanced, focal, logit-adjusted."""

from __future__ import annotations

from typing import Protocol

from torch import Tensor
from torch.nn.functional import kl_div, log_softmax

from train._finetuning.settings import FinetuneConfig


class Loss(Protocol):
    """(logits (n, k), targets (n, k), weights (n,)) → scalar: a mean by weight."""

    def __call__(
        self, logits: Tensor, targets: Tensor, weights: Tensor, total: Total | None = None
    ) -> Tensor:
        """Divide by `total` of the sum of the weights instead of that sum itself."""


class Total(Protocol):
    """What stands for a batch's sum of weights where other processes have other parts of the batch."""

    def __call__(self, weight: Tensor) -> Tensor:
        """(scalar) → scalar."""


def make_loss(config: FinetuneConfig, class_share: Tensor) -> Loss:
    """The loss that `config` names; `class_share` is the share of each class in training, shape (k,).

    Focal: Lin et al. 2017. Logit adjustment: Menon et al. 2021, log-priors added in training only.
    """
    share = class_share.clamp_min(1e-4)
    class_weight = (share.mean() / share) ** config.balance if config.loss == "balanced" else None
    prior = config.balance * share.log() if config.loss == "logit_adjusted" else None
    smoothing = config.label_smoothing

    def loss(logits: Tensor, targets: Tensor, weights: Tensor, total: Total | None = None) -> Tensor:
        smooth = targets * (1 - smoothing) + smoothing / targets.shape[1]
        scores = log_softmax(logits.float() + (0 if prior is None else prior), dim=-1)
        if config.loss == "focal":
            scores = scores * (1 - scores.exp()) ** config.focal_gamma
        each = -(smooth * scores).sum(dim=-1)
        if class_weight is not None:
            weights = weights * (targets @ class_weight)
        return (each * weights).sum() / (weights.sum() if total is None else total(weights.sum()))

    return loss


def class_shares(targets: Tensor) -> Tensor:
    """Share of each class in soft targets, shape (k,)."""
    return targets.mean(dim=0)


def divergence(first: Tensor, second: Tensor) -> Tensor:
    """Symmetric Kullback-Leibler divergence of two passes' logits (n, k): R-Drop, Liang et al. 2021."""
    a, b = log_softmax(first.float(), dim=-1), log_softmax(second.float(), dim=-1)
    both = kl_div(a, b, reduction="batchmean", log_target=True) + kl_div(
        b, a, reduction="batchmean", log_target=True
    )
    return both / 2
