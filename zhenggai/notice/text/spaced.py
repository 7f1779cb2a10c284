"""Characters that stand apart (整 改 情 况 ：), as in scans and old typesetting: in labels or all over."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.notice.language import wording
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_LABEL = compiled(
    r"[^\S\n]*(?:[（(]?[一二三四五六七八九十\d]{1,3}\s?[）)、.．]{1,2}\s?)?"
    r"(?P<label>[【\[（(]?[\u4e00-\u9fff](?:[ \u3000]{0,3}[\u4e00-\u9fff]){2,11}"
    r"[ \u3000]*[】\]）)]?[ \u3000]*[：:】\]])"
)
_BEFORE_COLON = compiled(
    r"[ \u3000](?<=[\u4e00-\u9fff].)[ \u3000\u4e00-\u9fff]{0,24}[】\]）)]?[ \u3000]?[：:】\]]"
)
"""What every such label has in it."""
_GAP = compiled(r"[ \u3000]+")
_APART = compiled(r"[ \u3000][\u4e00-\u9fff][ \u3000][\u4e00-\u9fff][ \u3000][\u4e00-\u9fff][ \u3000]")
"""What every line has in it whose characters all stand apart."""
_SPACED_PAIR = compiled(r"[\u4e00-\u9fff](?=[ \u3000]{1,3}[\u4e00-\u9fff])")
_CLOSE_PAIR = compiled(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])")
_ANY_GAP = compiled(r"(?<=[^\s])[ \u3000]{1,3}(?=[^\s])")
_FEWEST = 8
_MOSTLY = 0.6


def gaps(text: str) -> list[Span]:
    """The white space inside labels at the beginning of lines, and between characters that stand apart."""
    found = list(_in_labels(text))
    if _APART.search(text) is not None:
        found += _between_all(text)
    return found


def _in_labels(text: str) -> Iterator[Span]:
    looked_at = -1
    for place in _BEFORE_COLON.finditer(text):
        line = text.rfind("\n", 0, place.start()) + 1
        match = _LABEL.match(text, line) if line != looked_at else None
        looked_at = line
        if match is None:
            continue
        start, label = match.start("label"), match["label"]
        joined = _GAP.sub("", label)
        if wording.OUTCOME_LABEL.fullmatch(joined) or wording.PROBLEM_LABEL.fullmatch(joined):
            yield from ((start + gap.start(), start + gap.end()) for gap in _GAP.finditer(label))


def _between_all(text: str) -> Iterator[Span]:
    """The gaps of the lines, or of the whole text, in which most characters stand apart."""
    everywhere = _stand_apart(text)
    at = 0
    for line in text.split("\n"):
        if (everywhere or _stand_apart(line)) and "\t" not in line:
            yield from (match.span() for match in _ANY_GAP.finditer(text, at, at + len(line)))
        at += len(line) + 1


def _stand_apart(text: str) -> bool:
    spaced = len(_SPACED_PAIR.findall(text))
    return spaced >= _FEWEST and spaced >= _MOSTLY * (spaced + len(_CLOSE_PAIR.findall(text)))
