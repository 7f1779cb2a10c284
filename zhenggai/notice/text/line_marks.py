"""What a program puts before lines that it passes on: the > of a quoted mail, the times of subtitles."""

from __future__ import annotations

from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_QUOTED = compiled(r"(?:^|(?<=\n))[ \t]*[>＞](?:[ \t]?[>＞]){0,9}(?: |(?=[^ ]|$))")
_FEWEST_QUOTED = 3
"""Lines one below the other."""
_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}"
_STAMP = compiled(
    rf"(?:^|(?<=\n))(?:[^\S\n]*\n)?(?:[^\S\n]*\d{{1,6}}[^\S\n]*\n)?[^\S\n]*{_TIME}[^\S\n]{{0,9}}-->[^\S\n]{{0,9}}{_TIME}[^\n]*(?:\n|$)"
)
"""With the number above it and the blank line above that, so that what is said goes on below."""
_FEWEST_STAMPS = 3


def line_marks(text: str) -> list[Span]:
    """The marks; nothing where they are so few that they may be something else."""
    return [*_quote_marks(text), *_stamps(text)]


def _quote_marks(text: str) -> list[Span]:
    """The marks of lines one below the other that all have one, or only blank lines between."""
    if not (">" in text or "＞" in text):
        return []
    marks: list[Span] = []
    run: list[Span] = []
    for match in _QUOTED.finditer(text):
        if run and not _follows(text, run[-1][1], match.start()):
            marks += run if len(run) >= _FEWEST_QUOTED else []
            run = []
        run.append(match.span())
    return marks + (run if len(run) >= _FEWEST_QUOTED else [])


def _follows(text: str, start: int, end: int) -> bool:
    """Whether the rest of the line from `start` on, and else nothing, stands before `end`."""
    line = text.find("\n", start, end)
    return line >= 0 and not text[line:end].strip()


def _stamps(text: str) -> list[Span]:
    if "-->" not in text:
        return []
    found = [match.span() for match in _STAMP.finditer(text)]
    return found if len(found) >= _FEWEST_STAMPS else []
