"""Batches of like length under a token budget, so that hardly a position is padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Sampler


class TokenBudgetSampler(Sampler[list[int]]):
    """Indices in batches of at most `budget` tokens, padding included; another order every epoch."""

    def __init__(self, lengths: Sequence[int], budget: int, seed: int) -> None:
        """Take the lengths of all rows in tokens."""
        self._lengths, self._budget, self._seed = list(lengths), budget, seed
        self._epoch = 0
        self._count = len(self._batches(np.random.default_rng(seed)))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[list[int]]:
        rng = np.random.default_rng((self._seed, self._epoch))
        self._epoch += 1
        found = self._batches(rng)
        # Every epoch gives the same number of steps, or schedules would not fit.
        yield from (
            found[i % len(found)] for i in rng.permutation(max(len(found), self._count))[: self._count]
        )

    def _batches(self, rng: np.random.Generator) -> list[list[int]]:
        jitter = rng.uniform(0, 4, len(self._lengths))
        order = sorted(range(len(self._lengths)), key=lambda i: self._lengths[i] + jitter[i])
        out: list[list[int]] = [[]]
        longest = 0
        for index in order:
            longest = max(longest, self._lengths[index])
            if out[-1] and (len(out[-1]) + 1) * longest > self._budget:
                out.append([])
                longest = self._lengths[index]
            out[-1].append(index)
        return out


class Hiding:
    """Hides a share of the tokens, so that no text is learnt by heart."""

    def __init__(self, share: float, mask_id: int, special_ids: Sequence[int], seed: int) -> None:
        """Replace `share` of the tokens that are not special by `mask_id`."""
        self._share, self._mask_id = share, mask_id
        self._special = torch.tensor(list(special_ids))
        self._generator = torch.Generator().manual_seed(seed)

    def __call__(self, tokens: Tensor, attention_mask: Tensor) -> Tensor:
        """`tokens` with some hidden."""
        chosen = torch.rand(tokens.shape, generator=self._generator) < self._share
        chosen &= attention_mask.bool() & ~torch.isin(tokens, self._special)
        return tokens.masked_fill(chosen, self._mask_id)


class Collator:
    """Pads a batch to its longest row."""

    def __init__(self, pad_id: int, hiding: Hiding | None = None) -> None:
        """Pad with `pad_id`; hide tokens as `hiding` says."""
        self._pad_id, self._hiding = pad_id, hiding

    def __call__(self, rows: Sequence[dict[str, object]]) -> dict[str, Tensor]:
        """Tensors `input_ids`, `attention_mask`, `labels` (soft targets), `weights`."""
        ids = [torch.as_tensor(row["input_ids"]) for row in rows]
        width = max(len(i) for i in ids)
        tokens = torch.full((len(ids), width), self._pad_id)
        mask = torch.zeros((len(ids), width), dtype=torch.long)
        for row, own in enumerate(ids):
            tokens[row, : len(own)] = own
            mask[row, : len(own)] = 1
        return {
            "input_ids": self._hiding(tokens, mask) if self._hiding else tokens,
            "attention_mask": mask,
            "labels": torch.stack([torch.as_tensor(row["labels"]) for row in rows]),
            "weights": torch.as_tensor([row["weights"] for row in rows], dtype=torch.float32),
        }
