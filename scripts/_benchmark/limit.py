"""(e) What the machine could do: matrix products of the model's own shapes, and our share of that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch
from transformers import AutoConfig

from scripts._benchmark.measure import Figure, in_turns

TOKENS = 512
"""Rows of the products: the tokens of a batch."""


def shapes(folder: Path) -> list[tuple[int, int]]:
    """(inputs, outputs) of the products of one layer with its weights."""
    config = AutoConfig.from_pretrained(folder)
    width, inner = config.hidden_size, config.intermediate_size
    return [(width, 3 * width), (width, width), (width, 2 * inner), (inner, width)]


def operations(folder: Path, tokens: int) -> float:
    """Floating-point operations of the encoder for one text of `tokens`, attention included."""
    config = AutoConfig.from_pretrained(folder)
    weights = sum(a * b for a, b in shapes(folder))
    return config.num_hidden_layers * (2.0 * tokens * weights + 4.0 * tokens * tokens * config.hidden_size)


def measure(folder: Path, tokens: float, rate: float, rounds: int) -> Iterator[Figure]:
    """Operations a second of the products, the texts a second they would allow, and our share of that.

    Args:
        folder: of the model.
        tokens: of a text, on average.
        rate: texts a second that the engine was measured to do.
        rounds: of the measurement.
    """
    variants = {}
    for name, dtype in (("fp32", torch.float32), ("bf16", torch.bfloat16)):
        weights = [torch.randn(b, a).to(dtype) for a, b in shapes(folder)]
        inputs = [torch.randn(TOKENS, a).to(dtype) for a, _ in shapes(folder)]

        def products(inputs: list[torch.Tensor] = inputs, weights: list[torch.Tensor] = weights) -> None:
            for _ in range(20):
                for x, w in zip(inputs, weights, strict=True):
                    torch.nn.functional.linear(x, w)

        variants[name] = products
    amount = 20 * TOKENS * 2.0 * sum(a * b for a, b in shapes(folder))
    for name, seconds in in_turns(variants, rounds).items():
        figure = seconds.figure(
            "e", f"矩阵乘积 {name}，{torch.get_num_threads()} 线程", amount / 1e9, "GFLOP/秒"
        )
        possible = figure.value * 1e9 / operations(folder, round(tokens))
        more = {"至多条/秒": possible, "引擎所占": rate / possible}
        yield Figure(**{**vars(figure), "more": more})
