"""What a line by itself, or with the next one, says of being a heading; the open levels are not looked at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE, STEM_STYLES, match_marker
from zhenggai.notice.language.problem_pairs import problem_score
from zhenggai.notice.language.statement import Statement, find_wrapped, unwrap
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

UPPER = frozenset({"section", "chinese", "chinese_paren", "decimal_zero", *STEM_STYLES})
LONGEST_HEADING = 160
SHORT = 60
ROW = 2
"""So many numbered paragraphs of an answer make a row that goes on."""
UNLIKELY = -1.0
LIKELY = 0.3
"""Score of character pairs from which a text names what is wrong where its place says so too."""
_COLON = compiled("[：:]")
FRAME = compiled(r"聚焦(?:基层)?(?:贯彻|群众|身边|党组织|党的|落实|巡[视察]|整改)")
"""Standard titles of the frame of city and county inspections."""
"""Score of character pairs below which a phrase is hardly a problem."""
SHORTEST_ANSWER = 8
DASH = compiled(r"[—–\-→➢]{1,3}")


def whole_statement(line: Line) -> Statement:
    """The statement that a whole line is."""
    return unwrap(line.text, line.body_start - line.start)


def is_whole(line: Line, whole: Statement) -> bool:
    """Whether the wrapper encloses the line: one sentence, or quotes around several."""
    inline = find_wrapped(line.text, line.body_start - line.start)
    if inline is not None:
        return len(line.text) - inline.whole_end < SHORTEST_ANSWER
    return len(line.body) <= LONGEST_HEADING and "。" not in line.text[whole.start : whole.end]


def topic_and_problem(body: str) -> bool:
    """Whether a topic and what is wrong with it stand side by side: 行政执法方面。裁量权使用不规范。"""
    topic = wording.first_sentence(body)
    rest = body[len(topic) :]
    return topic.rstrip("。：").endswith(("方面", "问题")) and wording.looks_like_problem(rest)


_TOPIC = ("方面", "领域", "工作", "情况", "类")


def names_topic(text: str) -> bool:
    """Whether a heading names a field and no shortcoming in it: 水务管理方面."""
    return text.rstrip("。：: ").endswith(_TOPIC) and not wording.has_negative(text)


def closed(text: str) -> bool:
    """Whether every bracket in `text` is closed."""
    return text.count("（") == text.count("）") and text.count("(") == text.count(")")


def goes_on(text: str) -> bool:
    """Whether a sentence that begins with a statement goes on with what was done about it."""
    return wording.reports_done(text) or any(wording.looks_like_action(c) for c in text.split("，")[1:])


_LEADS_OVER = compiled(r"：|(?<!\d)—{1,2}")


def before_answer(sentence: str) -> int:
    """Length of a problem, with its mark, that a colon or a dash parts from its answer; else of `sentence`.

    培训收费管理不规范：全面核查… 台账记录不完整——补录…
    """
    mark = _LEADS_OVER.search(sentence)
    if mark is None or mark.start() + SHORTEST_ANSWER >= len(sentence):
        return len(sentence)
    head = sentence[: mark.start()]
    return mark.end() if closed(head) and wording.looks_like_problem(head) else len(sentence)


def introduces(sentence: str, rest: str) -> bool:
    """Whether a short topic (文物安全方面。) stands before problems in the same paragraph."""
    if len(sentence) > 40 or not sentence.rstrip("。：:").endswith(("方面", "问题")):
        return False
    marker = match_marker(rest)
    return find_wrapped(rest, marker.length if marker else 0) is not None


def is_plain_action(text: str) -> bool:
    """Whether `text` reports an action and states no problem."""
    return wording.looks_like_action(text) and not wording.looks_like_problem(text)


def label_key(line: Line) -> str:
    """What tells outcome labels apart: 整改情况 from 整改成效."""
    return _COLON.split(line.body[:4])[0]


def first_label(lines: tuple[Line, ...]) -> str | None:
    """The label that opens most answers: the one that follows lines without a label most often."""
    counts: dict[str, int] = {}
    for before, line in zip(lines, lines[1:], strict=False):
        if line.has_outcome_label and not before.has_outcome_label:
            counts[label_key(line)] = counts.get(label_key(line), 0) + 1
    return max(counts, key=lambda key: counts[key]) if counts else None


def labelled_statement(line: Line, start: int) -> Statement:
    """The statement after 反馈问题：; the answer may follow in the same line."""
    sentence = wording.first_sentence(line.text[start:])
    rest = line.text[start + len(sentence) :]
    goes_on = match_marker(rest.lstrip()) is not None  # 存在问题：1.… / 2.…
    if len(rest) >= SHORTEST_ANSWER and not goes_on and wording.looks_like_answer(rest):
        inner = unwrap(line.text[: start + len(sentence)], start)
        return Statement(inner.start, inner.end, start + len(sentence), inner.wrapped)
    return whole_statement(line)


_FEWEST_PAIRS = 3
_BARE_PROBLEM = 1.0


def is_bare_pair(line: Line, following: Sequence[Line]) -> bool:
    """Whether a line without number states a problem and the next one answers it."""
    if line.marker is not None or not following or following[0].marker is not None:
        return False
    sure = wording.looks_like_problem(line.text) and problem_score(line.text) >= _BARE_PROBLEM
    short = len(line.text) <= LONGEST_HEADING and not wording.reports_done(line.text)
    return sure and short and wording.looks_like_answer(following[0].text)


def bare_pairs(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines without number that state a problem which the next one answers."""
    plain = [i for i, line in enumerate(lines) if line.marker is None]
    return [i for i, after in pairwise(plain) if after == i + 1 and is_bare_pair(lines[i], (lines[after],))]


