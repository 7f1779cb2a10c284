"""Paragraphs without a number that state a problem and go on with the answer, one item each.

关于…的问题，我们制定了… / 针对“…”，乡党委… / 巡视反馈指出，…。对此，…

One such paragraph may be no more than a remark within an answer. Where several stand side by side, each
is an item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.language.problem_pairs import problem_score
from zhenggai.notice.language.quoted import closing_quote
from zhenggai.notice.language.statement import (
    Statement,
    find_facing,
    find_wrapped,
    is_generic,
    quoted_after_lead,
    quoted_after_pointer,
    unwrap,
)
from zhenggai.notice.lines.heading_cues import LIKELY, SHORTEST_ANSWER, is_plain_action, names_topic
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_FEWEST = 2
_FEWEST_BARE = 3
_LONGEST_BARE = 60
_LONGEST_QUOTE = 120
_MOST_NOTES = 2
"""So many other paragraphs there may be for each one that opens with a problem."""
_SO = compiled(r"[对为]此[，,：:]\s*")
_TURN = compiled(
    r"(?<=[。；：，])(?:对此|为此|针对(?:上述|以上|该|此|这一?|这些)[^，。]{0,6}问题|(?:收到|接到)反馈(?:意见)?后|整改[中后])[，,：:]"
)
"""Words that lead over from what was found to what was done."""


def opening_statements(lines: Sequence[Line]) -> Mapping[int, Statement]:
    """The statements that open paragraphs of `lines`, by index; empty where they are no row of items."""
    found = {i: s for i, line in enumerate(lines) if (s := _opening(line)) is not None}
    facing = {i: s for i, line in enumerate(lines) if i not in found and (s := _facing(line)) is not None}
    negative = sum(wording.has_negative(lines[i].text[s.start : s.end]) for i, s in facing.items())
    if len(facing) >= _FEWEST_BARE and negative * 2 >= len(facing):
        found = dict(sorted({**found, **facing}.items()))
    numbers = sum(_counts(line) for line in lines)
    others = sum(line.marker is None and not line.has_outcome_label for line in lines) - len(found)
    found = _with_kin(lines, found)
    if len(found) >= _FEWEST and others <= _MOST_NOTES * len(found):
        return found
    if numbers > len(lines) // 3 or any(line.has_outcome_label for line in lines):
        return {}
    bare = {i: s for i, line in enumerate(lines) if (s := _bare(line)) is not None}
    sure = sum(wording.looks_like_problem(lines[i].text) for i in bare)
    plain = [i for i, line in enumerate(lines) if line.marker is None]
    row = len(bare) >= _FEWEST_BARE and len(bare) * 2 >= len(plain)
    if not row or sure < _FEWEST or sure * 2 < len(bare):
        return {}
    missing = [i for i in plain if i not in bare]
    if len(bare) * 5 < len(plain) * 4 or sure * 5 < len(bare) * 4:
        return bare
    kin = {i: s for i in missing if (s := _bare(lines[i], by_row=True)) is not None}
    return dict(sorted({**bare, **kin}.items()))


def levels_above(lines: Sequence[Line], openings: Mapping[int, Statement]) -> frozenset[str]:
    """Levels of headings that group paragraphs of `openings` without number, whatever they state.

    Most of a level stand right above one, and there are more of these than headings.
    """
    plain = {index for index in openings if lines[index].marker is None}
    levels: dict[str, list[bool]] = {}
    for index, line in enumerate(lines):
        if line.marker is not None and index not in openings and len(line.body) <= _LONGEST_BARE:
            levels.setdefault(line.marker.level, []).append(index + 1 in plain)
    return frozenset(
        level
        for level, above in levels.items()
        if sum(above) * 5 >= len(above) * 3 and sum(above) < len(plain)
    )


def _with_kin(lines: Sequence[Line], found: dict[int, Statement]) -> dict[int, Statement]:
    """`found`, and the other paragraphs after 巡视组提出， where most of these are in it: the row tells."""
    leads = [
        i for i, line in enumerate(lines) if line.marker is None and wording.FEEDBACK_LEAD.match(line.text)
    ]
    missing = [i for i in leads if i not in found]
    if not missing or len(leads) < _FEWEST_BARE or len(missing) * 2 >= len(leads):
        return found
    kin = {i: s for i in missing if (s := _first_sentence(lines[i].text)) is not None}
    return dict(sorted({**found, **kin}.items()))


def _first_sentence(text: str) -> Statement | None:
    """The first sentence after 巡视组提出，, before further ones."""
    lead = wording.FEEDBACK_LEAD.match(text)
    if lead is None:
        return None
    end = lead.end() + len(wording.first_sentence(text[lead.end() :]))
    inner = unwrap(text[:end], lead.end())
    return Statement(inner.start, inner.end, end, True) if len(text) - end >= SHORTEST_ANSWER else None


def facing_levels(lines: Sequence[Line]) -> frozenset[str]:
    """Levels of numbers that mostly stand before 对…的问题，…."""
    rows: dict[str, list[bool]] = {}
    for line in lines:
        if line.marker is not None and line.marker.style != CLAUSE:
            faces = find_facing(line.text, line.body_start - line.start) is not None
            rows.setdefault(line.marker.level, []).append(faces)
    return frozenset(
        level for level, row in rows.items() if sum(row) >= _FEWEST_BARE and sum(row) * 2 > len(row)
    )


def _counts(line: Line) -> bool:
    """Whether the number of a line counts something else than topics: （一）水务管理方面."""
    return line.marker is not None and line.marker.style != CLAUSE and not names_topic(line.body)


def states_and_answers(line: Line) -> bool:
    """Whether `line`, numbered or not, opens with a statement in a wrapper and goes on with what was done."""
    return _wrapped_opening(line) is not None


def _opening(line: Line) -> Statement | None:
    plain = line.marker is None or line.marker.style == CLAUSE
    return _wrapped_opening(line) if plain else None


def _facing(line: Line) -> Statement | None:
    """The statement of 对…的问题，…, without a number or after 其一，."""
    plain = line.marker is None or line.marker.style == CLAUSE
    if not plain or line.label is not None or line.is_table_row or line.has_outcome_label:
        return None
    statement = find_facing(line.text, line.body_start - line.start)
    fits = statement is not None and len(line.text) - statement.whole_end >= SHORTEST_ANSWER
    return statement if fits else None


def _wrapped_opening(line: Line) -> Statement | None:
    """The statement in a wrapper, or after 反馈指出，, that a paragraph opens with."""
    if line.label is not None or line.is_table_row or line.has_outcome_label:
        return None
    offset = line.body_start - line.start
    statement = _after_feedback(line.text, offset) or _wrapped(line.text, offset)
    if statement is None or is_generic(line.text[statement.start : statement.end]):
        return None
    return statement if len(line.text) - statement.whole_end >= SHORTEST_ANSWER else None


_SENDER = compiled(
    r"(?:(?:[中省市州县区旗]?[央委]?)?(?:第[一二三四五六七八九十\d]{1,3})?巡[视察](?:[一二三四五六七八九十\d]{1,3})?组?)?"
    r"(?:反馈|指出|提出|发现)(?:意见|问题)?(?:中)?(?:指出|提出)?的?(?=[“‘「『])"
)
"""巡察反馈的“…”问题，…"""


def _wrapped(text: str, offset: int) -> Statement | None:
    sender = _SENDER.match(text, offset)
    if sender is not None:
        return find_wrapped(text, sender.end())
    if wording.PROBLEM_LABEL.match(text, offset):
        return quoted_after_pointer(text, offset)  # 针对反馈的第一个问题：“…”。
    if text.startswith("“", offset) and (quoted_problem := _quoted(text, offset)) is not None:
        return quoted_problem
    statement = find_wrapped(text, offset)
    if statement is None or text[statement.start] == "“":
        statement = quoted_after_lead(text, offset) or statement
    if statement is None or text[statement.whole_end - 1] not in "。：:，,":
        return None
    stated = text[statement.start : statement.end]
    quoted = text[statement.end : statement.end + 1] == "”"
    return (
        statement
        if quoted or "问题" in text[statement.end : statement.whole_end] or _states(stated)
        else None
    )


_CALLED_PROBLEM = compiled("(?:等?的?)问题[。：:，,]")


def _quoted(text: str, offset: int) -> Statement | None:
    """“…”问题。…, without a word before it."""
    closing = closing_quote(text, offset, offset + _LONGEST_QUOTE)
    tail = None if closing is None else _CALLED_PROBLEM.match(text, closing + 1)
    if closing is None or tail is None or not _states(text[offset + 1 : closing]):
        return None
    return Statement(offset + 1, closing, tail.end(), True)


def _states(text: str) -> bool:
    return wording.looks_like_problem(text) and not wording.reports_done(text)


def _after_feedback(text: str, offset: int) -> Statement | None:
    """The statement after 巡视反馈指出，: up to 对此，, or else its first sentence."""
    lead = wording.FEEDBACK_LEAD.match(text, offset)
    if lead is None:
        return None
    turn = _TURN.search(text, lead.end())
    end = turn.start() if turn is not None else lead.end() + len(wording.first_sentence(text[lead.end() :]))
    if turn is None and not (_states(text[lead.end() : end]) and wording.looks_like_answer(text[end:])):
        return None
    inner = unwrap(text[:end], lead.end())
    so = _SO.match(text, end)
    return Statement(inner.start, inner.end, so.end() if so is not None else end, True)


def _bare(line: Line, by_row: bool = False) -> Statement | None:
    """A short first sentence that may state a problem, before sentences that report what was done.

    One that begins like a measure (督促整改“一交了之”) only where nearly all paragraphs of the row state.
    """
    if line.marker is not None or line.label is not None or line.is_table_row:
        return None
    sentence = wording.first_sentence(line.text)
    rest = line.text[len(sentence) :]
    if len(rest) < SHORTEST_ANSWER or len(sentence) > _LONGEST_BARE or not sentence.endswith("。"):
        return None
    acts = is_plain_action(sentence) and not (by_row and problem_score(sentence) > LIKELY)
    if acts or wording.reports_done(sentence) or not wording.looks_like_answer(rest):
        return None
    inner = unwrap(sentence)
    return Statement(inner.start, inner.end, len(sentence), True)  # the row says that it states a problem
