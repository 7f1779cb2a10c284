"""ModernBERT's masked-LM forward, lean: the same weights as ``transformers``, a fraction of its time.

What differs from ``ModernBertForMaskedLM`` (and not the result; a test compares the logits):

- one flat function for ``torch.compile``, which fuses norms, rotary, gates and soft-max;
- GEMMs in bf16 from fp32 weights, norms and the residual stream in fp32;
- the head, and the last layer's queries and MLP, run on the masked positions only;
- attention by plain batched products at short lengths: on a CPU they keep to the matrix units
  (``scaled_dot_product_attention`` took 1.6 times as long in training at length 128);
- local layers of long sequences by blocks: each block of queries meets three blocks of keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import ModernBertConfig

from train._pretraining.flex import flex_attend, flex_masks

_FORBIDDEN = -30000.0  # added to a forbidden score: finite, so that rows of padding stay finite
_ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {"gelu": F.gelu, "silu": F.silu}


@dataclass(frozen=True)
class Batch:
    """One micro-batch; B rows of T tokens, K masked positions."""

    input_ids: Tensor  # int64 (B, T), masked already
    documents: Tensor  # int32 (B, T): tokens attend within equal numbers only
    positions: Tensor  # int64 (K,): indices into the flat B·T tokens
    labels: Tensor  # int64 (K,): the true tokens there

    def to(self, device: torch.device) -> Batch:
        """The batch on a device."""
        return Batch(*(t.to(device, non_blocking=True) for t in vars(self).values()))

    def pin(self) -> Batch:
        """The batch in memory that a GPU fetches without the CPU."""
        return Batch(*(t.pin_memory() for t in vars(self).values()))


def obstacle(config: ModernBertConfig) -> str | None:
    """Why `FastMaskedLM` would not give what ``transformers`` gives; None where it would."""
    if config.attention_bias or config.mlp_bias or config.norm_bias or config.classifier_bias:
        return "快速前向不支持线性层或归一化层的偏置：请将 attention_bias 等设为 false。"
    if config.attention_dropout or config.mlp_dropout or config.embedding_dropout:
        return "快速前向不支持 dropout：请将各 dropout 设为 0。"
    if config.hidden_activation not in _ACTIVATIONS or config.classifier_activation != "gelu":
        return f"快速前向只支持激活函数 {'、'.join(_ACTIVATIONS)}。"
    if not (config.decoder_bias and config.tie_word_embeddings):
        return "快速前向需要输出偏置，且输出层与嵌入共用权重。"
    return None


class FastMaskedLM:
    """Masked-LM loss and features from the parameters of a ``ModernBertForMaskedLM``.

    Parameters
    ----------
    config : the model's configuration. Dropout and biases of linear layers must be absent.
    dtype : of the GEMMs (bf16 in training, fp32 to compare).
    flex : attention by ``flex_attention``: on a GPU faster, on a CPU much slower.
    """

    separates = True  # tokens attend within their document only

    def __init__(
        self, config: ModernBertConfig, dtype: torch.dtype = torch.bfloat16, flex: bool = False
    ) -> None:
        if (reason := obstacle(config)) is not None:
            raise ValueError(reason)
        self.config = config
        self.dtype = dtype
        self.flex = flex
        self.heads = config.num_attention_heads
        self.head_size = config.hidden_size // config.num_attention_heads
        self.layer_types: list[str] = list(config.layer_types or [])
        self.theta: dict[str, float] = {
            str(kind): float(p["rope_theta"]) for kind, p in (config.rope_parameters or {}).items()
        }
        self.activation = _ACTIVATIONS[config.hidden_activation]
        self.window = config.local_attention // 2  # a token sees this many on each side

    def flops_per_token(self, length: int, masked_share: float, head: bool = True) -> float:
        """See the function of this name."""
        return flops_per_token(self.config, length, masked_share, head)

    def loss(self, weights: Mapping[str, Tensor], batch: Batch) -> Tensor:
        """Mean cross-entropy (nats) over the masked positions; a scalar."""
        return F.cross_entropy(self.logits(weights, batch).float(), batch.labels)

    def logits(self, weights: Mapping[str, Tensor], batch: Batch) -> Tensor:
        """(K, vocabulary) at the masked positions."""
        hidden = self.encode(weights, batch.input_ids, batch.documents, batch.positions)
        hidden = self._norm(hidden, weights["model.final_norm.weight"])
        hidden = F.linear(hidden, weights["head.dense.weight"].to(self.dtype))
        hidden = self._norm(F.gelu(hidden.float()), weights["head.norm.weight"])
        table = weights["model.embeddings.tok_embeddings.weight"].to(self.dtype)
        return F.linear(hidden, table, weights["decoder.bias"].to(self.dtype))

    def encode(
        self,
        weights: Mapping[str, Tensor],
        input_ids: Tensor,
        documents: Tensor,
        wanted: Tensor | None = None,
    ) -> Tensor:
        """fp32 residual stream (B·T, width) after the last layer, before the final norm.

        ``wanted`` (K,), flat and sorted, the same number in each row: only these places are needed,
        (K, width) is returned, and the last layer's queries and MLP run there alone.
        """
        rows, length = input_ids.shape
        x = F.embedding(input_ids.reshape(-1), weights["model.embeddings.tok_embeddings.weight"])
        x = self._norm(x, weights["model.embeddings.norm.weight"]).float()
        rotary = {kind: self._rotary(kind, length, x.device) for kind in set(self.layer_types)}
        masks = self._masks(documents)
        last = self.config.num_hidden_layers - 1
        for i, kind in enumerate(self.layer_types):
            prefix = f"model.layers.{i}."
            mask = masks[kind]
            local = isinstance(mask, Tensor) and mask.dim() == 5
            h = self._norm(x, weights[prefix + "attn_norm.weight"]) if i else x.to(self.dtype)
            qkv_weight = weights[prefix + "attn.Wqkv.weight"].to(self.dtype)
            if wanted is not None and i == last and isinstance(mask, Tensor) and not local:
                h = self._attend_wanted(h, qkv_weight, rotary[kind], mask, wanted)
                x = x[wanted]
            else:
                qkv = F.linear(h, qkv_weight).view(rows, length, 3, self.heads, self.head_size)
                attend = self._attend_blocks if local else self._attend
                h = attend(qkv, rotary[kind], mask).reshape(rows * length, -1)
                if wanted is not None and i == last:
                    h, x = h[wanted], x[wanted]
            x = x + F.linear(h, weights[prefix + "attn.Wo.weight"].to(self.dtype))
            x = x + self._mlp(x, weights, prefix)
        return x

    def _mlp(self, x: Tensor, weights: Mapping[str, Tensor], prefix: str) -> Tensor:
        h = self._norm(x, weights[prefix + "mlp_norm.weight"])
        value, gate = F.linear(h, weights[prefix + "mlp.Wi.weight"].to(self.dtype)).chunk(2, dim=-1)
        h = (self.activation(value.float()) * gate.float()).to(self.dtype)
        return F.linear(h, weights[prefix + "mlp.Wo.weight"].to(self.dtype))

    def _masks(self, documents: Tensor) -> dict[str, Any]:
        """Mask of each kind of layer: additive (five dimensions: by blocks), or flex_attention's."""
        if self.flex:
            return dict(flex_masks(documents, self.window))
        length = documents.shape[1]
        if length >= 4 * self.window:
            local = self._block_mask(documents)
        else:
            local = self._full_mask(documents, self.window if length > self.window + 1 else None)
        return {"full_attention": self._full_mask(documents, None), "sliding_attention": local}

    def features(self, weights: Mapping[str, Tensor], input_ids: Tensor, documents: Tensor) -> Tensor:
        """fp32 (B, T, width): the encoder's last hidden state, as ``AutoModel`` returns it."""
        x = self.encode(weights, input_ids, documents)
        x = self._norm(x, weights["model.final_norm.weight"]).float()
        return x.view(*input_ids.shape, -1)

    def _norm(self, x: Tensor, weight: Tensor) -> Tensor:
        return F.layer_norm(x.float(), (x.shape[-1],), weight, None, self.config.norm_eps).to(self.dtype)

    def _rotary(self, kind: str, length: int, device: torch.device) -> tuple[Tensor, Tensor]:
        """cos and sin (1, T, 1, head). Positions need no restart at documents: only distances count."""
        base = self.theta[kind]
        steps = torch.arange(0, self.head_size, 2, dtype=torch.float32, device=device)
        angles = torch.arange(length, device=device)[:, None] / base ** (steps / self.head_size)
        angles = torch.cat((angles, angles), dim=-1)[None, :, None, :]
        return angles.cos(), angles.sin()

    def _rotate(self, x: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
        cos, sin = rotary
        x = x.float()
        half = self.head_size // 2
        turned = torch.cat((-x[..., half:], x[..., :half]), dim=-1)
        return (x * cos + turned * sin).to(self.dtype)

    def _full_mask(self, documents: Tensor, window: int | None) -> Tensor:
        """(B, 1, T, T), 0 where attention is allowed."""
        allowed = documents[:, :, None] == documents[:, None, :]
        if window is not None:
            at = torch.arange(documents.shape[1], device=documents.device)
            allowed = allowed & ((at[:, None] - at[None, :]).abs() <= window)
        return torch.where(allowed, 0.0, _FORBIDDEN).to(self.dtype)[:, None]

    def _attend(self, qkv: Tensor, rotary: tuple[Tensor, Tensor], mask: Any) -> Tensor:
        q, k, v = qkv.unbind(dim=2)
        q = self._rotate(q, rotary).transpose(1, 2)
        k = self._rotate(k, rotary).transpose(1, 2)
        return self._mix(q, k, v.transpose(1, 2), mask).transpose(1, 2)

    def _attend_wanted(
        self, h: Tensor, weight: Tensor, rotary: tuple[Tensor, Tensor], mask: Tensor, wanted: Tensor
    ) -> Tensor:
        """(K, width): attention whose queries are the wanted places only."""
        rows, length = mask.shape[0], mask.shape[-1]
        width = h.shape[-1]
        cos, sin = rotary
        row, at = wanted // length, wanted % length
        q = F.linear(h[wanted], weight[:width]).view(-1, 1, self.heads, self.head_size)
        q = self._rotate(q, (cos[0, at, None], sin[0, at, None]))
        q = q.view(rows, -1, self.heads, self.head_size).transpose(1, 2)
        k, v = F.linear(h, weight[width:]).view(rows, length, 2, self.heads, self.head_size).unbind(dim=2)
        k = self._rotate(k, rotary).transpose(1, 2)
        seen = mask[row, 0, at].view(rows, 1, -1, length)
        return self._mix(q, k, v.transpose(1, 2), seen).transpose(1, 2).reshape(-1, width)

    def _mix(self, q: Tensor, k: Tensor, v: Tensor, mask: Any) -> Tensor:
        if self.flex:
            return flex_attend(q, k, v, mask)
        scores = torch.matmul(q, k.transpose(-1, -2)).float() * self.head_size**-0.5 + mask
        return torch.matmul(torch.softmax(scores, dim=-1).to(self.dtype), v)

    def _blocks_of_keys(self, x: Tensor) -> Tensor:
        """(B, n, block, ...) → (B, n, 3·block, ...): each block with its two neighbours (zeros outside)."""
        empty = torch.zeros_like(x[:, :1])
        before = torch.cat((empty, x[:, :-1]), dim=1)
        after = torch.cat((x[:, 1:], empty), dim=1)
        return torch.cat((before, x, after), dim=2)

    def _block_mask(self, documents: Tensor) -> Tensor:
        """(B, n, 1, block, 3·block), 0 where a local layer may attend."""
        rows, length = documents.shape
        size = self.window
        if length % size:
            raise ValueError(f"长序列须为窗口 {size} 的整数倍，得到 {length}。")
        queries = documents.view(rows, length // size, size)
        keys = self._blocks_of_keys(queries + 1) - 1  # outside: -1, no document
        at = torch.arange(size, device=documents.device)[:, None]
        near = (torch.arange(3 * size, device=documents.device)[None, :] - size - at).abs() <= size
        allowed = (queries[..., :, None] == keys[..., None, :]) & near
        return torch.where(allowed, 0.0, _FORBIDDEN).to(self.dtype)[:, :, None]

    def _attend_blocks(self, qkv: Tensor, rotary: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:
        rows, length = qkv.shape[:2]
        q, k, v = qkv.unbind(dim=2)
        shape = (rows, length // self.window, self.window, self.heads, self.head_size)
        q = self._rotate(q, rotary).view(shape).transpose(2, 3)
        k = self._blocks_of_keys(self._rotate(k, rotary).view(shape)).transpose(2, 3)
        v = self._blocks_of_keys(v.reshape(shape)).transpose(2, 3)
        return self._mix(q, k, v, mask).transpose(2, 3).reshape(rows, length, self.heads, self.head_size)


def flops_per_token(config: ModernBertConfig, length: int, masked_share: float, head: bool = True) -> float:
    """Floating-point operations of one training token (forward and backward; a multiply-add is two).

    Counts the GEMMs and the scores that are needed: a local layer's window, not its padding; the last
    layer's queries and MLP on the masked share only.
    """
    width, inner = config.hidden_size, config.intermediate_size
    per_query = 2 * width * width + 3 * inner * width
    per_key = 2 * width * width
    total = masked_share * (width * width + config.vocab_size * width) if head else 0.0
    local = min(length, config.local_attention)
    for i, kind in enumerate(config.layer_types or []):
        share = masked_share if i == config.num_hidden_layers - 1 else 1.0
        scores = 2 * width * (length if kind == "full_attention" else local)
        total += per_key + share * (per_query + scores)
    return 6.0 * total
