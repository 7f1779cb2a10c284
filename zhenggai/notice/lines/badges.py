"""A status that a page sets in front of each problem in a box of its own: 立行立改 思政课教师配备不足."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE, Marker
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_BADGE = compiled(
    r"(?P<status>立[行知]立改|限期整改|长期(?:坚持|整改)|(?:已|基本)完成(?:整改)?|已(?:整改|办结|销号)|整改到位"
    r"|正在(?:整改|推进)|持续(?:整改|推进)|(?:尚)?未完成|整改中)[ \u3000\xa0|｜·]+(?=\S{4})"
)
_FEWEST = 3


def with_badges(lines: Sequence[Line]) -> list[Line]:
    """`lines`, such a status read as part of the number where several lines begin with one."""
    found = {i: match.end() for i, line in enumerate(lines) if (match := _badge(line)) is not None}
    stated = sum(wording.looks_like_problem(lines[i].body[end:]) for i, end in found.items())
    if len(found) < _FEWEST or stated * 2 <= len(found):
        return list(lines)
    return [_read(line, found[i]) if i in found else line for i, line in enumerate(lines)]


def badge_of(line: Line) -> list[Span]:
    """Clean span of the status that is read as part of a line's number."""
    if line.marker is None:
        return []
    found = _BADGE.search(line.text[: line.marker.length + 4])
    at_end = found is not None and found.end() == line.marker.length
    return (
        [(line.start + found.start("status"), line.start + found.end("status"))] if found and at_end else []
    )


def _badge(line: Line) -> re.Match[str] | None:
    plain = line.label is None and not line.is_table_row
    counts = line.marker is None or line.marker.style != CLAUSE
    return _BADGE.match(line.body) if plain and counts else None


def _read(line: Line, length: int) -> Line:
    marker = line.marker or Marker("label", 0, 0)
    return replace(line, marker=replace(marker, length=marker.length + length))