def alternates(lines: tuple[Line, ...]) -> bool:
    """Whether the paragraphs are, by turns, a bare problem and its answer."""
    pairs = len(bare_pairs(lines))
    plain = sum(line.marker is None and not line.has_outcome_label for line in lines)
    return pairs >= _FEWEST_PAIRS and 5 * pairs >= plain


_RUN_ON = compiled(
    r"(?:关于|针对|对于)(?P<body>[^。；：\n]{4,80}?)的?问题"
    r"(?:[ \u3000]+|(?=[^，。：；、的和及与等较很仍还也在上中得是未不突反集整”\s]))"
)


_REPORTED = compiled(r"\d|已|正在|目前")


def run_on_statement(line: Line) -> Statement | None:
    """关于…的问题 before an answer from which no mark parts it: 4.关于老客运站闲置的问题局党组多次…"""
    offset = line.body_start - line.start
    match = _RUN_ON.match(line.text, offset)
    rest = "" if match is None else line.text[match.end() :]
    if match is not None and match["body"].count("“") != match["body"].count("”"):
        return None  # 问题 stands inside the quotes
    if match is None or len(rest) < SHORTEST_ANSWER or whole_statement(line).end < len(line.text) - 6:
        return None
    if not any(_REPORTED.search(c) or wording.looks_like_action(c) for c in rest.split("，")):
        return None
    return Statement(match.start("body"), match.end("body"), match.end(), True)


def names_fault(text: str) -> bool:
    """Whether a text whose place says so already names what is wrong, in its words or its character pairs."""
    return wording.has_negative(text) or problem_score(text) > LIKELY


def before_inner_label(line: Line) -> Statement | None:
    """The statement before an outcome label in the same line: 1.学习不深入。整改情况：…"""
    offset = line.body_start - line.start
    window = line.text[: offset + 2 * LONGEST_HEADING]
    for match in wording.outcome_labels(window, offset + 4):
        if line.text.startswith("的", match.start()) and not line.text[match.end() :].strip():
            continue  # the end of a frame: “…”的整改落实情况：
        before = window[offset : match.start()].rstrip()
        numbered = line.marker is not None and line.marker.style != CLAUSE
        parted = (
            before[-1:] in tuple("。；;.）)”问题面")
            or _ends_in_colon(before)
            or (line.marker is not None and _runs_into_label(before))
        )
        if not parted or not closed(before):
            continue
        if line.marker is None and _tells_before_effect(before, match.group()):
            continue
        if (numbered or names_fault(before)) and not _reports(line, before):
            inner = unwrap(line.text[: match.start()], offset)
            return Statement(inner.start, inner.end, match.start(), inner.wrapped)
    return None


_EFFECT = compiled("成效|效果|成果|结果")
_COUNTS = compiled(r"\d|已")


def _tells_before_effect(before: str, label: str) -> bool:
    """Whether what stands before 整改成效： is what was done, with a word of fault in it.

    退款2万元，因经办人调离未能收回3000元。整改成效：…
    """
    if _EFFECT.search(label) is None:
        return False
    opening = wording.first_clause(before)
    return wording.looks_like_action(before) or _COUNTS.search(opening) is not None


_SHORTEST_RUN_IN = 6


def _runs_into_label(text: str) -> bool:
    """Whether a shortcoming stands before a label with no mark between: 4、公务用车管理不严整改情况：…"""
    fits = _SHORTEST_RUN_IN <= len(text) <= SHORT and "。" not in text
    one = fits and not any(map(str.isspace, text))  # “…”的问题 ①… is a heading and the points below it
    return (
        one
        and wording.looks_like_problem(text)
        and (wording.ends_in_shortcoming(text) or problem_score(text) > LIKELY)
    )


def _ends_in_colon(text: str) -> bool:
    """Whether a statement, no label of its own, stands before a colon: 占道经营反弹：整改情况：…"""
    return text[-1:] in ("：", ":") and not wording.problem_label(text)


def _reports(line: Line, before: str) -> bool:
    """Whether what stands before a label reports a measure; a numbered shortcoming may name a document."""
    one = "。" not in before[:-1] and line.marker is not None and line.marker.style != CLAUSE
    return wording.reports_done(before) and not (one and wording.looks_like_problem(before))
