"""A problem in quotes with nothing but words of the genre around it: 对应反馈意见：“…”, 对“…”的整改情况."""

from __future__ import annotations

from dataclasses import dataclass

from zhenggai.notice.language import wording
from zhenggai.patterns import compiled

QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "〝": "〞", "＂": "＂"}
_OPENING = compiled(f"[{''.join(QUOTES)}]")
_N = r"[一二三四五六七八九十\d]{1,3}"
_BEFORE = compiled(
    r"(?:对[应照于]?|针对|关于|就|落实|中央|[省市州县区旗]委|上级"
    rf"|第{_N}[个项条点]?|巡[视察]|{_N}?组|反馈|意见|问题|事项|情况|清单|原文?|指出|提出|发现|明确|中|里|在|的|存在|[：:，,\s])+"
)
_AFTER = compiled(
    r"(?:的|这[一个]{1,2}|等|问题|[方侧]面|情况|现象|事项|反馈|意见|整改|落实|进展|完成|推进|办理|工作|任务|成[效果]|措施|结果|[和及与、])*"
)
_FIRST = frozenset("对针关就落反巡中省市州县区旗上原")
_ENDS = "。：:；;，, \u3000\xa0"
_POINTS = compiled("对[应照]|反馈|指出|提出|巡[视察]|原")
_TELLING = compiled("整改|问题|意见")
_FARTHEST = 26
"""Characters that may stand before the quotes."""
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where the words in the quotes stand, and where the frame around them ends."""

    start: int
    end: int
    whole_end: int


def closing_quote(text: str, at: int, limit: int) -> int | None:
    """Index of the quote that closes the one at `at`; None if there is none at `at` or it stays open."""
    if at >= len(text) or text[at] not in QUOTES:
        return None
    opening, closing = text[at], QUOTES[text[at]]
    depth, after = 1, at + 1
    while (found := text.find(closing, after, limit)) >= 0:
        depth += text.count(opening, after, found) - 1 if opening != closing else -1
        if depth <= 0:
            return found
        after = found + 1
    return None


_PERSISTS = compiled(r"的?(?:这一)?问题(?:仍然|依然|仍|还|尚)?存在")


def ends_frame(text: str, begin: int, closing: int, end: int) -> bool:
    """Whether the words behind a quoted problem only call it one: “…”的问题, “…”问题仍然存在."""
    if wording.WRAPPED_TAIL.fullmatch(text, closing + 1, end):
        return True
    persists = _PERSISTS.fullmatch(text, closing + 1, end) is not None
    return persists and wording.has_negative(text[begin + 1 : closing])


def framed(text: str, start: int = 0) -> Quoted | None:
    """The quotes that are the whole of `text[start:]` but for words of the genre."""
    found = _in_frame(text, start, len(text)) or _behind(text, start, len(text))
    if found is None or text[found.whole_end :].strip(_ENDS):
        return None
    after = text[found.end + 1 : found.whole_end]
    points = _POINTS.search(text, start, found.start) is not None
    return found if points or _TELLING.search(after) is not None else None


def framed_before_answer(text: str, start: int = 0, limit: int = 400) -> Quoted | None:
    """The same where the answer follows in the paragraph: 对应反馈意见：“…”。我院…"""
    found = _in_frame(text, start, start + limit)
    if found is None or text[found.whole_end : found.whole_end + 1] not in tuple("。：:，,"):
        return None
    points = _POINTS.search(text, start, found.start) is not None
    heads = "整改" in text[found.end : found.whole_end] and text[found.whole_end] not in "，,"
    return Quoted(found.start, found.end, found.whole_end + 1) if points or heads else None


def _in_frame(text: str, start: int, limit: int) -> Quoted | None:
    """The first quotes after `start`, with their frame, where nothing else stands before them."""
    if text[start : start + 1] not in _FIRST:
        return None
    opening = _OPENING.search(text, start + 1, start + _FARTHEST)
    if opening is None or _BEFORE.fullmatch(text, start, opening.start()) is None:
        return None
    return _behind(text, opening.start(), limit)


def _behind(text: str, at: int, limit: int) -> Quoted | None:
    """The quotes that open at `at`, with the words of the genre behind them."""
    closing = closing_quote(text, at, limit)
    if closing is None or closing - at <= _SHORTEST:
        return None
    after = _AFTER.match(text, closing + 1)
    return Quoted(at + 1, closing, closing + 1 if after is None else after.end())
