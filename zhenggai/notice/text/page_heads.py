"""Page heads and feet that were saved with the text of a printed notice: …的通报　　第 2 页 共 4 页."""

from __future__ import annotations

from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.language.wording import begins_with_outcome_label
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_HEAD = compiled(
    r"(?:^|(?<=\n))[^\S\n]*[^\n\t。；：]{4,80}?"
    r"(?:(?<=\s)第\s?\d{1,4}\s?页(?:[\s，,/|]*共\s?\d{1,4}\s?页)?"
    r"|(?:通报|报告|公示|公告)\s*(?:[-—–]\s?\d{1,4}\s?[-—–]|\d{1,4}\s?/\s?\d{1,4}))[^\S\n]*(?:\n|$)"
)
"""A line by itself tells, so that a stretch of the text is cleaned like the whole of it."""
_PAGE_BEHIND = r"\s*(?:[-—–]\s?\d|\d{1,4}\s?/)"
_MAY_BE = compiled(
    "|".join([r"第\s?\d{1,4}\s?页", *(w + _PAGE_BEHIND for w in ("通报", "报告", "公示", "公告"))])
)
_FULL = 15
"""Characters of a line that may go on in the next one."""
_ENDS = "。；：！？!?…"


def page_heads(text: str) -> list[Span]:
    """The lines, with their breaks, that are words and the number of a page."""
    if _MAY_BE.search(text) is None:
        return []
    return [match.span() for match in _HEAD.finditer(text)]


def masked(text: str, heads: list[Span]) -> str:
    """`text` of the same length, in which the heads are no lines and no breaks."""
    pieces, at = [], 0
    for start, end in heads:
        pieces += [text[at:start], "\x0b" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def joints(text: str, heads: list[Span]) -> list[Span]:
    """The breaks before heads that stand inside a sentence: a page ended there."""
    cuts = []
    for start, end in heads:
        before, after = start, text[end : end + 12]
        while before and text[before - 1] in "\r\n\x0b":
            before -= 1
        line = text[text.rfind("\n", 0, before) + 1 : before]
        inside = len(line) >= _FULL and line[-1] not in _ENDS
        goes_on = bool(after.strip()) and not after[0].isspace() and match_marker(after) is None
        if inside and goes_on and not begins_with_outcome_label(text[end : end + 40]):
            cuts.append((before, start))
    return cuts
