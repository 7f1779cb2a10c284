"""An item's texts as the models read them: the same code in training and in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from zhenggai.classification.model import Query
from zhenggai.classification.outcome.cues import DONE, OPEN, cues
from zhenggai.classification.outcome.reported import plain, reported_clauses
from zhenggai.classification.outcome.wording import heading_verdict
from zhenggai.classification.themes import matter
from zhenggai.patterns import compiled

# （一） (1) 1. 1． 1、 一、 ① 第一， 一是 反馈问题1： and runs of them; 1.5万元 and 2019年 are none.
_NUMBER = compiled(
    r"^\s*(?:[（(]\s*[一二三四五六七八九十百\d]{1,4}\s*[）)][、.．]?|[①-⑳]|"
    r"\d{1,3}\s*[.．、](?!\d)|[一二三四五六七八九十]{1,3}\s*[、.．]|"
    r"第[一二三四五六七八九十]{1,3}[，,、：:]|[一二三四五六七八九十]{1,3}是|"
    r"(?:反馈)?问题[一二三四五六七八九十\d]{0,3}[:：]|整改任务[:：])\s*"
)
_OPENING = compiled(r"^(?:针对|关于|对于|聚焦|在)\s*(?=[“\"‘《]?)")
_CLOSING = compiled(
    r"(?:等?(?:的)?问题(?:的?整改(?:进展|落实|完成)?(?:情况)?)?|(?:等)?方面(?:的?问题)?|的?整改(?:进展|落实)?情况)?"
    r"\s*[。：:；;，,]*\s*$"
)
_QUOTES = compiled(r"[“”\"‘’]")
_BLANKS = compiled(r"\s+")

PATH_SEPARATOR = "｜"


def bare(text: str) -> str:
    """`text` without numbering, wrappers (`针对“…”的问题`), quotation marks and end marks.

    What would be left empty stays as it is.
    """
    stripped = _BLANKS.sub(" ", text).strip()
    while (shorter := _strip_once(stripped)) != stripped and shorter:
        stripped = shorter
    return stripped


def _strip_once(text: str) -> str:
    plain = _OPENING.sub("", _NUMBER.sub("", text))
    return _QUOTES.sub("", _CLOSING.sub("", plain)).strip(" ，,、。")


_bare_heading = lru_cache(maxsize=256)(bare)
"""A heading stands above many problems."""


def theme_headings(path: Iterable[str]) -> list[str]:
    """The bare headings that can say what a problem is about.

    One that gives a status (`已完成整改的任务`) does not, and its 整改 looks like the category 整改落实.
    """
    told = (matter(heading, index == 0) for index, heading in enumerate(path))
    return [heading for heading in map(_bare_heading, told) if heading and heading_verdict(heading) is None]


def category_pair(query: Query) -> tuple[str, str]:
    """Statement and path: the first decides, the second helps where the first is ambiguous.

    The nearest heading comes first, so that truncation drops the farthest.
    """
    return bare(query.problem), PATH_SEPARATOR.join(reversed(theme_headings(query.path)))


def clause_pair(problem: str, clause: str) -> tuple[str, str]:
    """Clause and problem: whether what remains is the core is seen only with both."""
    return _BLANKS.sub(" ", clause).strip(), bare(problem)


_EARLIER = compiled("整改|检视|回头看|审计")


def category_fields(query: Query) -> tuple[str, str, str, str]:
    """Statement, nearest heading, farther headings, headings about earlier findings.

    The fields of the linear category model. The last is one of its own since such a heading decides,
    however far above the problem it stands (guideline, 2: what stands below it is 整改落实).
    """
    headings = theme_headings(query.path)
    earlier = PATH_SEPARATOR.join(heading for heading in headings if _EARLIER.search(heading))
    return bare(query.problem), headings[-1] if headings else "", " ".join(headings[:-1]), earlier


_OUTCOME_LABEL = compiled(r"^(?:整改|落实|完成|进展)*(?:情况|措施|成效|结果|进展)[:：]")


def clause_fields(clause: str) -> tuple[str, str, str]:
    """The clause without a label, its end, its hints."""
    text = _OUTCOME_LABEL.sub("", _BLANKS.sub("", clause))
    return text, text[-14:], cues(text)


_SEGMENT = compiled("[，,：:]")


def role_fields(clauses: Sequence[str]) -> list[tuple[str, str, str, str, str]]:
    """Of each clause of an outcome: text, last part, first words, hints, hints of its neighbours.

    The fields of the linear model of clause roles. What remains is mostly said in the last part of a clause.
    """
    texts = [clause_fields(clause)[0] for clause in clauses]
    hints = ["", *(cues(text) for text in texts), ""]
    out = []
    for index, text in enumerate(texts):
        parts = _SEGMENT.split(text.rstrip("。；;！"))
        around = f"前{hints[index]}|后{hints[index + 2]}"
        out.append((text, parts[-1], "始" + parts[0][:10], hints[index + 1], around))
    return out


DIGEST = 160
"""Characters of an outcome that the encoder reads."""


def status_pair(query: Query) -> tuple[str, str]:
    """Problem, and what of the outcome bears most on the status."""
    return bare(query.problem), digest(query.outcome)


def digest(outcome: str) -> str:
    """At most `DIGEST` characters: first the clauses that hint at a remainder or a verdict, then others.

    They stand in their own order; a long clause keeps its end, where what remains is said.
    """
    texts = [_OUTCOME_LABEL.sub("", _BLANKS.sub("", plain(c.text))) for c in reported_clauses(outcome)]
    weights = [_weight(text) for text in texts]
    left, kept = DIGEST, {}
    for index in sorted(range(len(texts)), key=lambda i: (-weights[i], i)):
        if left <= 0:
            break
        kept[index] = texts[index][-left:]
        left -= len(kept[index])
    return "".join(kept[index] for index in sorted(kept))


def _weight(text: str) -> int:
    hints = set(cues(text))
    return 2 * len(hints & OPEN) + len(hints & DONE)
