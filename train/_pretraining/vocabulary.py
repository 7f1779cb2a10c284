"""Character vocabulary: one normalisation, written once for the tokenizer and once for numpy.

Both ways give the same ids (pinned by a test): ``tokenizers`` for use (keeps offsets into the
original text), a numpy table for the corpus (some twenty times faster).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

PAD, UNK, CLS, SEP, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
SPECIAL = [PAD, UNK, CLS, SEP, MASK, *(f"[unused{i}]" for i in range(1, 12))]
PAD_ID, UNK_ID, CLS_ID, SEP_ID, MASK_ID = range(5)
FIRST_CHARACTER_ID = len(SPECIAL)
_DROPPED = -1  # table entry of white space


def normalise(text: str) -> str:
    """NFKC (full width → half width) and lower case; white space is dropped later."""
    return unicodedata.normalize("NFKC", text).lower()


def choose_characters(counts: Counter[str], size: int, min_count: int) -> list[str]:
    """The most frequent characters, at most ``size - len(SPECIAL)``; ties in code-point order."""
    kept = [(c, n) for c, n in counts.items() if n >= min_count and not c.isspace() and c.isprintable()]
    kept.sort(key=lambda item: (-item[1], item[0]))
    return [c for c, _ in kept[: size - FIRST_CHARACTER_ID]]


def build_tokenizer(characters: list[str], max_length: int) -> PreTrainedTokenizerFast:
    """A standard fast tokenizer: NFKC, lower case, white space dropped, one token a character.

    A BPE model without merges splits into characters natively; a regular expression would be slower.
    """
    vocabulary = {token: i for i, token in enumerate([*SPECIAL, *characters])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token=UNK, fuse_unk=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{CLS} $A {SEP}",
        pair=f"{CLS} $A {SEP} $B:1 {SEP}:1",
        special_tokens=[(CLS, CLS_ID), (SEP, SEP_ID)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        unk_token=UNK,
        cls_token=CLS,
        sep_token=SEP,
        mask_token=MASK,
        model_max_length=max_length,
        clean_up_tokenization_spaces=False,
        model_input_names=["input_ids", "attention_mask"],
    )


class CharacterTable:
    """Ids of characters by code point, for whole paragraphs at once."""

    def __init__(self, tokenizer_folder: Path) -> None:
        vocabulary = Tokenizer.from_file(str(tokenizer_folder / "tokenizer.json")).get_vocab()
        self.table = np.full(0x110000, UNK_ID, dtype=np.int32)
        for token, i in vocabulary.items():
            if len(token) == 1:
                self.table[ord(token)] = i
        for code in (*range(0x3000), 0x3000):
            if chr(code).isspace():
                self.table[code] = _DROPPED
        self.size = len(vocabulary)

    def encode(self, normalised: str) -> tuple[np.ndarray, np.ndarray]:
        """Ids (int32) of the characters that are not white space, and which ones those are (bool)."""
        codes = np.frombuffer(normalised.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        ids = self.table[codes]
        kept = ids != _DROPPED
        return ids[kept], kept
