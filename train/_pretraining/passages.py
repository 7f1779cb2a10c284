"""Neighbouring passages: a second loss that brings together what stands together in a text.

Two passages of one text are to be more alike, by the mean of their last hidden states, than passages of
different texts in the batch (inverse cloze, Lee et al. 2019; beside masked-LM as in DeCLUTR, Giorgi et al.
2021). Masked-LM alone hardly shapes that mean, which a classifier reads; measured in docs/pretraining.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from train._pretraining.config import ConfigError
from train._pretraining.feeding import ids_of
from train._pretraining.shards import Source
from train._pretraining.special_tokens import Vocabulary

TRIES = 1000
"""Spans looked at for one pair before a corpus counts as one without texts long enough."""


@dataclass(frozen=True)
class PassageSettings:
    """How pairs of passages are drawn; off unless ``weight`` is set."""

    weight: float = 0.0  # of this loss beside 1 for masked-LM
    batches: int = 2  # of a step, over all processes
    pairs: int = 128  # of a batch: each has the others as negatives
    length: int = 128  # tokens of both passages of a pair
    shortest: int = 20  # tokens of a passage
    gap: int = 64  # tokens between the passages, at most
    temperature: float = 0.05

    def share(self, processes: int) -> int:
        """Batches of one process.

        Raises
        ------
        ConfigError : they do not divide evenly among the processes.
        """
        share, rest = divmod(self.batches, processes)
        if rest:
            raise ConfigError(
                f"passages.batches（{self.batches}）须能在 {processes} 个进程间均分。请改配置。"
            )
        return share


@dataclass(frozen=True)
class PassageBatch:
    """Pairs, one a row: ``[CLS]`` first ``[CLS]`` second, padding."""

    input_ids: Tensor  # int64 (pairs, length)
    documents: Tensor  # int32 (pairs, length): 1 the first passage, 2 the second, 0 padding


class PassagePairs:
    """Draws batches of pairs; each is a function of (seed, step, number).

    A batch comes from one source, or telling sources apart would be most of the task. Sources are drawn by
    the root of their share of the corpus (weight × tokens), so that small ones of the domain count.
    """

    def __init__(
        self, sources: Sequence[Source], settings: PassageSettings, seed: int, vocabulary: Vocabulary
    ) -> None:
        self.settings, self.seed, self.vocabulary = settings, seed, vocabulary
        span = settings.length + settings.gap
        self.sources = [s for s in sources if s.weight > 0 and len(s.tokens) > 2 * span]
        if not self.sources:
            raise ConfigError(f"分片太短：没有一个来源达到 {2 * span} 字。请加语料或缩短 passages.length。")
        shares = np.sqrt([s.weight * len(s.tokens) for s in self.sources])
        self.shares = shares / shares.sum()

    def take(self, step: int, number: int) -> PassageBatch:
        """Batch ``number`` of this step."""
        settings = self.settings
        rng = np.random.default_rng([self.seed, step, number])
        source = self.sources[rng.choice(len(self.sources), p=self.shares)]
        ids = np.full((settings.pairs, settings.length), self.vocabulary.pad, dtype=np.int64)
        documents = np.zeros(ids.shape, dtype=np.int32)
        cls = self.vocabulary.cls
        for row in range(settings.pairs):
            first, second = self._pair(source, rng)
            both = np.concatenate(([cls], first, [cls], second))
            ids[row, : len(both)] = both
            documents[row, : len(both)] = np.repeat([1, 2], [len(first) + 1, len(second) + 1])
        return PassageBatch(torch.from_numpy(ids), torch.from_numpy(documents))

    def _pair(self, source: Source, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Two passages of one text, in its order, together at most ``length`` - 2 tokens."""
        settings = self.settings
        room = settings.length - 2
        for _ in range(TRIES):
            start = int(rng.integers(len(source.tokens) - room - settings.gap))
            text = self._longest_text(ids_of(source.tokens[start : start + room + settings.gap]))
            gap = min(int(rng.integers(settings.gap + 1)), len(text) - 2 * settings.shortest)
            if gap < 0:
                continue
            both = min(room, len(text) - gap)
            cut = int(rng.integers(settings.shortest, both - settings.shortest + 1))
            return text[:cut], text[cut + gap : both + gap]
        raise ConfigError(
            f"来源 {source.name} 中找不到长于 {2 * settings.shortest} 字的文本。请将其权重设为 0。"
        )

    def _longest_text(self, ids: np.ndarray) -> np.ndarray:
        """The longest part of a span that lies in one text, without the marks between paragraphs."""
        cls, sep = self.vocabulary.cls, self.vocabulary.sep
        longest = max(np.split(ids, np.flatnonzero(ids == cls)), key=len)
        return longest[(longest != cls) & (longest != sep)]


def passage_loss(states: Tensor, documents: Tensor, temperature: float) -> Tensor:
    """Mean cross-entropy (nats) of finding the other passage of the pair, both ways; a scalar.

    ``states`` (pairs, length, width), ``documents`` (pairs, length) as in `PassageBatch`.
    """
    first, second = (_mean(states, documents == number) for number in (1, 2))
    scores = first @ second.T / temperature
    right = torch.arange(len(scores), device=scores.device)
    return (F.cross_entropy(scores, right) + F.cross_entropy(scores.T, right)) / 2


def _mean(states: Tensor, where: Tensor) -> Tensor:
    """Mean of the states at these places, of length 1; (pairs, width)."""
    return F.normalize((states * where[..., None]).sum(1), dim=-1)
