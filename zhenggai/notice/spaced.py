"""Labels whose characters stand apart (整 改 情 况 ：), as scans and old typesetting have them."""

from __future__ import annotations

from zhenggai.notice import wording
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_SPACED = compiled(
    r"(?m)^[^\S\n]*(?P<label>[【\[（(]?(?:[\u4e00-\u9fff][ \u3000]{1,3}){3,11}[\u4e00-\u9fff]"
    r"[ \u3000]*[】\]）)]?[ \u3000]*[：:】\]])"
)
_APART = compiled(r"[ \u3000][\u4e00-\u9fff][ \u3000]")
"""What every such label has in it."""
_GAP = compiled(r"[ \u3000]+")


def gaps_in_labels(text: str) -> list[Span]:
    """The white space inside labels of problems and outcomes at the beginning of lines."""
    gaps: list[Span] = []
    if _APART.search(text) is None:
        return gaps
    for match in _SPACED.finditer(text):
        start, label = match.start("label"), match["label"]
        joined = _GAP.sub("", label)
        if wording.OUTCOME_LABEL.fullmatch(joined) or wording.PROBLEM_LABEL.fullmatch(joined):
            gaps += [(start + gap.start(), start + gap.end()) for gap in _GAP.finditer(label)]
    return gaps
