"""Where two columns of text on a fixed page (PDF, OFD) part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from zhenggai.notice.formats.layout_tables import Glyph

_FEWEST_ROWS = 8
_FEWEST_CHARACTERS = 6
"""On either side of the gap, on average."""
_FEWEST_STARTS = 4
"""Lines that begin where the right column does."""
_FULL = 0.6
"""Share of the left column that most of its lines fill."""
_WIDE = 1.5
"""Characters that a gap between columns is wide."""
_MIDDLE = (0.35, 0.65)
"""Share of the width between which the columns part."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters of a row between wide gaps; lengths in points."""

    x0: float
    x1: float
    count: int


def gutter(rows: Sequence[Sequence[Glyph]], width: float, before: float | None = None) -> float | None:
    """Where the columns of a page part (points from its left edge); None for a page of one column.

    Args:
        rows: characters at about the same height.
        width: of the page.
        before: where those of the page before part, which a page with little text in a column shares.
    """
    found = _in_rows(rows, width)
    if found is None:
        parted = [_pieces(row) for row in rows]
        pieces = [piece for row in parted for piece in row]
        cells = sum(len(row) > 2 for row in parted) * 5 > sum(len(row) > 1 for row in parted)
        found = None if cells else _beside(pieces, width)
        if found is None and before is not None and _respect(pieces, before):
            found = before
    return found


def _in_rows(rows: Sequence[Sequence[Glyph]], width: float) -> float | None:
    """Where most rows that reach over both halves have one wide gap, all at the same place."""
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


def _pieces(row: Sequence[Glyph]) -> list[_Piece]:
    ordered = sorted((g for g in row if g.text.strip()), key=lambda g: g.x0)
    pieces: list[_Piece] = []
    start = 0
    for index, glyph in enumerate(ordered, 1):
        following = ordered[index] if index < len(ordered) else None
        if following is None or following.x0 - glyph.x1 > _WIDE * max(glyph.size, following.size):
            pieces.append(_Piece(ordered[start].x0, glyph.x1, index - start))
            start = index
    return pieces


def _beside(pieces: Sequence[_Piece], width: float) -> float | None:
    """The same where the lines of the two columns stand at different heights, one below a title."""
    low, high = _MIDDLE[0] * width, _MIDDLE[1] * width
    starts = Counter(round(piece.x0) for piece in pieces if low < piece.x0 < high)
    common = [place for place, count in starts.items() if count >= _FEWEST_STARTS]
    if not common:
        return None
    begins = min(common) - 1
    left = [piece for piece in pieces if piece.x1 <= begins]
    right = [piece for piece in pieces if piece.x0 >= begins]
    if min(len(left), len(right)) < _FEWEST_ROWS or not _respect(pieces, begins):
        return None
    if min(mean(p.count for p in left), mean(p.count for p in right)) < _FEWEST_CHARACTERS:
        return None
    full = begins - min(piece.x0 for piece in left)
    if sum(piece.x1 - piece.x0 > _FULL * full for piece in left) * 2 < len(left):
        return None  # labels or numbers with text beside them
    return (begins + max(piece.x1 for piece in left)) / 2


def _respect(pieces: Sequence[_Piece], at: float) -> bool:
    """Whether next to nothing runs across a place, and something stands behind it."""
    across = sum(piece.x0 < at < piece.x1 for piece in pieces)
    return across * 4 <= len(pieces) - across and any(piece.x0 >= at for piece in pieces)


def _wide_gaps(row: Sequence[Glyph]) -> list[tuple[float, float]]:
    """Gaps between the characters of a row that are wider than a character and a half."""
    ordered = sorted((g for g in row if g.text.strip()), key=lambda g: g.x0)
    pairs = zip(ordered, ordered[1:], strict=False)
    return [(a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 > _WIDE * max(a.size, b.size)]


def parts(row: Sequence[Glyph], at: float | None) -> list[list[Glyph]]:
    """A row of characters, cut where the columns part unless it runs across."""
    if at is None or not any(a < at < b for a, b in _wide_gaps(row)):
        return [list(row)]
    return [[g for g in row if g.x0 < at], [g for g in row if g.x0 >= at]]
