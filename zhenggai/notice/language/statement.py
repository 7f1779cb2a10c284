"""A line's text → the problem statement in it, without its wrapper, and what follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from zhenggai.notice.language import wording
from zhenggai.notice.language.problem_pairs import problem_score
from zhenggai.notice.language.quoted import (
    QUOTES,
    Quoted,
    closing_quote,
    ends_frame,
    framed,
    framed_before_answer,
)
from zhenggai.patterns import compiled

_REPORTS = -0.8
"""Score of character pairs below which a clause reports rather than states."""
_COMMA = compiled("(?<=，)")
_EDGE = " \u3000\xa0。；;：:，,、.．—"


@dataclass(frozen=True, slots=True)
class Statement:
    """Where a problem is stated in a text; offsets count in that text."""

    start: int
    """First character of the statement itself, without 关于“."""
    end: int
    whole_end: int
    """After the wrapper's tail and its full stop: here the outcome begins, if there is one."""
    wrapped: bool


@lru_cache(wording.REMEMBERED)
def unwrap(text: str, start: int = 0) -> Statement:
    """The statement that the whole of `text[start:]` is: 关于“…”的问题 → …"""
    while (label := wording.PROBLEM_LABEL.match(text, start)) and start < label.end() < len(text):
        start = label.end()
    begin, end = _strip(text, _after_topic(text, start), len(text))
    if (inner := _of_frame(text, framed(text, begin), begin)) is not None:
        return replace(inner, whole_end=len(text))
    lead = wording.WRAPPED_LEAD.match(text, begin)
    if lead is None:
        if text.startswith("对", begin) and (cured := _cured(text, begin)) is not None:
            return cured
        closing = closing_quote(text, begin, end)
        if closing is not None and closing > begin + 2 and ends_frame(text, begin, closing, end):
            return Statement(begin + 1, closing, len(text), True)  # “…”的问题
        solved = wording.SOLVED.match(text, begin)
        if solved is not None and wording.has_negative(solved["body"]):
            return Statement(*_unquote(text, *solved.span("body")), len(text), True)
        begin, end = _unquote(text, begin, end)
        if text.endswith(_CALLED_SO, begin, end) and wording.has_negative(
            text[begin : end - len(_CALLED_SO)]
        ):
            end -= len(_CALLED_SO)  # the tail of a wrapper without its lead: 1.记录不规范的问题
            begin += len(_THERE_IS) * text.startswith(_THERE_IS, begin)
        return Statement(begin, end, len(text), False)
    inner_start = lead.end()
    tail = _last_tail(text, inner_start)
    if lead["weak"] and tail is None and text[inner_start : inner_start + 1] not in QUOTES:
        return Statement(begin, end, len(text), False)
    inner_end = tail if tail is not None else end
    inner_start, inner_end = _unquote(text, *_strip(text, inner_start, inner_end))
    if inner_end - inner_start < 2:
        return Statement(begin, end, len(text), False)
    again = wording.WRAPPED_LEAD.match(text, inner_start)
    quoted = text[inner_start - 1] in QUOTES
    if again is not None and again.end() < inner_end - 2 and quoted and not again["weak"]:  # “关于…”的问题
        inner_start, inner_end = _unquote(text, again.end(), inner_end)
    return Statement(inner_start, inner_end, len(text), True)


_THERE_IS, _CALLED_SO = "存在", "的问题"
_TOPIC = compiled(
    r"[^，。；：、\n“”\d]{2,16}[。：:]\s*(?:(?:[^，。；：]{0,8}?巡[视察](?:[一二三四五六七八九十\d]{1,3})?组?)?反馈(?:意见)?中?(?:指出|提出|认为)"
    r"(?!的|问题|意见)[：:，,]?\s*|(?<=方面[。：:])存在(?!的)|巡[视察](?:[一二三四五六七八九十\d]{1,3})?组?(?:指出|提出|发现)[：:，,]\s*)(?=\S{4})"
)
"""理论学习方面。反馈指出…: a topic and who found what is wrong with it."""
_LONGEST_TOPIC = 18


def _after_topic(text: str, start: int) -> int:
    """Where the problem begins behind a topic and 反馈指出; `start` where there are none."""
    if (
        text.find("。", start, start + _LONGEST_TOPIC) < 0
        and text.find("：", start, start + _LONGEST_TOPIC) < 0
    ):
        return start
    topic = _TOPIC.match(text, start)
    return start if topic is None else topic.end()


