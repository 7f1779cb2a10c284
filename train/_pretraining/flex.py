"""Attention for a GPU: ``flex_attention`` skips the blocks that documents and windows leave empty.

On a GPU the dense masks of the CPU path would cost more than the attention itself. The block mask is
computed once a batch for each kind of layer; compiled, the kernel reads no mask from memory.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.attention.flex_attention import BlockMask, create_block_mask, flex_attention


def flex_masks(documents: Tensor, window: int) -> dict[str, BlockMask]:
    """Block masks of both kinds of layers for (B, T) document numbers."""
    rows, length = documents.shape

    def same(b: Tensor, h: Tensor, q: Tensor, k: Tensor) -> Tensor:
        return documents[b, q] == documents[b, k]

    def near(b: Tensor, h: Tensor, q: Tensor, k: Tensor) -> Tensor:
        return same(b, h, q, k) & ((q - k).abs() <= window)

    def build(allowed) -> BlockMask:  # type: ignore[no-untyped-def]
        return create_block_mask(allowed, rows, None, length, length, device=str(documents.device))

    return {"full_attention": build(same), "sliding_attention": build(near)}


def flex_attend(q: Tensor, k: Tensor, v: Tensor, mask: BlockMask) -> Tensor:
    """(B, H, T, D), as ``scaled_dot_product_attention`` under the mask."""
    out = flex_attention(q, k, v, block_mask=mask)
    assert isinstance(out, torch.Tensor)
    return out
