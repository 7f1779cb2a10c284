"""Numbers that run into a digit (2.12345热线, 2.3户, 2.5G基站): the numbers around them tell where they end.

By itself `2.3` may be a number of two parts or a figure; between 1. and 3. it is the number 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import Marker
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_RUN_ON = compiled(r"(?P<value>\d{1,3})\s?(?P<mark>[.．、﹒])(?=\d)")
_TWO_PARTS = compiled(r"(?P<first>\d{1,2})[.．](?P<second>\d{1,2})(?![\d.．])")
_ENDS = tuple("。；！？：”）)】")
_FULL_LINE = 20
"""Characters of a line that may be full."""
_STYLE = "decimal"


def in_sequence(lines: list[Line]) -> list[Line]:
    """The lines, each number that runs into a digit read as its neighbours have it."""
    if not any(_is_open(line) for line in lines):
        return lines
    read: list[Line] = []
    for index, line in enumerate(lines):
        marker = _run_on(line) if _is_open(line) else None
        fits = marker is not None and not _has_two_parts(lines, index) and _fits(read, marker, lines, index)
        read.append(replace(line, marker=marker) if fits else line)
    return read


def _is_open(line: Line) -> bool:
    """Whether the number in front of a line may as well end before the first digit after its mark."""
    if line.is_table_row or line.label is not None or _RUN_ON.match(line.text) is None:
        return False
    return line.marker is None or (line.marker.style == "decimal_multi" and line.marker.depth == 1)


def _run_on(line: Line) -> Marker | None:
    match = _RUN_ON.match(line.text)
    if match is None:
        return None
    return Marker(_STYLE, int(match["value"]), match.end(), mark=match["mark"].replace("．", "."))


def _has_two_parts(lines: list[Line], index: int) -> bool:
    """Whether the notice counts with numbers of two parts here: 2.5 stands after 2.4, or 2.1 before 2.2."""
    match = _TWO_PARTS.match(lines[index].text)
    if match is None or lines[index].marker is None:
        return False
    first, second = int(match["first"]), int(match["second"])
    wanted = {f"{first}.{second - 1}"} if second > 1 else {f"{first}.2", f"{first - 1}.1"}
    others = (_TWO_PARTS.match(line.text) for line in lines if line is not lines[index])
    return any(f"{int(m['first'])}.{int(m['second'])}" in wanted for m in others if m is not None)


def _fits(read: list[Line], marker: Marker, lines: list[Line], index: int) -> bool:
    """Whether `marker` goes on the row of numbers above, and the numbers below do not speak against it.

    Numbers with another mark (1. / 2、3户…) count where those with its own do not fit: they may be points.
    """
    body = lines[index].text[marker.length :]
    labelled = index + 1 < len(lines) and lines[index + 1].has_outcome_label
    if read and _runs_over(read[-1]) and not labelled:
        return False
    stated = labelled or wording.has_negative(wording.first_sentence(body))
    for mark in (marker.mark, None):
        before = next(_values(reversed(read), mark), None)
        after = next(_values(iter(lines[index + 1 :]), mark), None)
        next_follows = after == marker.value + 1
        is_last = marker.value > 1 and stated and (after is None or after == 1)
        if (before == marker.value - 1 or marker.value == 1) and (next_follows or is_last):
            return True
    return False


def _runs_over(line: Line) -> bool:
    """Whether the text of a line goes on in the next one, which may begin with a figure: …退还 / 2.3万元."""
    return len(line.text) >= _FULL_LINE and not line.text.endswith(_ENDS)


def _values(lines: Iterator[Line], mark: str | None) -> Iterator[int]:
    """Values of the plain numbers with `mark`, or with any; those that may be read so as well."""
    for line in lines:
        found = _run_on(line) if _is_open(line) else line.marker
        if found is not None and found.style == _STYLE and mark in (None, found.mark):
            yield found.value
