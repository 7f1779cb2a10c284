"""(g) The same on a GPU: problems and tokens a second, share of the matrix-product limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from scripts._benchmark.limit import operations
from scripts._benchmark.measure import Figure, in_turns
from scripts._benchmark.texts import Pair
from zhenggai.classification.engines.torch import TorchEngine

_COPIES = 64
"""The notices' statements are too few to fill a GPU."""


def measure(pairs: Sequence[Pair], folder: Path, max_length: int, rounds: int) -> Iterator[Figure]:
    """The shipped encoder in bf16, beside a large product on the same device."""
    engine = TorchEngine(folder, max_length)
    many = list(pairs) * _COPIES
    seconds = in_turns({"": lambda: engine.scores(many)}, rounds)[""]
    lengths = engine.lengths(many)
    rate = seconds.figure("g", "TorchEngine，bf16", len(many), "条/秒")
    limit = _limit(rounds)
    done = sum(operations(folder, n) for n in lengths) / len(many) * rate.value / 1e9
    more = {"词元/秒": sum(lengths) / len(many) * rate.value, "MFU": done / limit.value}
    yield Figure(**{**vars(rate), "more": more})
    yield limit


def _limit(rounds: int, size: int = 8192) -> Figure:
    left, right = (torch.randn(size, size, device="cuda", dtype=torch.bfloat16) for _ in range(2))

    def products() -> None:
        for _ in range(10):
            left @ right
        torch.cuda.synchronize()

    return in_turns({"": products}, rounds)[""].figure("g", "矩阵乘积 bf16", 20.0 * size**3 / 1e9, "GFLOP/秒")
