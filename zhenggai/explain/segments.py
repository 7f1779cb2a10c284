"""Texts into the parts that are left out one at a time: words (jieba), clauses, headings."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Literal

from zhenggai.classification.model import Query
from zhenggai.explain.model import Part
from zhenggai.ledger.extras import load_extra

_CLAUSE = re.compile(r"[^。；！;\n]+[。；！;]*")
_WORD = re.compile(r"\w")

TextField = Literal["problem", "outcome"]


def words(text: str, field: TextField, start: int = 0, end: int | None = None) -> Iterator[Part]:
    """The words of `text[start:end]`; punctuation is none.

    Raises:
        LedgerError: jieba is not installed.
    """
    for word, first, last in _tokenizer().tokenize(text[start:end]):
        if _WORD.search(word):
            yield Part(field, start + first, start + last, word)


def clauses(text: str, field: TextField) -> Iterator[Part]:
    """The stretches between 。；！ and line breaks."""
    for found in _CLAUSE.finditer(text):
        if _WORD.search(found[0]):
            yield Part(field, found.start(), found.end(), found[0])


def headings(query: Query) -> Iterator[Part]:
    """Each heading as a whole."""
    for index, heading in enumerate(query.path):
        yield Part("path", 0, len(heading), heading, index)


def without(query: Query, part: Part) -> Query:
    """`query` with `part` cut out."""
    if part.field == "path":
        kept = (*query.path[: part.heading], *query.path[part.heading + 1 :])
        return replace(query, path=kept)
    text = getattr(query, part.field)
    cut = text[: part.start] + text[part.end :]
    if part.field == "problem":
        return replace(query, problem=cut)
    return replace(query, outcome=cut)


@cache
def _tokenizer() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own escapes, of no concern to the user
        jieba: Any = load_extra("jieba", "explain", "切分词语")
    jieba.setLogLevel(logging.WARNING)
    return jieba.Tokenizer()
