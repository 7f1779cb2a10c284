"""The special ids of our own kind of tokenizer, at any size."""

from __future__ import annotations

from functools import lru_cache

from train._pretraining.special_tokens import Vocabulary, read_vocabulary
from train._pretraining.vocabulary import FIRST_CHARACTER_ID, build_tokenizer


@lru_cache
def own_vocabulary(size: int) -> Vocabulary:
    """Read from a tokenizer of ``size`` tokens, as a run does."""
    characters = [chr(0x4E00 + i) for i in range(size - FIRST_CHARACTER_ID)]
    return read_vocabulary(build_tokenizer(characters, 64))
