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


class Collator:
    """Pads a batch to its longest row."""

    def __init__(self, pad_id: int) -> None:
        """Pad with `pad_id`."""
        self._pad_id = pad_id

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
            "input_ids": tokens,
            "attention_mask": mask,
            "labels": torch.stack([torch.as_tensor(row["labels"]) for row in rows]),
            "weights": torch.as_tensor([row["weights"] for row in rows], dtype=torch.float32),
        }
