"""An answer that states several problems of its own is several items: 一是针对…的问题。… 二是针对…的问题。…"""

from __future__ import annotations

from dataclasses import dataclass

from zhenggai.notice.language import wording
from zhenggai.notice.language.statement import Statement, find_wrapped, is_generic
from zhenggai.notice.model import Span
from zhenggai.notice.summary.pair_index import containment
from zhenggai.patterns import compiled

_PROBLEM = compiled("问题|现象")
_CANDIDATE = compiled(
    r"[。；：:！;”】\]]\s*(?P<marker>(?:[一二三四五六七八九十]{1,3}是|[①-⑳]|[（(]\d{1,2}[）)]|\d{1,2}[.．、])\s*)?(?P<lead>(?=针对|关于|“[^”\n]{4,120}”的?问题的?整改))"
)
"""After a mark, which a paragraph is given in front."""
_UNWRAPPED = compiled(
    r"(?:^|(?<=[。；】]))(?P<marker>[一二三四五六七八九十]{1,3}是)(?P<body>[^。，；：]{4,60}问题)(?P<end>[。：])"
)
_SENTENCE = compiled(
    r"(?:^|(?<=[。；】]))(?P<marker>[一二三四五六七八九十]{1,3}是)(?P<body>[^。]{4,60})(?P<end>。)(?=.{8})"
)
_ROW = 2
"""So many counted statements make a row, in which others need no 问题."""
_REPEATED = 0.7


@dataclass(frozen=True, slots=True)
class Inner:
    """A problem that is stated inside an answer."""

    problem: Span
    """Clean span of the statement without its wrapper."""
    number: str | None
    begins: int
    """Clean offset of its number or wrapper."""
    outcome: tuple[Span, ...]
    """Clean spans, one per paragraph."""


@dataclass(frozen=True, slots=True)
class _Found:
    paragraph: int
    statement: Statement
    begins: int
    marker: str | None
    offset: int
    """Clean offset of the paragraph."""
    strong: bool = True
    """Whether it ends its sentence; 针对…的问题，督促… may be only the beginning of one."""

    @property
    def span(self) -> Span:
        return self.offset + self.statement.start, self.offset + self.statement.end


def split_answer(text: str, heading: str, paragraphs: list[Span]) -> list[Inner]:
    """The problems inside the answer to `heading`; empty when the answer is one.

    Args:
        text: the clean text.
        heading: the statement that is answered.
        paragraphs: clean spans of the answer.
    """
    found: list[_Found] = []
    for index, span in enumerate(paragraphs):
        found += _candidates(text, index, span)
    if not any(f.strong for f in found):
        return []
    if any(f.marker for f in found):
        in_row = sum(f.marker is not None for f in found) >= _ROW
        for index, (start, end) in enumerate(paragraphs):
            found += _unwrapped(text[start:end], index, start, in_row)
        found.sort(key=lambda f: (f.paragraph, f.begins))
    repeats = [containment(text[slice(*f.span)], heading) >= _REPEATED for f in found]
    if all(repeats):
        return []
    opens = _opens(text, found[0], paragraphs)
    if len(found) == 1 and (not opens or _names_case(text, heading, found[0])):
        return []
    return [
        _inner(f, found[i + 1] if i + 1 < len(found) else None, text, paragraphs) for i, f in enumerate(found)
    ]


def _names_case(text: str, heading: str, found: _Found) -> bool:
    """Whether it is a case of what the heading states, not a statement with its own stop: 关于某处的问题，因…"""
    ends = text[found.offset + found.statement.whole_end - 1]
    return found.marker is None and ends in "，," and wording.looks_like_problem(heading)


def _candidates(text: str, index: int, span: Span) -> list[_Found]:
    start, end = span
    paragraph = text[start:end]
    if not any(lead in paragraph for lead in ("针对", "关于", "”问题", "”的问题")):
        return []
    found = []
    for match in _CANDIDATE.finditer("。" + paragraph):
        lead = match.start("lead") - 1
        statement = find_wrapped(paragraph, lead)
        if statement is None or not _states(paragraph, statement):
            continue
        begins = match.start("marker") - 1 if match["marker"] else lead
        strong = paragraph[statement.whole_end - 1] in "。：:" or match["marker"] is not None or not begins
        found.append(_Found(index, statement, begins, (match["marker"] or "").strip() or None, start, strong))
    return found


def _unwrapped(paragraph: str, index: int, offset: int, in_row: bool) -> list[_Found]:
    """五是…不规范的问题。 in a row whose other members say 针对; 三是作风不优。 in a longer row."""
    found = []
    for match in (_SENTENCE if in_row else _UNWRAPPED).finditer(paragraph):
        body, rest = match["body"], paragraph[match.end() :]
        if body.startswith(("针对", "关于")) or not wording.has_negative(body):
            continue
        if body.endswith("问题") or (wording.looks_like_problem(body) and wording.looks_like_answer(rest)):
            statement = Statement(match.start("body"), match.end("body"), match.end(), False)
            found.append(_Found(index, statement, match.start(), match["marker"], offset))
    return found


def _states(paragraph: str, statement: Statement) -> bool:
    """Whether a wrapped stretch states a problem, and the answer to it follows."""
    stated = paragraph[statement.start : statement.end]
    if is_generic(stated) or len(paragraph) - statement.whole_end < 6:
        return False
    wrapper = paragraph[statement.end : statement.whole_end]
    if not _PROBLEM.search(wrapper) or ("。" in stated and not _whole_opening(paragraph, statement)):
        return False
    return paragraph[statement.whole_end - 1] in "。：:，,"


def _whole_opening(paragraph: str, statement: Statement) -> bool:
    """Whether a statement of several sentences is quoted, or opens its paragraph."""
    before = paragraph[: statement.start].strip()
    return before.endswith("“") or (
        len(before) <= 6 and not wording.reports_done(paragraph[statement.end - 20 : statement.end])
    )


def _opens(text: str, first: _Found, paragraphs: list[Span]) -> bool:
    """Whether the statement opens the answer, with at most a label before it."""
    if first.paragraph != 0:
        return False
    before = text[paragraphs[0][0] : paragraphs[0][0] + first.begins].strip()
    return not before


def _inner(found: _Found, following: _Found | None, text: str, paragraphs: list[Span]) -> Inner:
    outcome = []
    last = following.paragraph if following else len(paragraphs) - 1
    for index in range(found.paragraph, last + 1):
        start, end = paragraphs[index]
        if index == found.paragraph:
            start += found.statement.whole_end
        if following is not None and index == following.paragraph:
            end = following.offset + following.begins
        start, end = _trim(text, start, end)
        if end > start:
            outcome.append((start, end))
    return Inner(found.span, found.marker, found.offset + found.begins, tuple(outcome))


_DANGLING = compiled(
    r"(?<=[。；])\s*(?:[一二三四五六七八九十]{1,3}是[^。；]{0,16}[。；]?|[①-⑳]|[（(]\d{1,2}[）)])$"
)


def _trim(text: str, start: int, end: int) -> Span:
    """Without white space at the edges, and without the number of the problem that follows."""
    piece = text[start:end]
    dangling = _DANGLING.search(piece)
    if dangling is not None:
        piece = piece[: dangling.start()]
    stripped = piece.strip()
    if not stripped:
        return start, start
    begin = start + piece.index(stripped[0])
    return begin, begin + len(stripped)
