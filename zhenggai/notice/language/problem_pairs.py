"""Does a phrase sound like a stated problem? Character pairs weighed by how they are used in notices.

A naive Bayes of character pairs, learned by `scripts/build_problem_pairs.py` from the training notices and
the synthetic examples: problem statements against clauses of answers. It knows turns of phrase that no
list of words foresees (以租代购, 审批慢, 借培训之机…), and backs the word lists of `wording`.
"""

from __future__ import annotations

import json
import math
from functools import cache, lru_cache
from operator import add
from pathlib import Path

from zhenggai.patterns import compiled

LONGEST = 40
"""Characters of a phrase that count: its beginning, up to the first full stop."""
_WEIGHTS = Path(__file__).with_name("problem_pairs.json")
_NUMBER = compiled(r"[0-9０-９][0-9０-９.．,，]*")
_STOP = compiled(r"[。；;\n]")


def pairs(text: str) -> set[str]:
    """The character pairs of the beginning of `text`, numbers folded to 0, ends marked."""
    beginning = _STOP.split(text[:LONGEST], maxsplit=1)[0]
    marked = "^" + _NUMBER.sub("0", beginning) + "$"
    return set(map(add, marked, marked[1:]))


@cache
def _tenths() -> dict[str, int]:
    """The weights, which have one decimal, as integers: their sum is exact in whatever order."""
    weights = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return {pair: round(10 * weight) for pair, weight in weights.items()}


@lru_cache(1024)
def problem_score(text: str) -> float:
    """Log-odds that `text` states a problem rather than an action, damped for length; 0 is undecided."""
    found = pairs(text)
    return sum(filter(None, map(_tenths().get, found))) / (10 * math.sqrt(max(4, len(found))))
