"""Numbers that a program put before every line: of a scan that was recognised, of a listing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.notice.language.numbering import CLAUSE, match_marker
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_NUMBER = r"[\[|Ll]?(\d{1,5})"
_NUMBERED = compiled(rf"[ \t\u3000]*{_NUMBER}(?:[ \t\u3000]*[:：|│\]][ \t]?|(?=[ \t\u3000])|$)")
"""Without `1.`, `1、` and `1)`, which are numbers of the notice itself."""
_FIRST = compiled(rf"\s*{_NUMBER}[ \t\u3000:：|│\]]")
_LINE = compiled(r"[^\r\n]+")
_OWN_LABEL = compiled(r"[\u4e00-\u9fff]{2,8}[：:]")
_FEWEST = 8
_NEARLY_ALL = 0.9
_FEWEST_STATED, _SHARE_STATED = 3, 0.08
"""Lines that begin with a number or a label of their own, which the rows of a list do not."""
_FARTHEST_STEP = 20
"""Blank lines that a listing counts and leaves out."""
_MOST_TABS = 0.2


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A line with its number; offsets in the text."""

    start: int
    value: int
    rest: int
    """Where what follows the number begins."""
    text: str
    """What follows, with white space at its edges."""


def line_numbers(text: str) -> list[Span]:
    """The numbers with the white space that every line has behind them; nothing where they may be others.

    Nearly every line has one, the title too, they go up by one, and behind them stand numbers and labels
    that the notice has itself.
    """
    if _FIRST.match(text) is None:
        return []
    lines = [match for match in _LINE.finditer(text) if not match.group().isspace()]
    found: list[_Numbered] = []
    for line in lines:
        if (number := _NUMBERED.match(line.group())) is not None:
            rest = line.group()[number.end() :]
            found.append(_Numbered(line.start(), int(number[1]), line.start() + number.end(), rest))
    if len(found) < max(_FEWEST, _NEARLY_ALL * len(lines)):
        return []
    if not _go_up([line.value for line in found]) or not _have_own([line.text for line in found]):
        return []
    return _cuts(found)


def _go_up(values: Sequence[int]) -> bool:
    """Whether numbers count lines; those of a page may begin with one again."""
    steps = [after - before for before, after in zip(values, values[1:], strict=False)]
    begins = sum(value == 1 for value in values[1:])
    odd = sum(not 0 < step <= _FARTHEST_STEP for step in steps)
    return odd <= begins <= len(values) // _FEWEST and sum(step == 1 for step in steps) >= 0.8 * len(steps)


def _have_own(texts: Sequence[str]) -> bool:
    """Whether enough of what follows the numbers begins with a number or a label itself, and is no row."""
    said = [text.strip() for text in texts if not text.isspace() and text]
    if sum("\t" in text for text in said) > _MOST_TABS * len(said):
        return False
    own = 0
    for text in said:
        marker = match_marker(text)
        own += (marker is not None and marker.style != CLAUSE) or _OWN_LABEL.match(text) is not None
    return own >= max(_FEWEST_STATED, _SHARE_STATED * len(said))


def _cuts(lines: Sequence[_Numbered]) -> list[Span]:
    """What stands before the words; more white space than every line has is the indent of a paragraph."""
    blanks = [len(line.text) - len(line.text.lstrip(" \t")) for line in lines if line.text.strip()]
    width = min(blanks, default=0)
    return [(line.start, line.rest + min(width, len(line.text))) for line in lines]
