"""Rows of a form: labels and values side by side, boxes to tick."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.notice.language import wording
from zhenggai.notice.language.fields import field_of
from zhenggai.notice.model import CELL_SEPARATOR, Span
from zhenggai.patterns import compiled

_ASKS = compiled(r"是否(?:已|按期|全部)?(?:完成|销号|整改|到位|办结|落实).{0,4}")
_FEWEST_CELLS = 4


def asks_whether_done(name: str) -> bool:
    """Whether a label asks for the status: 是否销号."""
    return _ASKS.fullmatch(name.strip().rstrip("：:")) is not None


def pairs_of_cells(content: str) -> list[Span]:
    """Spans of the pairs in a row of label, value, label, value; the whole row where it is none."""
    cells = content.split(CELL_SEPARATOR)
    names, values = cells[::2], cells[1::2]
    is_form = len(cells) >= _FEWEST_CELLS and len(names) == len(values)
    if not is_form or not all(map(_is_label, names)) or any(map(_is_label, values)):
        return [(0, len(content))]
    pairs = []
    at = 0
    for name, value in zip(names, values, strict=True):
        end = at + len(name) + 1 + len(value)
        pairs.append((at, end))
        at = end + 1
    return pairs


def _is_label(cell: str) -> bool:
    plain = cell.strip()
    known = field_of(plain) is not None or asks_whether_done(plain)
    return bool(plain) and (known or wording.BARE_OUTCOME_LABEL.match(plain) is not None)


_TICKED, _FREE = "☑☒✓✔√■", "☐□▢"
_GAP = r"[ \u3000\xa0]"
_OPTIONS = compiled(
    rf"(?:[{_TICKED}{_FREE}]{_GAP}{{0,2}}[^\s{_TICKED}{_FREE}]{{1,8}}{_GAP}{{0,4}}){{2,6}}(?=[\t\n\r。；]|\Z)"
)
_OPTION = compiled(rf"(?P<box>[{_TICKED}{_FREE}]){_GAP}{{0,2}}[^\s{_TICKED}{_FREE}]{{1,8}}{_GAP}{{0,4}}")
_BEHIND = compiled(rf"是{_GAP}?(?P<yes>[{_TICKED}{_FREE}]){_GAP}{{0,4}}否{_GAP}?(?P<no>[{_TICKED}{_FREE}])")


def not_ticked(text: str) -> Iterator[Span]:
    """What to leave out so that of options with boxes (☑是 ☐否) only the ticked one is read."""
    if not any(mark in text for mark in _FREE):
        return
    for match in _OPTIONS.finditer(text):
        options = list(_OPTION.finditer(match.group()))
        if sum(option["box"] in _TICKED for option in options) != 1:
            continue
        for option in options:
            ticked = option["box"] in _TICKED
            end = option.start() + 1 if ticked else option.end()
            yield match.start() + option.start(), match.start() + end
    for match in _BEHIND.finditer(text):
        if (match["yes"] in _TICKED) != (match["no"] in _TICKED):
            first = match["yes"] in _TICKED
            yield (match.start("yes"), match.end()) if first else (match.start(), match.start("no") - 1)
            if not first:
                yield match.span("no")
