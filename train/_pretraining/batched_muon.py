"""Muon with the matrices of one shape orthogonalised together, for a GPU, and in fp32 where bf16 is slow.

``torch.optim.Muon`` takes them one by one: some 25 launches each, more than a thousand a step, which on a GPU
cost more than the arithmetic. On a CPU with bf16 there is nothing to gain (docs/pretraining.md).
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import torch
from torch import Tensor


class BatchedMuon(torch.optim.Muon):
    """The same update and the same state (a test compares them), in a few large launches."""

    def __init__(
        self,
        params: list[torch.nn.Parameter],
        dtype: torch.dtype,
        lr: float = 1e-3,
        momentum: float = 0.95,
        weight_decay: float = 0.1,
    ) -> None:
        """``dtype``: of the products of the orthogonalisation; PyTorch's own has bf16."""
        super().__init__(params, lr=lr, momentum=momentum, weight_decay=weight_decay)
        self.dtype = dtype

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One update of all matrices that have a gradient."""
        for group in self.param_groups:
            params = [p for p in group["params"] if p.grad is not None]
            if not params:
                continue
            gradients = [p.grad for p in params]
            for p in params:
                if "momentum_buffer" not in self.state[p]:
                    self.state[p]["momentum_buffer"] = torch.zeros_like(p)
            momenta = [self.state[p]["momentum_buffer"] for p in params]
            torch._foreach_lerp_(momenta, gradients, 1 - group["momentum"])
            updates = torch._foreach_lerp(gradients, momenta, group["momentum"])  # Nesterov
            torch._foreach_mul_(params, 1 - group["lr"] * group["weight_decay"])
            by_shape: dict[tuple[int, int], list[int]] = defaultdict(list)
            for i, p in enumerate(params):
                by_shape[p.shape[0], p.shape[1]].append(i)
            for (height, width), chosen in by_shape.items():
                matrices = torch.stack([updates[i] for i in chosen]).to(self.dtype)
                turned = orthogonalise(matrices, group["ns_coefficients"], group["ns_steps"])
                rate = group["lr"] * math.sqrt(max(1, height / width))
                torch._foreach_add_([params[i] for i in chosen], list(turned.float().unbind()), alpha=-rate)


def orthogonalise(x: Tensor, coefficients: tuple[float, float, float], steps: int) -> Tensor:
    """Newton-Schulz iteration of ``torch.optim.Muon`` on (n, height, width) at once, in the type of ``x``."""
    a, b, c = coefficients
    tall = x.shape[-2] > x.shape[-1]
    x = x.mT if tall else x
    x = x / x.norm(dim=(-2, -1), keepdim=True).clamp(min=1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.mT if tall else x
