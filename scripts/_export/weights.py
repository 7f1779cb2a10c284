"""Weights of an ONNX graph → references into the checkpoint's safetensors file."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

SMALLEST = 256
"""Tensors with fewer numbers stay in the graph."""


@dataclass(frozen=True)
class Stored:
    """A tensor of a safetensors file: fp16 numbers and where their bytes stand."""

    values: NDArray[np.float16]
    offset: int
    file: str
    """Name of the file, which lies beside the graph."""

    @property
    def length(self) -> int:
        """Bytes."""
        return int(self.values.nbytes)

    def rows(self, begin: int, end: int) -> Stored:
        """Rows `begin` to `end`, whose bytes stand together."""
        row = self.length // len(self.values)
        return Stored(self.values[begin:end], self.offset + begin * row, self.file)

    def reference(self, name: str) -> TensorProto:
        """A weight of a graph that is read from here."""
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT16, dims=self.values.shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", self.file), ("offset", self.offset), ("length", self.length)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor


def read_stored(path: Path) -> dict[str, Stored]:
    """The tensors of a safetensors file by name.

    Raises:
        ValueError: one of them is not fp16.
    """
    content = path.read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    head = json.loads(content[8 : 8 + size])
    out = {}
    for name, entry in head.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F16":
            raise ValueError(
                f"{path.name}: {name} should be F16, is {entry['dtype']}; save the model in fp16"
            )
        begin, end = (8 + size + at for at in entry["data_offsets"])
        values = np.frombuffer(content[begin:end], dtype="<f2").reshape(entry["shape"])
        out[name] = Stored(values, begin, path.name)
    return out


def share_weights(graph_file: Path, weights_file: Path) -> None:
    """Let every large fp32 weight of the graph be the fp16 tensor of `weights_file` that it was read from.

    A weight that the exporter transposed is transposed in the graph again; ONNX Runtime folds cast and
    transposition into constants when the session starts.

    Raises:
        ValueError: a large weight of the graph is not in the file.
    """
    model = onnx.load(str(graph_file))
    stored = list(read_stored(weights_file).values())
    nodes, kept = [], []
    for weight in model.graph.initializer:
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < SMALLEST:
            kept.append(weight)
            continue
        found, turned = _find(values, stored)
        kept.append(found.reference(f"{weight.name}.fp16"))
        nodes += _restore(weight.name, turned)
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    body = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*nodes, *body])
    del model.graph.value_info[:]
    _forget_origins(model)
    onnx.save(model, str(graph_file))


def _forget_origins(model: onnx.ModelProto) -> None:
    """Drop the exporter's stack traces: nine tenths of the file, with paths of the machine in them."""
    for part in (model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output):
        del part.metadata_props[:]
    for function in model.functions:
        for part in (function, *function.node):
            del part.metadata_props[:]


def _find(values: NDArray[np.float32], stored: list[Stored]) -> tuple[Stored, bool]:
    for candidate in stored:
        if candidate.values.shape == values.shape and np.array_equal(candidate.values, values):
            return candidate, False
        if candidate.values.shape == values.shape[::-1] and np.array_equal(candidate.values.T, values):
            return candidate, True
    raise ValueError(
        f"a weight of shape {values.shape} is not in the checkpoint; export from the saved model"
    )


def _restore(name: str, turned: bool) -> list[onnx.NodeProto]:
    cast = f"{name}.fp32" if turned else name
    nodes = [helper.make_node("Cast", [f"{name}.fp16"], [cast], name=f"{name}.cast", to=TensorProto.FLOAT)]
    if turned:
        nodes.append(helper.make_node("Transpose", [cast], [name], name=f"{name}.turn", perm=[1, 0]))
    return nodes
