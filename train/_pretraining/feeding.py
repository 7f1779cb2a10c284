"""Batches of a run: a function of the place in it, so that the next ones can be made ahead in a thread.

Rows of 131,072 tokens take 12 ms of one core (measured, ``configs/pretrain/small.yaml``), a good part of
what a GPU needs for the step; made ahead they cost nothing. On a CPU they do not matter, and the thread
would only disturb.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch

from train._pretraining.data import Rows, document_numbers
from train._pretraining.fast_model import Batch
from train._pretraining.masking import Masking
from train._pretraining.processes import Group
from train._pretraining.special_tokens import Vocabulary


@dataclass(frozen=True)
class Place:
    """What the batches of a step depend on, besides the settings."""

    step: int
    length: int  # tokens a row
    first_row: int  # in the order of rows of this length


class Feed:
    """Makes the micro-batches of this process.

    All processes draw and mask the whole global batch and keep their part, so that the batch does not
    depend on their number.

    Parameters
    ----------
    rows : order of rows, by length.
    tokens, micro_tokens : of a step over all processes, and of one forward pass of one process.
    ahead : make the next step's batches in a thread, in memory from which a GPU can fetch them.
    """

    def __init__(
        self,
        rows: dict[int, Rows],
        masking: Masking,
        vocabulary: Vocabulary,
        seed: int,
        tokens: int,
        micro_tokens: int,
        group: Group,
        ahead: bool,
    ) -> None:
        self.rows, self.masking, self.vocabulary, self.seed = rows, masking, vocabulary, seed
        self.tokens, self.micro_tokens, self.group = tokens, micro_tokens, group
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="batches") if ahead else None
        self._waiting: tuple[Place, Future[list[Batch]]] | None = None

    def batches(self, place: Place, following: Place) -> list[Batch]:
        """Those of this step; ``following`` is where the run will probably be next."""
        if self._pool is None:
            return self.make(place)
        if self._waiting is not None and self._waiting[0] == place:
            made = self._waiting[1].result()
        else:
            made = self._pool.submit(self.make, place).result()
        self._waiting = (following, self._pool.submit(self.make, following))
        return made

    def make(self, place: Place) -> list[Batch]:
        """Draw, mask, cut."""
        count = self.tokens // place.length
        rows = self.rows[place.length].take(np.arange(place.first_row, place.first_row + count))
        rng = np.random.default_rng([self.seed, place.step])
        ids, places, labels = self.masking.apply(rows, self.vocabulary, rng)
        documents = document_numbers(ids_of(rows), self.vocabulary.cls)
        micro, mine = self.micro_tokens // place.length, count // self.group.size
        out = []
        for at in range(self.group.rank * mine, (self.group.rank + 1) * mine, micro):
            part = slice(at, at + micro)
            batch = make_batch(ids[part], documents[part], places[part], labels[part])
            out.append(batch.pin() if self._pool is not None and torch.cuda.is_available() else batch)
        return out


def ids_of(rows: np.ndarray) -> np.ndarray:
    """Token ids without the word marks."""
    return rows & 0x7FFF


def make_batch(ids: np.ndarray, documents: np.ndarray, places: np.ndarray, labels: np.ndarray) -> Batch:
    """Arrays by row → tensors with flat positions."""
    flat = places + np.arange(len(ids))[:, None] * ids.shape[1]
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(documents),
        torch.from_numpy(flat.ravel()),
        torch.from_numpy(labels.ravel()),
    )
