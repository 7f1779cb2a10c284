"""Encoders of a stated size with random weights: what inference costs does not depend on the weights."""

from __future__ import annotations

import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from zhenggai.classification.engines.engine import batches, padded_length
from zhenggai.classification.model import Query

VOCABULARY = 6000
LONGEST = 256
"""Tokens; longer texts are cut, as in the product."""
BATCH_TOKENS = 4096
HEAD = 64
"""Width of an attention head."""


@dataclass(frozen=True)
class Size:
    """Shape of an encoder."""

    layers: int
    width: int
    int8: bool

    @property
    def name(self) -> str:
        """As in the tables."""
        return f"encoder {self.layers}×{self.width} {'int8' if self.int8 else 'float32'}"

    def flops(self, tokens: int) -> float:
        """Of a text: two per weight and token (four width² of attention, eight of the MLP), and attention."""
        return self.layers * (24 * self.width**2 * tokens + 4 * self.width * tokens**2)


def lengths_of(queries: Sequence[Query]) -> list[int]:
    """Tokens of both tasks' texts, about one a character: statement with path, and outcome."""
    texts = [len(q.problem) + sum(map(len, q.path)) + 3 for q in queries]
    return [min(LONGEST, n) for n in texts + [len(q.outcome) + 2 for q in queries]]


def runner(size: Size) -> Callable[[Sequence[int]], float]:
    """A function from the lengths of texts to the seconds that one core takes for them."""
    import onnxruntime

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "encoder.onnx")
        _export(size, path)
        if size.int8:
            from onnxruntime.quantization import quantize_dynamic

            quantize_dynamic(path, path := Path(folder, "encoder.int8.onnx"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(0)

    def seconds(lengths: Sequence[int]) -> float:
        started = time.process_time()
        for batch in batches(lengths, BATCH_TOKENS):
            shape = len(batch), padded_length(max(lengths[i] for i in batch))
            session.run(None, {"ids": rng.integers(0, VOCABULARY, shape)})
        return time.process_time() - started

    seconds([LONGEST] * 4)  # burn in
    return seconds


def _export(size: Size, path: Path) -> None:
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter speaks of its successor
        torch.onnx.export(
            _encoder(size),
            (torch.zeros(2, 32, dtype=torch.int64),),
            path,
            input_names=["ids"],
            dynamic_axes={"ids": {0: "batch", 1: "tokens"}},
            dynamo=False,
        )


def _encoder(size: Size) -> Any:
    from torch import Tensor, nn

    class Layer(nn.Module):
        """Attention and MLP, normalised before each."""

        def __init__(self) -> None:
            super().__init__()
            self.first, self.second = nn.LayerNorm(size.width), nn.LayerNorm(size.width)
            self.mixed, self.out = nn.Linear(size.width, 3 * size.width), nn.Linear(size.width, size.width)
            self.up, self.down = nn.Linear(size.width, 4 * size.width), nn.Linear(4 * size.width, size.width)

        def forward(self, x: Tensor) -> Tensor:
            heads = (
                part.unflatten(-1, (-1, HEAD)).transpose(1, 2)
                for part in self.mixed(self.first(x)).chunk(3, -1)
            )
            q, k, v = heads
            attention = (q @ k.transpose(-1, -2) / HEAD**0.5).softmax(-1) @ v
            x = x + self.out(attention.transpose(1, 2).flatten(-2))
            return x + self.down(nn.functional.gelu(self.up(self.second(x))))

    layers = [Layer() for _ in range(size.layers)]
    return nn.Sequential(nn.Embedding(VOCABULARY, size.width), *layers, nn.Linear(size.width, 18)).eval()