_CURED = compiled(
    r"对于?\s?(?P<body>“[^\n]{4,120}”|[^，。；“\n]{4,60})的?(?:这[一个]{1,2})?(?:问题|方面)的?整改(?:工作)?(?:落实|进展|完成|推进)?(?:情况|成效|结果)?[。：:]?$"
)


def _cured(text: str, start: int) -> Statement | None:
    """对“…”问题的整改, the whole of a heading; only a stated problem where it is not quoted."""
    match = _CURED.match(text, start)
    if match is None:
        return None
    begin, end = _unquote(text, *_strip(text, *match.span("body")))
    quoted = begin > match.start("body")
    stated = text[begin:end]
    if is_generic(stated) or not (quoted or wording.has_negative(stated)):
        return None
    return Statement(begin, end, len(text), True)


def _last_tail(text: str, start: int) -> int | None:
    """Where the wrapper's tail begins, which must reach the end of `text`."""
    window = max(start, len(text) - 60)
    match = wording.WRAPPED_TAIL.search(text, window)
    return None if match is None else _behind_noun(text, match.start())


_NOUN = ("遗留", "问题")


def _behind_noun(text: str, tail: int) -> int:
    """Where the statement ends: 问题 is no wrapper in 遗留问题."""
    left, noun = _NOUN
    return tail + len(noun) if text.startswith(noun, tail) and text.endswith(left, 0, tail) else tail


def _of_frame(text: str, found: Quoted | None, start: int) -> Statement | None:
    if found is None:
        return None
    begin, end = _unquote(text, *_strip(text, found.start, found.end))
    again = wording.WRAPPED_LEAD.match(text, begin)
    if again is not None and not again["weak"] and again.end() < end - 2:  # “关于…”的问题
        begin, end = _unquote(text, again.end(), end)
    stated = text[begin:end]
    carried_out = text.startswith("落实", start) and not wording.has_negative(stated)
    if is_generic(stated) or carried_out:  # 落实“一岗双责”的整改情况
        return None
    return Statement(begin, end, found.whole_end, True)


@lru_cache(wording.REMEMBERED)
def find_wrapped(text: str, start: int = 0, limit: int = 400) -> Statement | None:
    """The statement in a wrapper that begins at `text[start:]` and ends before further text, or None.

    `针对发展党员程序不规范的问题。我中心于…` → the statement; the outcome begins at `whole_end`.
    """
    if (framed_one := _of_frame(text, framed_before_answer(text, start, limit), start)) is not None:
        return framed_one
    lead = wording.WRAPPED_LEAD.match(text, start)
    if lead is None:
        return _quoted(text, start, closing_quote(text, start, start + limit))
    if (pointed := quoted_after_pointer(text, start, limit)) is not None:
        return pointed
    quote_end = closing_quote(text, lead.end(), start + limit)
    quoted = _quoted(text, lead.end(), quote_end)
    if quoted is not None:
        return quoted
    if quote_end is not None and not lead["weak"] and _ends_quoted(text, lead.end() + 1, quote_end):
        return quoted_after_lead(text, start, limit)  # 针对“A不到位”，关于B的问题，…
    match = wording.WRAPPED.match(text, start, start + limit)
    if match is not None and quote_end is not None and match.end() <= quote_end:
        match = None  # the tail stands inside the quotes
    if match is not None and "问题" not in match["tail"] and _POINTS.search(match["body"]):
        match = None  # it stands in the answer: 针对X不严，一是…明确须经集体研究的事项。
    if match is None or (quote_end is None and "。" in match["body"]):
        bare = None if lead["weak"] else _bare_wrapped(text, lead.end(), limit)
        return bare or _from_match(text, match)
    return _from_match(text, match)


def _quoted(text: str, start: int, end: int | None) -> Statement | None:
    """The quoted statement at `start` whose closing quote, at `end`, the wrapper's tail follows."""
    if end is None:
        return None
    tail = wording.WRAPPED.match("关于某某" + text[end + 1 : end + 60])
    if tail is None or tail.start("tail") != 4:
        return None
    return Statement(start + 1, end, end + 1 + tail.end() - 4, True)


def _ends_quoted(text: str, start: int, end: int) -> bool:
    """Whether a comma or a stop, and no further quote, stands behind a quoted problem."""
    after = text[end + 1 : end + 3]
    ends = after[:1] in tuple("，。：:,") and after[1:] not in QUOTES
    return ends and wording.looks_like_problem(text[start:end])


