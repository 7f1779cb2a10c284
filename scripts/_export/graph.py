"""An ONNX graph in the making: nodes in order, weights inside or in the checkpoint's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from scripts._export.weights import Stored

FUSED = "com.microsoft"
"""ONNX Runtime's own operators."""
_OPSETS = {"": 23, FUSED: 1}
_IR_VERSION = 10

Attributes = Mapping[str, object]


class Graph:
    """Values are known by their names; every method gives the name of what it made."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._nodes: list[onnx.NodeProto] = []
        self._weights: dict[str, TensorProto] = {}

    def constant(self, values: NDArray[np.generic]) -> str:
        """Numbers that stand in the graph itself."""
        name = f"c{len(self._weights)}"
        self._weights[name] = numpy_helper.from_array(np.array(values, order="C"), name)
        return name

    def stored(self, tensor: Stored) -> str:
        """A weight in fp16 that stays in the checkpoint's file."""
        name = f"w{len(self._weights)}"
        self._weights[name] = tensor.reference(name)
        return name

    def node(
        self, kind: str, inputs: Sequence[str], attributes: Attributes | None = None, domain: str = ""
    ) -> str:
        """The first output of an operator; an input named "" is left out."""
        name = f"{kind}.{len(self._nodes)}"
        made = helper.make_node(kind, inputs, [name], name=name, domain=domain, **(attributes or {}))
        self._nodes.append(made)
        return name

    def fused(self, kind: str, inputs: Sequence[str], attributes: Attributes | None = None) -> str:
        """The first output of one of ONNX Runtime's own operators."""
        return self.node(kind, inputs, attributes, FUSED)

    def real(self, tensor: Stored) -> str:
        """A stored weight in fp32; ONNX Runtime casts it once, when the session starts."""
        return self.node("Cast", [self.stored(tensor)], {"to": TensorProto.FLOAT})

    def save(self, path: Path, logits: str) -> None:
        """Write the graph; its input is `input_ids` (n, length), its output `logits` (n, labels)."""
        self._nodes.append(helper.make_node("Identity", [logits], ["logits"], name="logits"))
        ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "length"])
        out = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", "labels"])
        graph = helper.make_graph(self._nodes, "encoder", [ids], [out], list(self._weights.values()))
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)
        model.producer_name = "zhenggai"
        onnx.save(model, str(path))
