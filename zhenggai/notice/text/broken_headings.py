"""Line breaks inside numbered headings of pasted text, where the two lines can only be one.

1.关于农村公路养护 / 缺位的问题。, 2.支部换届不及时， / 班子不健全。, （二）关于作风建设方 / 面
"""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.language.wording import (
    BARE_PROBLEM_LABEL,
    WRAPPED_TAIL,
    begins_with_outcome_label,
    has_negative,
    looks_like_action,
    looks_like_problem,
    reports_done,
)
from zhenggai.notice.model import CELL_SEPARATOR, Span
from zhenggai.notice.text.hard_wraps import joint
from zhenggai.patterns import compiled

_WRONG = "(?:不|未|没有|缺|滞后|薄弱|流于|走过场|有差距)"
_BREAK = compiled(
    rf"\n(?:(?<=[，、方问]\n)|(?=[^\S\n]*{_WRONG}))"
    r"|\n[^\S\n]*[（(]?[\d一二三四五六七八九十]{1,3}[^\n]{1,3}(?:关于|针对)[^\n。；：，]{2,40}(?=\n)(?<!问题)(?<!方面)(?<!情况)"
)
"""Where such a break may be: looked for by what stands beside it, since few lines are like that."""
_LINE_BELOW = compiled(r"\s*(?P<line>[^\n]{1,40})(?=\n|$)")
_LONGEST = 50
_TAILS = ("问题", "方面", "情况")
_CUT = {"方": "面", "问": "题"}
_PREDICATE = compiled(rf"{_WRONG}[^，；]{{0,12}}$")
"""What is wrong with the subject above: 理论学习 / 不深入."""
_STOPS = tuple("，、；：）)”")
_SUBJECT = 16
_EDGE = "。：: \t\u3000\r"


def broken_headings(text: str) -> Iterator[Span]:
    """Such breaks, with the white space around them."""
    for found in _BREAK.finditer(text):
        cut = found.start() if found.end() == found.start() + 1 else found.end()
        above = text[text.rfind("\n", 0, cut) + 1 : cut].strip()
        below = _LINE_BELOW.match(text, cut)
        if below is None or not 0 < len(above) <= _LONGEST or CELL_SEPARATOR in above + below["line"]:
            continue
        if "。" not in above and _are_one(above, below["line"].strip()):
            yield joint(text, cut)


def _are_one(above: str, below: str) -> bool:
    marker = match_marker(above)
    if marker is None or match_marker(below) is not None or begins_with_outcome_label(below):
        return False
    bare = below.rstrip(_EDGE)
    if not bare or "。" in bare or reports_done(below) or BARE_PROBLEM_LABEL.match(below):
        return False
    if _CUT.get(above[-1]) == bare:
        return True
    if looks_like_action(below):
        return False
    body = above[marker.length :]
    if body.startswith(("关于", "针对")) and not body.endswith((*_TAILS, "，")):
        return bare.endswith(_TAILS) and WRAPPED_TAIL.search(above + bare, len(above)) is not None
    if _PREDICATE.match(bare) is not None and has_negative(bare) and above[-1] not in _STOPS:
        return len(body) <= _SUBJECT and not has_negative(body)
    return above.endswith(("，", "、")) and (looks_like_problem(bare) or bare.endswith("问题"))
