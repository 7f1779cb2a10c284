"""(e) What the machine could do: matrix products of the model's own shapes, and our share of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from transformers import AutoConfig

from scripts._benchmark.measure import Figure, in_turns

TOKENS = 512
"""Rows of the products: the tokens of a batch."""
_TIMES = 20
"""How often each product is done in a round."""


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


def measure(folder: Path, tokens: float, exact: float, default: float, rounds: int) -> Iterator[Figure]:
    """Operations a second of the products, the texts a second they would allow, and our share of that.

    Args:
        folder: of the model.
        tokens: of a text, on average.
        exact: texts a second that the engine in fp32 was measured to do.
        default: the same of the engine as it is by default.
        rounds: of the measurement.
    """
    variants = {
        "fp32": _torch_products(folder, torch.float32),
        "bf16": _torch_products(folder, torch.bfloat16),
    }
    variants["int8（ONNX Runtime）"] = _integer_products(folder)
    amount = _TIMES * TOKENS * 2.0 * sum(a * b for a, b in shapes(folder))
    for name, seconds in in_turns(variants, rounds).items():
        figure = seconds.figure(
            "e", f"矩阵乘积 {name}，{torch.get_num_threads()} 线程", amount / 1e9, "GFLOP/秒"
        )
        possible = figure.value * 1e9 / operations(folder, round(tokens))
        more = {"至多条/秒": possible, "fp32 引擎所占": exact / possible, "默认引擎所占": default / possible}
        yield Figure(**{**vars(figure), "more": more})


def _torch_products(folder: Path, dtype: torch.dtype) -> Callable[[], None]:
    weights = [torch.randn(b, a).to(dtype) for a, b in shapes(folder)]
    inputs = [torch.randn(TOKENS, a).to(dtype) for a, _ in shapes(folder)]

    def products() -> None:
        for _ in range(_TIMES):
            for x, w in zip(inputs, weights, strict=True):
                torch.nn.functional.linear(x, w)

    return products


def _integer_products(folder: Path) -> Callable[[], None]:
    """The same in ONNX Runtime: unsigned inputs, signed weights, sums of 32 bits; a graph of them alone."""
    rng = np.random.default_rng(0)
    nodes, weights, feeds, out = [], [], {}, []
    for number, (width, outputs) in enumerate(shapes(folder)):
        x, w, y = (f"{letter}{number}" for letter in "xwy")
        weights.append(numpy_helper.from_array(rng.integers(-99, 99, (width, outputs), dtype=np.int8), w))
        feeds[x] = rng.integers(0, 255, (TOKENS, width), dtype=np.uint8)
        nodes.append(helper.make_node("MatMulInteger", [x, w], [y]))
        out.append(helper.make_tensor_value_info(y, TensorProto.INT32, [TOKENS, outputs]))
    ins = [helper.make_tensor_value_info(x, TensorProto.UINT8, list(v.shape)) for x, v in feeds.items()]
    graph = helper.make_graph(nodes, "products", ins, out, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])

    def products() -> None:
        for _ in range(_TIMES):
            session.run(None, feeds)

    return products
