"""Masked-LM forward of any body: the one ``transformers`` has, with what pretraining needs around it.

Matrix products in bf16 (autocast), no dropout (a step stays a function of seed and place), attention within
documents where the architecture takes a mask of its own, the head on the masked places where it can be told
apart from the body. Positions run along the row, also over the border of two documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cached_property

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import PreTrainedModel

from train._pretraining.config import ConfigError
from train._pretraining.fast_model import Batch
from train._pretraining.model import table_names

_HEADS = {
    "bert": "cls",
    "ernie": "cls",
    "megatron-bert": "cls",
    "roberta": "lm_head",
    "xlm-roberta": "lm_head",
    "camembert": "lm_head",
}
"""Model types whose logits are this part of the model on the last hidden states."""


class StandardMaskedLM:
    """Masked-LM loss and features of a model; like `FastMaskedLM`, for every architecture.

    Parameters
    ----------
    model : any masked-LM; put into evaluation mode. ``weights`` of the methods must be its own parameters.
    dtype : of the matrix products (bf16 in training, fp32 to compare).

    Attributes
    ----------
    separates : whether tokens attend within their document only. Tried out once, on eight tokens: some
        architectures refuse a mask of four dimensions, some read it otherwise.
    """

    def __init__(self, model: PreTrainedModel, dtype: torch.dtype = torch.bfloat16) -> None:
        self.model, self.dtype = model.eval(), dtype
        if model.device.type == "cpu":
            # scaled_dot_product_attention trained 3,500 tokens per CPU second where this trains 4,500.
            model.set_attn_implementation("eager")
        self.body: nn.Module = model.base_model
        if self.body is model:
            raise ConfigError(
                f"{type(model).__name__} 分不出编码器与输出头，不能用来预训练。请换用别的模型。"
            )
        self.head: nn.Module | None = getattr(model, _HEADS.get(model.config.model_type, ""), None)
        self.windows = "sliding_attention" in (getattr(model.config, "layer_types", None) or [])
        self.separates = True
        self.separates = self._separates()

    def loss(self, weights: Mapping[str, Tensor], batch: Batch) -> Tensor:
        """Mean cross-entropy (nats) over the masked positions; a scalar."""
        return F.cross_entropy(self.logits(weights, batch).float(), batch.labels)

    def logits(self, weights: Mapping[str, Tensor], batch: Batch) -> Tensor:
        """(K, vocabulary) at the masked positions."""
        ids = batch.input_ids
        with self._precision(ids):
            if self.head is None:
                logits = self.model(input_ids=ids, attention_mask=self._mask(batch.documents)).logits
                return logits.flatten(0, 1)[batch.positions]
            return self.head(self._states(ids, batch.documents).flatten(0, 1)[batch.positions])

    def features(self, weights: Mapping[str, Tensor], input_ids: Tensor, documents: Tensor) -> Tensor:
        """fp32 (B, T, width): the encoder's last hidden state, as ``AutoModel`` returns it."""
        with self._precision(input_ids):
            return self._states(input_ids, documents).float()

    def flops_per_token(self, length: int, masked_share: float, head: bool = True) -> float:
        """Operations of one training token: 6 for each parameter of a matrix, scores not counted.

        Tables that are only looked up do not count; the head counts for the masked share where it runs there.
        """
        of_body, of_head = self._matrix_numbers
        share = (masked_share if self.head is not None else 1.0) if head else 0.0
        return 6.0 * (of_body + share * of_head)

    @cached_property
    def _matrix_numbers(self) -> tuple[int, int]:
        """Parameters of the matrices of body and head: asked in every step."""
        tables, output = table_names(self.model), self.model.get_output_embeddings()
        matrices = {
            id(p): p.numel() for n, p in self.model.named_parameters() if p.ndim == 2 and n not in tables
        }
        of_body = sum(matrices.get(id(p), 0) for p in self.body.parameters())
        of_output = output.weight.numel() if output is not None else 0
        return of_body, sum(matrices.values()) - of_body + of_output

    def _precision(self, ids: Tensor) -> AbstractContextManager[object]:
        coarse = self.dtype != torch.float32
        return torch.autocast(ids.device.type, dtype=self.dtype if coarse else torch.bfloat16, enabled=coarse)

    def _states(self, ids: Tensor, documents: Tensor) -> Tensor:
        states: Tensor = self.body(input_ids=ids, attention_mask=self._mask(documents)).last_hidden_state
        return states

    def _mask(self, documents: Tensor) -> Tensor | dict[str, Tensor]:
        """(B, 1, T, T), 0 where attention is allowed, by kind of layer; (B, T) where that cannot be had."""
        if not self.separates:
            return (documents != 0).long()
        allowed = (documents[:, :, None] == documents[:, None, :])[:, None]
        if not self.windows:
            return self._additive(allowed)
        at = torch.arange(documents.shape[1], device=documents.device)
        near = (at[:, None] - at[None, :]).abs() <= self.model.config.local_attention // 2
        return {
            "full_attention": self._additive(allowed),
            "sliding_attention": self._additive(allowed & near),
        }

    def _additive(self, allowed: Tensor) -> Tensor:
        lowest = torch.finfo(self.dtype).min
        return torch.zeros(allowed.shape, dtype=self.dtype, device=allowed.device).masked_fill(
            ~allowed, lowest
        )

    @torch.no_grad()
    def _separates(self) -> bool:
        """Whether another second half leaves the states of the first half alone."""
        device = self.model.device
        size = int(self.model.config.vocab_size)
        ids = (torch.arange(8, device=device) + size // 2)[None]
        other = torch.where(torch.arange(8, device=device) < 4, ids, ids - size // 4)
        documents = torch.tensor([[1] * 4 + [2] * 4], device=device, dtype=torch.int32)
        try:
            first, second = (self.features({}, x, documents)[:, :4] for x in (ids, other))
        except (RuntimeError, ValueError, TypeError, IndexError, AttributeError):
            return False
        return bool(torch.equal(first, second))


def learned_positions(model: PreTrainedModel) -> int | None:
    """Places that a table of learned positions has for tokens; None without one (rotary, relative)."""
    for name, module in model.named_modules():
        if name.endswith("position_embeddings") and isinstance(module, nn.Embedding):
            first = 0 if module.padding_idx is None else module.padding_idx + 1  # RoBERTa counts from there
            return module.num_embeddings - first
    return None