def quoted_after_lead(text: str, start: int = 0, limit: int = 400) -> Statement | None:
    """The quoted statement after a lead where the tail is missing: 针对“…”，乡党委…"""
    lead = wording.WRAPPED_LEAD.match(text, start)
    closing = None if lead is None else closing_quote(text, lead.end(), start + limit)
    if lead is None or closing is None or text[closing + 1 : closing + 2] not in tuple("，。：:,"):
        return None
    return Statement(lead.end() + 1, closing, closing + 2, True)


_FACING = compiled(
    r"对于?\s?(?P<body>“[^\n]{4,120}?”|[^。；\n]{4,120}?)(?:这[一个]{1,2})?的?问题\s?[，,。：:]"
)


def find_facing(text: str, start: int = 0) -> Statement | None:
    """对“…”的问题，组织…: only a row of these heads items, as answers open so as well."""
    match = _FACING.match(text, start)
    if match is None or wording.PROBLEM_LABEL.match(text, start):
        return None
    inner_start, inner_end = _unquote(text, *_strip(text, *match.span("body")))
    stated = text[inner_start:inner_end]
    if is_generic(stated) or wording.reports_done(stated):
        return None
    return Statement(inner_start, inner_end, match.end(), True)


def quoted_after_pointer(text: str, start: int = 0, limit: int = 400) -> Statement | None:
    """The quoted statement after its number: 针对第1个问题“…”，镇党委…"""
    label = wording.PROBLEM_LABEL.match(text, start)
    closing = None if label is None else closing_quote(text, label.end(), start + limit)
    if label is None or closing is None:
        return None
    if (quoted := _quoted(text, label.end(), closing)) is not None:
        return quoted
    parted = text[closing + 1 : closing + 2] in tuple("，。：:,；")
    return Statement(label.end() + 1, closing, closing + 2, True) if parted else None


def _bare_wrapped(text: str, start: int, limit: int) -> Statement | None:
    """关于取用水监管宽松软。开展…: the wrapper has a lead but no tail, and the answer follows."""
    sentence = wording.first_sentence(text[start : start + limit])
    length = len(sentence)
    if not _states_alone(text, start, length, limit):
        length = _stated_clauses(sentence)
    if length == 0:
        return None
    inner_start, inner_end = _strip(text, start, start + length)
    return Statement(inner_start, inner_end, start + length, True)


def _states_alone(text: str, start: int, length: int, limit: int) -> bool:
    """Whether the sentence is the problem and the answer comes after it."""
    sentence, rest = text[start : start + length], text[start + length : start + limit]
    stated = sentence.endswith("。") and bool(rest) and wording.looks_like_problem(sentence)
    clauses = sentence.split("，")[1:]
    return stated and wording.looks_like_answer(rest) and not any(map(_reports, clauses))


_POINTS = compiled(r"[，：:；](?:一是|首先|①|[（(]1[）)])")
_FIRST_POINT = compiled(r"一是|首先|第一[，,、]|①|[（(]1[）)]")


def _reports(clause: str) -> bool:
    """Whether a clause says what was done, or begins the points of it."""
    return wording.looks_like_action(clause) or _FIRST_POINT.match(clause) is not None


def _stated_clauses(sentence: str) -> int:
    """Length of the clauses that state a problem before the clause that reports: 针对X不到位，制定….

    0 where the first clause states none or no clause reports.
    """
    clauses = _COMMA.split(sentence)
    if not wording.looks_like_problem(clauses[0].rstrip("，")):
        return 0
    length = 0
    for index, clause in enumerate(clauses):
        if index and (_reports(clause) or problem_score(clause) < _REPORTS):
            return length
        length += len(clause)
    return 0


def _from_match(text: str, match: re.Match[str] | None) -> Statement | None:
    if match is None:
        return None
    end = _behind_noun(text, match.start("tail"))
    inner_start, inner_end = _unquote(text, *_strip(text, match.start("body"), end))
    if inner_end - inner_start < 2:
        return None
    return Statement(inner_start, inner_end, match.end(), True)


def is_generic(statement: str) -> bool:
    """Whether `statement` only points elsewhere (上述, 巡察组提出的)."""
    return len(statement) < 3 or wording.GENERIC_STATEMENT.fullmatch(statement.strip(_EDGE)) is not None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _unquote(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off quotes that enclose the whole of the stretch."""
    while end - start > 2 and text[start] in QUOTES and closing_quote(text, start, end) == end - 1:
        start, end = _strip(text, start + 1, end - 1)
    return start, end
