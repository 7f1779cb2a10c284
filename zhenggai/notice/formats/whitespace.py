"""White space of pages and documents, as a reader sees it."""

from __future__ import annotations

from zhenggai.patterns import compiled

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u2018-\u201d\u2026\u2014"
_BREAK_BETWEEN_WIDE = compiled(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_SPACES = compiled(r"[ \t\r\n\f\xa0]+")
BLANKS = " \t\r\n\f\v\xa0\u3000\u2002\u2003\u2009\u200b\u200c\u200d\u2060\ufeff"
"""What an indent or an empty line is made of."""


def collapse(text: str) -> str:
    """Runs of white space become one space; a line break between Chinese characters becomes nothing."""
    return _SPACES.sub(" ", _BREAK_BETWEEN_WIDE.sub("", text)).strip(BLANKS)
