"""Text boxes of a binary Word file: where they are anchored in the text, and where their own text is.

Source: [MS-DOC], structures PlcfSpa, Spa (lid: the shape), PlcftxbxTxt, FTXBXS (lid: the same shape).
"""

from __future__ import annotations

from struct import unpack_from

from zhenggai.notice.formats.word_fib import ANCHORS, BOXES, WordFile

_SPA, _FTXBXS = 26, 22
_REUSABLE, _SHAPE = 8, 14


def boxes(file: WordFile) -> dict[int, tuple[int, int]]:
    """Position of an anchor in the text → first and last position of the text of its box."""
    anchors, texts = file.table(ANCHORS), file.table(BOXES)
    shapes: dict[int, tuple[int, int]] = {}
    count = max(0, (len(texts) - 4) // (4 + _FTXBXS))
    bounds = unpack_from(f"<{count + 1}I", texts) if count else ()
    for index in range(count):
        place = 4 * (count + 1) + _FTXBXS * index
        if not unpack_from("<H", texts, place + _REUSABLE)[0]:
            (shape,) = unpack_from("<i", texts, place + _SHAPE)
            shapes[shape] = (file.boxes_at + bounds[index], file.boxes_at + bounds[index + 1])
    count = max(0, (len(anchors) - 4) // (4 + _SPA))
    positions = unpack_from(f"<{count}I", anchors) if count else ()
    named = (unpack_from("<i", anchors, 4 * (count + 1) + _SPA * index)[0] for index in range(count))
    found = {at: shapes[name] for at, name in zip(positions, named, strict=True) if name in shapes}
    total = sum(last - first for first, last in found.values())
    return found if total <= len(file.main) else {}  # a damaged file may name one text for every anchor
