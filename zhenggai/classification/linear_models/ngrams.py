"""Character n-grams as numbers: one to four UTF-16 units packed into 64 bits, looked up by binary search.

No dictionary is read from a file and no Python loop runs over characters, so a model with a hundred
thousand features loads in milliseconds. Weighting is that of scikit-learn's `TfidfVectorizer(analyzer="char",
ngram_range=(1, 4), sublinear_tf=True)`: (1 + ln tf) · idf, L2-normalised per field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 4
"""Characters in the longest n-gram: 4 × 16 bits fill the 64 of a code."""

_MARK = 2
"""Bytes of the mark of the byte order. Without one (utf-16-le) Python would import a codec for the same."""

Codes = NDArray[np.uint64]
Floats = NDArray[np.float32]


def ngram_codes(text: str) -> Codes:
    """Codes of all n-grams of 1 to `LONGEST` characters of `text` in lower case, with repetitions."""
    return ngrams_of([text])[0]


def ngrams_of(texts: Sequence[str]) -> tuple[Codes, NDArray[np.int64]]:
    """The same of several texts, and to which text each code belongs; both of shape (n-grams,)."""
    parts = [text.lower().encode("utf-16")[_MARK:] for text in texts]
    units = np.frombuffer(b"".join(parts), dtype=np.uint16).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts)), [len(part) // 2 for part in parts])
    codes, of = [units], [owners]
    grown = units
    for n in range(2, LONGEST + 1):
        # The next longer n-grams: the last ones without their final position, with one more unit behind.
        grown = (grown[:-1] << np.uint64(16)) | units[n - 1 :]
        within = owners[: len(grown)] == owners[n - 1 :]
        codes.append(grown[within])
        of.append(owners[: len(grown)][within])
    return np.concatenate(codes), np.concatenate(of)


@dataclass(frozen=True, slots=True)
class Features:
    """TF-IDF of some texts, one after the other."""

    indices: NDArray[np.int64]
    """In the vocabulary, ascending within a text, shape (k,)."""
    values: Floats
    """L2-normalised per text, shape (k,)."""
    ends: NDArray[np.int64]
    """The features of text i are those from `ends[i]` to `ends[i + 1]`, shape (texts + 1,)."""


@dataclass(frozen=True)
class Vocabulary:
    """The n-grams of one field that a model knows."""

    codes: Codes
    """Sorted, shape (features,)."""
    idf: Floats
    """Inverse document frequency of each, shape (features,)."""

    def encode(self, text: str) -> tuple[NDArray[np.int64], Floats]:
        """Indices and values of the features of `text`: L2-normalised TF-IDF, both of shape (k,)."""
        found = self.encode_all([text])
        return found.indices, found.values

    def encode_all(self, texts: Sequence[str]) -> Features:
        """The features of `texts`; those of a text do not depend on the others, to the last bit."""
        size = len(self.codes)
        if not size:
            return Features(*_NOTHING, np.zeros(len(texts) + 1, dtype=np.int64))
        codes, owners = ngrams_of(texts)
        order = np.argsort(codes)  # neighbours are looked for in the same cache lines: in half the time
        codes, owners = codes[order], owners[order]
        at = np.searchsorted(self.codes, codes)
        at[at == size] = 0
        known = self.codes[at] == codes
        # One sort counts the n-grams of all texts: a number for each pair of text and feature.
        pairs, counts = np.unique(owners[known] * size + at[known], return_counts=True)
        indices = pairs % size
        values = (1.0 + np.log(counts)).astype(np.float32) * self.idf[indices]
        ends = np.searchsorted(pairs, np.arange(len(texts) + 1) * size)
        norms = np.sqrt(sums_of_runs(values * values, ends))
        values /= np.repeat(norms, np.diff(ends))
        return Features(indices, values, ends)


def sums_of_runs(rows: Floats, ends: NDArray[np.int64]) -> Floats:
    """Sums of `rows[ends[i]:ends[i + 1]]` along the first axis, in order: company changes no bit of a sum."""
    out = np.zeros((len(ends) - 1, *rows.shape[1:]), dtype=np.float32)
    filled = np.flatnonzero(ends[1:] > ends[:-1])
    if len(filled):
        out[filled] = np.add.reduceat(rows, ends[filled], axis=0)
    return out


_NOTHING = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)


def learn_vocabulary(texts: Sequence[str], least: int = 2) -> Vocabulary:
    """The n-grams that stand in at least `least` of `texts`, with smoothed idf ln((1 + n) / (1 + df)) + 1."""
    found = [np.unique(ngram_codes(text)) for text in texts]
    codes, df = np.unique(np.concatenate(found), return_counts=True)
    kept = df >= least
    idf = np.log((1 + len(texts)) / (1 + df[kept])) + 1
    return Vocabulary(codes[kept], idf.astype(np.float32))
