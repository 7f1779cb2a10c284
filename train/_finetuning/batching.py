"""Batches of like length under a token budget, so that hardly a position is padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Sampler


class TokenBudgetSampler(Sampler[list[int]]):
    """Indices in batches of at most `budget` tokens, padding included; another order every epoch."""

    def __init__(self, lengths: Sequence[int], budget: int, seed: int) -> None:
        """Take the lengths of all rows in tokens."""
        self._lengths, self._budget, self._seed = list(lengths), budget, seed
        self.epoch = 0
        self._count = len(self._batches(np.random.default_rng(seed)))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[list[int]]:
        rng = np.random.default_rng((self._seed, self.epoch))
        self.epoch += 1
        found = self._batches(rng)
        # Every epoch gives the same number of steps, or schedules would not fit.
        yield from (
            found[i % len(found)] for i in rng.permutation(max(len(found), self._count))[: self._count]
        )

    def set_epoch(self, epoch: int) -> None:
        """Go on with this epoch."""
        self.epoch = epoch

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


@dataclass(frozen=True)
class Draw:
    """A row of the training data in one epoch."""

    index: int
    epoch: int
    counts: bool = True
    """False: stands in where a process has no row of a batch; its weight is 0."""


class ProcessShare(Sampler[list[Draw]]):
    """The part of each batch that one of several processes does: their number does not change the batches."""

    def __init__(self, batches: TokenBudgetSampler, rank: int, size: int) -> None:
        """Every `size`-th row from `rank` on, so that each process has rows of like lengths."""
        self.batch_sampler, self._rank, self._size = batches, rank, size

    def __len__(self) -> int:
        return len(self.batch_sampler)

    def __iter__(self) -> Iterator[list[Draw]]:
        epoch = self.batch_sampler.epoch
        for batch in self.batch_sampler:
            mine = batch[self._rank :: self._size]
            yield [Draw(i, epoch) for i in mine] or [Draw(batch[0], epoch, counts=False)]

    def set_epoch(self, epoch: int) -> None:
        """Go on with this epoch: called by `Trainer`, here or on the batches, where it resumes."""
        self.batch_sampler.set_epoch(epoch)


class Hiding:
    """Hides a share of the tokens, so that no text is learnt by heart; row and epoch decide which."""

    def __init__(self, share: float, mask_id: int, special_ids: Sequence[int], seed: int) -> None:
        """Replace `share` of the tokens that are not special by `mask_id`."""
        self._share, self._mask_id, self._seed = share, mask_id, seed
        self._special = np.array(list(special_ids))

    def __call__(self, ids: Sequence[int], draw: Draw) -> list[int]:
        """`ids` with some hidden."""
        rng = np.random.default_rng((self._seed, draw.epoch, draw.index))
        chosen = (rng.random(len(ids)) < self._share) & ~np.isin(ids, self._special)
        hidden: list[int] = np.where(chosen, self._mask_id, ids).tolist()
        return hidden


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
