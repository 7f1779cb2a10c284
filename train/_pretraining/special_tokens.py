"""What pretraining must know of a tokenizer: its special ids, and which tokens may be hidden or drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from transformers import PreTrainedTokenizerBase

from train._pretraining.config import ConfigError
from train._pretraining.data import WORD_START

_UNUSED = re.compile(r"\[unused\d+\]")  # places that BERT's vocabularies keep free


@dataclass(frozen=True)
class Vocabulary:
    """Ids of one tokenizer; ``cls`` begins a document, ``sep`` ends a paragraph."""

    size: int
    cls: int
    sep: int
    pad: int
    mask: int
    reserved: frozenset[int]  # never hidden, never drawn as noise: special tokens and unused places

    @cached_property
    def is_reserved(self) -> np.ndarray:
        """bool, by id."""
        table = np.zeros(WORD_START, dtype=bool)
        table[sorted(self.reserved)] = True
        return table

    @cached_property
    def ordinary(self) -> np.ndarray:
        """int64: all other ids, ascending."""
        return np.setdiff1d(np.arange(self.size), np.fromiter(self.reserved, np.int64, len(self.reserved)))


def read_vocabulary(tokenizer: PreTrainedTokenizerBase) -> Vocabulary:
    """The special ids of any tokenizer of a masked-LM.

    Raises
    ------
    ConfigError : a special token is missing, or the ids do not fit beside the word mark of a shard.
    """
    if len(tokenizer) > WORD_START:
        raise ConfigError(
            f"分片以 16 位存一个字，最高位记词首，故词表至多 {WORD_START} 个；"
            f"此分词器有 {len(tokenizer)} 个。请换用词表较小的模型（中文 BERT 一类为 21128 个）。"
        )
    names = ("cls", "sep", "pad", "mask")
    ids: dict[str, int | None] = {name: getattr(tokenizer, f"{name}_token_id") for name in names}
    found = {name: i for name, i in ids.items() if i is not None}
    if missing := [name for name in names if name not in found]:
        raise ConfigError(
            f"分词器缺少特殊标记 {'、'.join(missing)}：掩码语言模型需要 cls、sep、pad、mask。请换用别的模型。"
        )
    unused = _unused(tokenizer.get_vocab().items())
    return Vocabulary(size=len(tokenizer), reserved=frozenset([*tokenizer.all_special_ids, *unused]), **found)


def _unused(vocabulary: Iterable[tuple[str, int]]) -> list[int]:
    return [i for token, i in vocabulary if _UNUSED.fullmatch(token)]
