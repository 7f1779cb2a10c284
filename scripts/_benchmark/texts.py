"""What is measured on: the published notices and what the parser finds in them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from zhenggai.classification.inputs import bare, category_pair
from zhenggai.classification.model import Query
from zhenggai.notice import SourceText, parse
from zhenggai.records import query

Pair = tuple[str, str]
_CHANGED = 0.3
"""Share of the characters of a problem that are changed to make it new: the linear model is then unsure of as
many (31 %) as of problems that it has not seen (31 % of 611 of invented notices)."""


@dataclass(frozen=True)
class Texts:
    """Notices as texts; problem statements with their headings, outcomes with their problems."""

    notices: tuple[str, ...]
    statements: tuple[Pair, ...]
    outcomes: tuple[Pair, ...]
    unseen: tuple[Query, ...]
    """Problems with some characters changed, so that they are not those that the models learned from."""


def read_texts(folder: Path, seed: int = 0) -> Texts:
    """All notices below `folder`; statements and outcomes are distinct and in random order."""
    notices = tuple(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    items = [query(item) for text in notices for item in parse(SourceText("", text)).items]
    statements = list(dict.fromkeys(category_pair(item) for item in items))
    outcomes = list(dict.fromkeys((bare(i.problem), i.outcome) for i in items if i.outcome))
    rng = random.Random(seed)
    unseen = tuple(Query(varied(i.problem, rng, _CHANGED), i.path) for i in items)
    rng.shuffle(statements)
    rng.shuffle(outcomes)
    return Texts(notices, tuple(statements), tuple(outcomes), unseen)


def varied(text: str, rng: random.Random, share: float = 0.01) -> str:
    """`text` with a share of its Chinese characters replaced, so that no two copies are alike."""
    return "".join(
        chr(0x4E00 + rng.randrange(3000)) if "\u4e00" <= c <= "\u9fff" and rng.random() < share else c
        for c in text
    )


def long_text(notices: tuple[str, ...], characters: int, seed: int = 0) -> str:
    """Varied notices one after the other, cut to `characters`."""
    rng = random.Random(seed)
    parts: list[str] = []
    total = 0
    while total < characters:
        parts.append(varied(rng.choice(notices), rng))
        total += len(parts[-1]) + 1
    return "\n".join(parts)[:characters]


def write_copies(notices: tuple[str, ...], folder: Path, count: int, seed: int = 0) -> None:
    """`count` varied notices as files in `folder`."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = varied(notices[number % len(notices)], rng)
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8")
