"""Documents → stored tokens: a numpy table for our character vocabulary, ``tokenizers`` for any other."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from tokenizers import Tokenizer
from transformers import AutoTokenizer

from train._pretraining.data import WORD_START
from train._pretraining.reading import Document
from train._pretraining.special_tokens import read_vocabulary
from train._pretraining.vocabulary import SPECIAL, CharacterTable, build_tokenizer, normalise


class Paragraphs(Protocol):
    """A way from paragraphs to ids."""

    def __call__(self, paragraphs: Sequence[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Ids of each paragraph without special tokens, and which of them begin a word (bool)."""


class Encoder:
    """Documents → stored tokens. Made once in each worker."""

    def __init__(self, tokenizer_folder: Path, words: str) -> None:
        tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
        self.vocabulary = read_vocabulary(tokenizer)
        plain = Tokenizer.from_file(str(tokenizer_folder / "tokenizer.json"))
        own = is_character_tokenizer(plain)
        self.paragraphs: Paragraphs = (
            CharacterParagraphs(tokenizer_folder, words) if own else TokenizerParagraphs(plain, words)
        )

    def encode(self, document: Document) -> np.ndarray:
        """uint16 tokens of one document: [CLS] paragraph [SEP] paragraph [SEP] ..."""
        parts = [np.array([self.vocabulary.cls | WORD_START], dtype=np.uint16)]
        end = np.array([self.vocabulary.sep | WORD_START], dtype=np.uint16)
        for ids, starts in self.paragraphs(document.paragraphs):
            if len(ids) == 0:
                continue
            parts.append(ids.astype(np.uint16) | np.where(starts, WORD_START, 0).astype(np.uint16))
            parts.append(end)
        return np.concatenate(parts)


class CharacterParagraphs:
    """Our own character vocabulary, by a table over code points."""

    def __init__(self, tokenizer_folder: Path, words: str) -> None:
        self.characters = CharacterTable(tokenizer_folder)
        self.words = words

    def __call__(self, paragraphs: Sequence[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """See `Paragraphs`."""
        for paragraph in paragraphs:
            text = normalise(paragraph)
            ids, kept = self.characters.encode(text)
            yield ids, word_starts(text, self.words)[kept]


class TokenizerParagraphs:
    """Any other fast tokenizer; its offsets tell which token begins a word of the text."""

    def __init__(self, tokenizer: Tokenizer, words: str) -> None:
        # Workers are processes already; threads of theirs would only contend.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        tokenizer.no_truncation()
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True  # "[SEP]" written in a text is text
        self.tokenizer, self.words = tokenizer, words

    def __call__(self, paragraphs: Sequence[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """See `Paragraphs`."""
        encoded = self.tokenizer.encode_batch(list(paragraphs), add_special_tokens=False)
        for text, found in zip(paragraphs, encoded, strict=True):
            ids = np.array(found.ids, dtype=np.int32)
            if self.words == "none" or not len(ids):
                yield ids, np.ones(len(ids), dtype=bool)
                continue
            first = np.array([start for start, _ in found.offsets])
            # Of several tokens of one character (bytes) only the first can begin a word.
            moved = np.diff(first, prepend=-1) != 0
            yield ids, np.append(word_starts(text, self.words), False)[first] & moved


def is_character_tokenizer(tokenizer: Tokenizer) -> bool:
    """Whether the table gives what this tokenizer gives: the very pipeline of ``build_tokenizer``."""
    parts = ("normalizer", "pre_tokenizer")
    found, ours = (
        json.loads(tokenizer.to_str()),
        json.loads(build_tokenizer([], 1).backend_tokenizer.to_str()),
    )
    model = found["model"]
    if any(found[part] != ours[part] for part in parts) or model["type"] != "BPE" or model["merges"]:
        return False
    vocabulary = tokenizer.get_vocab()
    special = {token: i for i, token in enumerate(SPECIAL)}
    rest = vocabulary.keys() - special.keys()
    return all(vocabulary.get(t) == i for t, i in special.items()) and all(len(t) == 1 for t in rest)


def word_starts(text: str, words: str) -> np.ndarray:
    """bool, by character: where a word of jieba begins; everywhere if ``words`` is "none"."""
    if words == "none":
        return np.ones(len(text), dtype=bool)
    import jieba  # optional dependency; its dictionary takes a second to load

    jieba.setLogLevel(60)
    starts = np.zeros(len(text), dtype=bool)
    at = 0
    for word in jieba.cut(text, HMM=False):
        starts[at] = True
        at += len(word)
    return starts
