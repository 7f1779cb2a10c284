"""Number format of the products: what the processor multiplies natively."""

from __future__ import annotations

import pytest
import torch

from train._precision import matrix_dtype
from train._pretraining.batched_muon import BatchedMuon


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({"avx2": True, "avx512_bf16": False}, torch.float32),
        ({"avx512_bf16": True}, torch.bfloat16),
        ({"architecture": "aarch64", "bf16": True}, torch.bfloat16),
        ({"architecture": "aarch64", "neon": True}, torch.float32),
    ],
)
def test_bf16_only_where_the_processor_has_it(
    known: dict[str, object], wanted: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: known)
    assert matrix_dtype("cpu") == wanted


@pytest.mark.parametrize("native", [True, False])
def test_gpu_without_native_bf16_gets_fp32(native: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: native)
    assert matrix_dtype("cuda") == (torch.bfloat16 if native else torch.float32)


def test_muon_in_fp32_moves_as_in_bf16() -> None:
    """The direction is the same up to bf16's rounding."""
    generator = torch.Generator().manual_seed(0)
    start, gradient = (torch.randn(24, 8, generator=generator) for _ in range(2))
    moved = {}
    for dtype in (torch.float32, torch.bfloat16):
        weight = torch.nn.Parameter(start.clone())
        weight.grad = gradient.clone()
        BatchedMuon([weight], dtype, lr=0.02, weight_decay=0.0).step()
        moved[dtype] = weight.detach() - start
    fine, coarse = moved[torch.float32], moved[torch.bfloat16]
    assert (fine - coarse).norm() < 0.02 * fine.norm()
    assert not torch.equal(fine, coarse)
