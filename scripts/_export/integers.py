"""A product of 8-bit integers: how its input and its weights are rounded.

The input's scale is fixed, so a text's scores do not depend on its batch, and divided out per column before
(SmoothQuant: Xiao et al. 2023, with all of the difficulty moved to the weights); the operator before the
product does the division, so it costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts._export.graph import Graph

Floats = NDArray[np.float32]

_LEVELS = 255
_LARGEST = 127
_HEADROOM = 4
"""With 16 bits there is room for inputs so many times greater than any that was seen."""
_DAMPING = 0.01
"""Of the moments, by their mean on the diagonal."""
PAIR = 128
"""Most that two neighbouring weights of one sign may add up to: 255 · 128 fits into 16 bits with a sign, so
the products of processors without VNNI (two at a time, saturating) are exact: all give the same."""


@dataclass(frozen=True)
class Integers:
    """A weight (inputs, outputs) in integers and what its input is divided by."""

    weight: NDArray[np.int8]
    scales: Floats
    """Of the outputs."""
    smoothing: Floats
    """Of the inputs: what comes in was divided by it."""
    scale: float
    """Of the input in integers."""
    zero: int
    """The input's zero in integers, 0 to 255."""
    fine: bool = False
    """The rounding error of the input is multiplied as well: 16 bits, at twice the price."""

    def product(self, graph: Graph, x: str, begin: int, end: int) -> str:
        """Outputs `begin` to `end` of the product with `x`."""
        weight = graph.constant(self.weight[:, begin:end])
        scales = graph.constant(self.scales[begin:end])
        scale = self.scale * (_HEADROOM if self.fine else 1)
        coarse = self._quantised(graph, x, scale, self.zero)
        out = self._multiplied(graph, coarse, weight, scales)
        if not self.fine:
            return out
        rest = graph.node("Sub", [x, graph.node("DequantizeLinear", list(coarse))])
        low = self._quantised(graph, rest, scale / _LEVELS, _LEVELS // 2 + 1)
        return graph.node("Add", [out, self._multiplied(graph, low, weight, scales)])

    @staticmethod
    def _quantised(graph: Graph, x: str, scale: float, zero: int) -> tuple[str, str, str]:
        ends = graph.constant(np.float32(scale)), graph.constant(np.uint8(zero))
        return graph.node("QuantizeLinear", [x, *ends]), *ends

    @staticmethod
    def _multiplied(graph: Graph, x: tuple[str, str, str], weight: str, scales: str) -> str:
        values, scale, zero = x
        return graph.fused("MatMulIntegerToFloat", [values, weight, scale, scales, zero])


@dataclass(frozen=True)
class Inputs:
    """What went into a product on training texts."""

    low: Floats
    """Least value of each input."""
    high: Floats
    """Greatest value of each input."""
    moments: NDArray[np.float64]
    """Sums of products of two inputs, shape (inputs, inputs)."""

    def joined(self, other: Inputs) -> Inputs:
        """Of both."""
        low, high = np.minimum(self.low, other.low), np.maximum(self.high, other.high)
        return Inputs(low, high, self.moments + other.moments)


def round_product(weight: Floats, seen: Inputs) -> Integers:
    """A product in integers; `weight` of shape (outputs, inputs)."""
    smoothing = np.maximum(np.maximum(seen.high, -seen.low), 1e-5).astype(np.float32)
    least, most = (
        min(0.0, float((seen.low / smoothing).min())),
        max(0.0, float((seen.high / smoothing).max())),
    )
    scale = (most - least) / _LEVELS
    turned = (weight * smoothing).T
    scales = np.maximum(_scales(turned), np.float32(1e-12))
    rounded = _rounded(turned / scales, seen.moments / np.outer(smoothing, smoothing))
    return Integers(rounded, scales, smoothing, scale, round(-least / scale))


def _scales(weight: Floats) -> Floats:
    """The least scale of each output with which neither a weight nor a pair of weights is too large."""
    pairs = [
        np.add.reduceat(part, np.arange(0, len(part), 2), axis=0).max(axis=0)
        for part in (np.maximum(weight, 0), np.maximum(-weight, 0))
    ]
    scales: Floats = np.maximum(np.abs(weight).max(axis=0) / _LARGEST, np.maximum(*pairs) / PAIR)
    return scales


def _rounded(weight: Floats, moments: NDArray[np.float64]) -> NDArray[np.int8]:
    """Integers near `weight` (inputs, outputs): what one input's rounding changes, later inputs make good.

    Method: GPTQ (Frantar et al. 2022), with inputs in their order.
    """
    damped = moments + np.eye(len(moments)) * (_DAMPING * np.trace(moments) / len(moments) + 1e-9)
    ahead = np.linalg.cholesky(np.linalg.inv(damped)).T  # upper triangular
    left = weight.astype(np.float64)
    out = np.zeros(weight.shape, dtype=np.int8)
    for row in range(len(left)):
        neighbour = out[row - 1].astype(np.int64) if row % 2 else np.zeros(left.shape[1], dtype=np.int64)
        most = np.minimum(_LARGEST, PAIR - np.maximum(neighbour, 0))
        least = np.maximum(-_LARGEST, -PAIR - np.minimum(neighbour, 0))
        out[row] = np.clip(np.rint(left[row]), least, most)
        missed = (left[row] - out[row]) / ahead[row, row]
        left[row + 1 :] -= np.outer(ahead[row, row + 1 :], missed)
    return out
