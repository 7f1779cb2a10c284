"""Page heads and feet that were saved with the text of a printed notice: …的通报　　第 2 页 共 4 页."""

from __future__ import annotations

from zhenggai.notice.model import Span
from zhenggai.notice.numbering import match_marker
from zhenggai.notice.wording import begins_with_outcome_label
from zhenggai.patterns import compiled

_LINE = compiled(r"[^\n\r]+(?:\r?\n)?")
_PAGE = compiled(
    r"第\s?\d{1,4}\s?页|共\s?\d{1,4}\s?页"
    r"|(?:通报|报告|公示|公告)\s*(?:[-—–]\s?\d{1,4}\s?[-—–]|\d{1,4}\s?/\s?\d{1,4})\s*$"
)
_MAY_BE = compiled(r"页|[-—–]\s?\d{1,4}\s?[-—–]|\d\s?/\s?\d|(?:通报|报告|公示|公告)[ \t\u3000]*[\r\n]")
_TITLE = compiled(r"(?:通报|报告|公示|公告)$")
_DIGITS = compiled(r"[\d\s]+")
_LONGEST, _SHORTEST = 100, 8
_FEWEST, _FEWEST_BARE = 2, 3
_FULL = 15
"""Characters of a line that may go on in the next one."""
_ENDS = "。；：！？!?…"


def page_heads(text: str) -> list[Span]:
    """The lines, with their breaks, that come again on every page: the same words and the number of the page.

    A title alone must come three times; its first place is the title of the notice itself.
    """
    if _MAY_BE.search(text) is None:
        return []
    numbered: dict[str, list[Span]] = {}
    bare: dict[str, list[Span]] = {}
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not _SHORTEST <= len(line) <= _LONGEST or "\t" in line:
            continue
        if _PAGE.search(line) is not None:
            words = _DIGITS.sub("", line)
            if len(words) >= _SHORTEST:
                numbered.setdefault(words, []).append(match.span())
        elif _TITLE.search(line) is not None and "。" not in line:
            bare.setdefault("".join(line.split()), []).append(match.span())
    found = [span for spans in numbered.values() if len(spans) >= _FEWEST for span in spans]
    found += [span for spans in bare.values() if len(spans) >= _FEWEST_BARE for span in spans[1:]]
    return sorted(found)


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
        before, after = text[:start].rstrip("\r\n\x0b"), text[end : end + 12]
        line = before[before.rfind("\n") + 1 :]
        inside = len(line) >= _FULL and line[-1] not in _ENDS
        goes_on = bool(after.strip()) and not after[0].isspace() and match_marker(after) is None
        if inside and goes_on and not begins_with_outcome_label(text[end : end + 40]):
            cuts.append((len(before), start))
    return cuts
