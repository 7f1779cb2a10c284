"""ModernBERT as a graph of few operators, in fp32 or with integer products.

Texts of a batch are equally long, so there is neither padding nor a mask. Queries, keys and values, and both
halves of the gated layer, are products of their own, so nothing is split or turned. The weights of the fp32
graph are read from the checkpoint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto
from transformers import AutoConfig, PretrainedConfig

from scripts._export.graph import Graph
from scripts._export.integers import Integers
from scripts._export.weights import Stored, read_stored

_EPSILON = "epsilon"


def is_supported(config: PretrainedConfig) -> bool:
    """Whether `write_graph` knows this architecture; another goes through torch's exporter."""
    plain = not any(
        getattr(config, name, True) for name in ("attention_bias", "mlp_bias", "norm_bias", "classifier_bias")
    )
    return (
        config.model_type == "modernbert"
        and plain
        and config.classifier_pooling == "mean"
        and config.hidden_activation == "gelu"
        and config.classifier_activation == "gelu"
    )


def write_graph(folder: Path, name: str, integers: Mapping[str, Integers] | None = None) -> None:
    """Write the graph of the checkpoint in `folder` as `name`, which lies there too.

    Args:
        folder: of the checkpoint.
        name: of the file.
        integers: how each product of the layers is done in integers, by the name of the module; None: fp32.
    """
    weights = read_stored(folder / "model.safetensors")
    encoder = _Encoder(Graph(), weights, AutoConfig.from_pretrained(folder), integers or {})
    encoder.graph.save(folder / name, encoder.logits())


@dataclass(frozen=True)
class _Encoder:
    graph: Graph
    weights: Mapping[str, Stored]
    config: Any
    integers: Mapping[str, Integers]

    def logits(self) -> str:
        """The whole model."""
        g = self.graph
        table = g.node(
            "Gather", [g.stored(self.weights["model.embeddings.tok_embeddings.weight"]), "input_ids"]
        )
        raw = g.node("Cast", [table], {"to": TensorProto.FLOAT})
        turns = {kind: self._turns(kind) for kind in sorted(set(self.config.layer_types))}
        near = self._near() if "sliding_attention" in turns else ""
        x = self._norm(raw, "model.embeddings.norm")
        for layer, kind in enumerate(self.config.layer_types):
            name = f"model.layers.{layer}"
            # The first layer has no norm of its own: its input is the embeddings', here once more, smoothed.
            before, norm = (raw, "model.embeddings.norm") if layer == 0 else (x, f"{name}.attn_norm")
            a = self._norm(before, norm, f"{name}.attn.Wqkv")
            mask = near if kind == "sliding_attention" else ""
            x = g.node("Add", [x, self._attention(a, f"{name}.attn", turns[kind], mask)])
            a = self._norm(x, f"{name}.mlp_norm", f"{name}.mlp.Wi")
            x = g.node("Add", [x, self._gated(a, f"{name}.mlp")])
        return self._head(self._norm(x, "model.final_norm"))

    def _norm(self, x: str, name: str, user: str = "") -> str:
        """Normalised; for the integer product `user` divided by its input's scales."""
        weight = self.weights[f"{name}.weight"].values.astype(np.float32)
        if user in self.integers:
            weight = weight / self.integers[user].smoothing
        epsilon = {_EPSILON: float(self.config.norm_eps)}
        return self.graph.node("LayerNormalization", [x, self.graph.constant(weight)], epsilon)

    def _product(self, x: str, name: str, part: int = 0, parts: int = 1) -> str:
        """`x` times a part of the outputs of a weight."""
        stored = self.weights[f"{name}.weight"]
        step = len(stored.values) // parts
        begin, end = part * step, (part + 1) * step
        if name in self.integers:
            return self.integers[name].product(self.graph, x, begin, end)
        return self.graph.fused("FusedMatMul", [x, self.graph.real(stored.rows(begin, end))], {"transB": 1})

    def _attention(self, x: str, name: str, turns: tuple[str, str], mask: str) -> str:
        heads = {"num_heads": self.config.num_attention_heads}
        counts = dict.fromkeys(("q_num_heads", "kv_num_heads"), self.config.num_attention_heads)
        start = self.graph.constant(np.zeros(1, dtype=np.int64))
        q, k, v = (self._product(x, f"{name}.Wqkv", part, 3) for part in range(3))
        q, k = (self.graph.fused("RotaryEmbedding", [each, start, *turns], heads) for each in (q, k))
        mixed = self.graph.node("Attention", [q, k, v, *([mask] if mask else [])], counts)
        return self._product(mixed, f"{name}.Wo")

    def _gated(self, x: str, name: str) -> str:
        values, gate = (self._product(x, f"{name}.Wi", part, 2) for part in range(2))
        values = self.graph.fused("Gelu", [values])
        return self._product(self.graph.node("Mul", [values, gate]), f"{name}.Wo")

    def _head(self, x: str) -> str:
        """Pooling and classifier, over one row of zeros too many: a single row would round otherwise."""
        g = self.graph
        width = self.config.hidden_size
        pooled = g.node("ReduceMean", [x, g.constant(np.array([1]))], {"keepdims": 0})
        zeros = g.constant(np.zeros((1, width), dtype=np.float32))
        pooled = g.node("Concat", [pooled, zeros], {"axis": 0})
        y = g.fused("Gelu", [self._product(pooled, "head.dense")])
        y = self._norm(y, "head.norm")
        y = g.node("Add", [self._product(y, "classifier"), g.real(self.weights["classifier.bias"])])
        ends = [g.constant(np.array([n])) for n in (0, -1, 0)]
        return g.node("Slice", [y, *ends])

    def _turns(self, kind: str) -> tuple[str, str]:
        """Cosines and sines of the rotary angles, shape (positions, half a head's width) each.

        ONNX Runtime computes them once, when the session starts.
        """
        g = self.graph
        half = self.config.hidden_size // self.config.num_attention_heads // 2
        theta = self.config.rope_parameters[kind]["rope_theta"]
        steps = (1.0 / theta ** (np.arange(half, dtype=np.float32) / half)).astype(np.float32)
        ends = [g.constant(np.float32(n)) for n in (0, self.config.max_position_embeddings, 1)]
        places = g.node("Unsqueeze", [g.node("Range", ends), g.constant(np.array([1]))])
        angles = g.node("Mul", [places, g.constant(steps)])
        return g.node("Cos", [angles]), g.node("Sin", [angles])

    def _near(self) -> str:
        """What is added to the scores of a sliding layer: 0 in the window, minus infinity beyond; (n, n)."""
        g = self.graph
        length = g.node("Squeeze", [g.node("Shape", ["input_ids"], {"start": 1})])
        places = g.node("Range", [g.constant(np.int64(0)), length, g.constant(np.int64(1))])
        column = g.node("Unsqueeze", [places, g.constant(np.array([1]))])
        apart = g.node("Abs", [g.node("Sub", [column, places])])
        far = g.node("Greater", [apart, g.constant(np.int64(self.config.local_attention // 2))])
        return g.node("Where", [far, g.constant(np.float32(-np.inf)), g.constant(np.float32(0))])
