"""FGM: the loss once more where the embeddings are moved against the model (Miyato et al. 2017)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def moved_embeddings(model: nn.Module, length: float) -> Iterator[None]:
    """Within, the token embeddings stand `length` further along their gradient; afterwards where they were.

    Call it after a backward pass. Where the gradient is zero nothing moves.
    """
    table = model.get_input_embeddings().weight  # type: ignore[operator]
    before = table.detach().clone()
    if table.grad is not None and (norm := table.grad.norm()) > 0:
        with torch.no_grad():
            table.add_(table.grad, alpha=length / float(norm))
    try:
        yield
    finally:
        with torch.no_grad():
            table.copy_(before)
