"""Hidden elements that repeat what the page shows: the article for printing, kept beside the shown one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhenggai.patterns import compiled

if TYPE_CHECKING:
    from zhenggai.notice.formats.html_tree import Node

_WORDS = compiled("[\u4e00-\u9fff]{4,}")
"""Between signs, numbers and line ends, which a copy has at other places."""
_COPIED = 0.9
_INLINE = frozenset(["a", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u", "-text"])


def copies(nodes: Sequence[Node], hidden: Sequence[int]) -> frozenset[int]:
    """Those of the `hidden` elements (in document order) whose text stands outside of them as well.

    Of two hidden ones that say the same, the first is kept: a script shows it.
    """
    outermost: list[int] = []
    for index in hidden:
        if not outermost or index >= nodes[outermost[-1]].end:
            outermost.append(index)
    found: list[int] = []
    for index in reversed(outermost):
        said = _said(nodes, [(index, nodes[index].end)])
        outside = set(_said(nodes, _without(nodes, [*found, index])))
        size = sum(map(len, said))
        if size and sum(len(words) for words in said if words in outside) >= _COPIED * size:
            found.append(index)
    return frozenset(found)


def _without(nodes: Sequence[Node], left_out: Sequence[int]) -> list[tuple[int, int]]:
    """Ranges of nodes that are none of `left_out` and stand in none of them."""
    ranges, start = [], 0
    for index in sorted(left_out):
        ranges.append((start, index))
        start = nodes[index].end
    return [*ranges, (start, len(nodes))]


def _said(nodes: Sequence[Node], ranges: Sequence[tuple[int, int]]) -> list[str]:
    pieces: list[str] = []
    for start, end in ranges:
        for node in nodes[start:end]:
            pieces.append(re.sub(r"\s+", "", node.text) if node.text else "")
            if node.tag not in _INLINE:
                pieces.append("\n")
        pieces.append("\n")
    return _WORDS.findall("".join(pieces))
