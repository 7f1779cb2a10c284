"""Which number format the matrix products of a training get on this machine."""

from __future__ import annotations

import torch

_CPU_WITH_BF16 = ("avx512_bf16", "amx_bf16", "bf16", "sve_bf16")
"""Names of `torch.cpu.get_capabilities`. Elsewhere bf16 is imitated: 1 GFLOP/s beside 126 in fp32."""


def matrix_dtype(device: str) -> torch.dtype:
    """bf16 where the processor (or the GPU) multiplies it natively, else fp32. `device`: "cpu" or "cuda"."""
    if device == "cuda":
        native = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        known = torch.cpu.get_capabilities()
        native = any(known.get(name, False) for name in _CPU_WITH_BF16)
    return torch.bfloat16 if native else torch.float32
