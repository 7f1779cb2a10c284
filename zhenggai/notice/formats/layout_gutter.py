"""Where two columns of text on a fixed page (PDF, OFD) part."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, median

from zhenggai.notice.formats.layout_tables import Glyph

_FEWEST_ROWS = 8
_FEWEST_CHARACTERS = 6
"""On either side of the gap, on average."""
_MIDDLE = (0.35, 0.65)
"""Share of the width between which the columns part."""


def gutter(rows: Sequence[Sequence[Glyph]], width: float) -> float | None:
    """Where the columns of a page part (points from its left edge); None for a page of one column.

    Most rows that reach over both halves have one wide gap, all at the same place.
    """
    gaps = [_wide_gaps(row) for row in rows]
    low, high = _MIDDLE[0] * width, _MIDDLE[1] * width
    middles = [(a + b) / 2 for found in gaps for a, b in found if low < (a + b) / 2 < high]
    if len(middles) < _FEWEST_ROWS:
        return None
    x = median(middles)
    split = [row for row, found in zip(rows, gaps, strict=True) if any(a < x < b for a, b in found)]
    across = sum(any(g.x1 <= x for g in row) and any(g.x0 >= x for g in row) for row in rows) - len(split)
    once = sum(len(found) == 1 for found in gaps if any(a < x < b for a, b in found))
    if len(split) < _FEWEST_ROWS or across * 4 > len(split) or once * 5 < len(split) * 4:
        return None
    left = mean(sum(g.x1 <= x for g in row) for row in split)
    right = mean(sum(g.x0 >= x for g in row) for row in split)
    return x if min(left, right) >= _FEWEST_CHARACTERS else None


def _wide_gaps(row: Sequence[Glyph]) -> list[tuple[float, float]]:
    """Gaps between the characters of a row that are wider than a character and a half."""
    ordered = sorted((g for g in row if g.text.strip()), key=lambda g: g.x0)
    pairs = zip(ordered, ordered[1:], strict=False)
    return [(a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 > 1.5 * max(a.size, b.size)]


def parts(row: Sequence[Glyph], at: float | None) -> list[list[Glyph]]:
    """A row of characters, cut where the columns part unless it runs across."""
    if at is None or not any(a < at < b for a, b in _wide_gaps(row)):
        return [list(row)]
    return [[g for g in row if g.x0 < at], [g for g in row if g.x0 >= at]]
