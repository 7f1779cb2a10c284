"""Traditional characters → simplified ones, one for one, so that every offset stays what it is.

Word lists, character pairs and models are of simplified Chinese. A text in traditional characters is judged
by its folded form; what is handed on are its own words.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("traditional.json")
"""Pairs of characters, from OpenCC (Apache-2.0): those that Big5 with the Hong Kong supplement has."""
_TELLING = "問題進關黨學實際辦員會對開產務領導與為無違規責單業組織補費過還監檢"
_SIMPLIFIED = "问题进关党学实际办员会对开产务领导与为无违规责单业组织补费过还监检"


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional characters; one that only quotes some is not."""
    found = sum(text.count(character) for character in _TELLING if character in text)
    return found > 0 and found > sum(map(text.count, _SIMPLIFIED))


def fold(text: str) -> str:
    """The text in simplified characters, as long as before."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    pairs = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {ord(a): b for a, b in zip(pairs["traditional"], pairs["simplified"], strict=True)}
