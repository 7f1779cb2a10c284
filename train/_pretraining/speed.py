"""The matrix limit of the machine on the model's own shapes, and MFU against it."""

from __future__ import annotations

import time

import torch
from transformers import PretrainedConfig

_PEAKS = {
    "H200 NVL": 835e12,
    "H200": 989e12,
    "H100 PCIe": 756e12,
    "H100 NVL": 835e12,
    "H100": 989e12,
    "A100": 312e12,
}
"""Dense bf16 operations a second, of NVIDIA's data sheets (half of the figures "with sparsity")."""


def vendor_peak(name: str) -> float | None:
    """The data sheet's dense bf16 peak of the GPU that calls itself ``name``, if it is known."""
    return next((peak for key, peak in _PEAKS.items() if all(w in name for w in key.split())), None)


def matrix_limit(
    config: PretrainedConfig, tokens: int, device: torch.device, dtype: torch.dtype, seconds: float = 0.15
) -> float:
    """Floating-point operations a second of the layer's four products in ``dtype`` at ``tokens`` rows.

    For each shape the best of several trials, so that other load on the machine counts little; the
    limit is the operations of all shapes over their best times.
    """
    width = config.hidden_size
    inner = getattr(config, "intermediate_size", 4 * width)
    up = 2 * inner if config.model_type == "modernbert" else inner  # gated
    shapes = [(width, 3 * width), (width, width), (width, up), (inner, width)]
    work, best_sum = 0.0, 0.0
    for into, out in shapes:
        x = torch.randn(tokens, into, device=device, dtype=dtype)
        w = torch.randn(out, into, device=device, dtype=dtype)
        best = float("inf")
        until = time.perf_counter() + seconds
        trials = 0
        while time.perf_counter() < until or trials < 5:
            start = time.perf_counter()
            torch.nn.functional.linear(x, w)
            if device.type == "cuda":
                torch.cuda.synchronize()
            best = min(best, time.perf_counter() - start)
            trials += 1
        work += 2.0 * tokens * into * out
        best_sum += best
    return work / best_sum
