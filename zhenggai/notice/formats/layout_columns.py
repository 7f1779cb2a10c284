"""Fixed pages (PDF, OFD) of two columns → pages of one column, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhenggai.notice.formats.layout_lines import Line, PageLines


def one_after_the_other(pages: Sequence[PageLines]) -> Iterator[PageLines]:
    """The left column as a page, the right one at its place as the next; what runs across by itself."""
    for page in pages:
        if page.gutter is None:
            yield page
            continue
        shift = _edge(page, page.gutter, right=True) - _edge(page, page.gutter, right=False)
        left: list[Line] = []
        right: list[Line] = []
        across: list[Line] = []
        for line in sorted(page.lines, key=lambda ln: (ln.top, ln.x0)):
            crosses = line.x0 < page.gutter < line.x1
            if (crosses and (left or right)) or (across and not crosses):
                yield from _filled(page, across, left, right)
                across, left, right = [], [], []
            if crosses:
                across.append(line)
            elif line.x0 < page.gutter:
                left.append(line)
            else:
                right.append(replace(line, x0=line.x0 - shift, x1=line.x1 - shift))
        yield from _filled(page, across, left, right)


def _edge(page: PageLines, gutter: float, right: bool) -> float:
    """Where a column begins."""
    own = [ln.x0 for ln in page.lines if (ln.x0 >= gutter) == right and not ln.x0 < gutter < ln.x1]
    return min(own, default=0.0)


def _filled(page: PageLines, *stretches: list[Line]) -> Iterator[PageLines]:
    yield from (replace(page, lines=tuple(lines)) for lines in stretches if lines)
