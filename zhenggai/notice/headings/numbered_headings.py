"""Whether a numbered line heads something, or counts a measure or a paragraph of an answer."""

from __future__ import annotations

from zhenggai.notice.headings.open_headings import UNNUMBERED, OpenHeadings
from zhenggai.notice.headings.rows import has_heading_form, has_inline_form
from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.language.problem_pairs import problem_score
from zhenggai.notice.language.statement import Statement, find_facing, find_wrapped, is_generic, unwrap
from zhenggai.notice.lines.heading_cues import (
    DASH,
    FRAME,
    LONGEST_HEADING,
    ROW,
    SHORT,
    SHORTEST_ANSWER,
    UNLIKELY,
    UPPER,
    before_answer,
    closed,
    introduces,
    is_plain_action,
    is_whole,
    run_on_statement,
    topic_and_problem,
    whole_statement,
)
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_AHEAD = 60
"""Lines within which the next number of a row is looked for."""
_MARKS = tuple("。；：，")
_CLAUSE_END = compiled("(?<=[。；])")


class NumberedHeadings(OpenHeadings):
    """Judges lines with a number."""

    def clause(self, index: int) -> Statement | None:
        """The statement of a line that begins 一是, which seldom is one."""
        line = self.lines[index]
        if index in self.plain:
            return self.plain[index]
        whole = whole_statement(line)
        if self.answer_follows(index) and wording.looks_like_problem(line.body):
            return whole
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        alone = len(line.body) <= LONGEST_HEADING and "。" not in line.body[:-1]
        plain_text_follows = following is not None and (
            following.marker is None or following.marker.level != "clause"
        )
        goes_on = any(wording.looks_like_action(clause) for clause in line.body.split("，")[1:])
        stated = (
            whole.wrapped
            and not is_generic(line.body)
            and not wording.reports_done(line.body)
            and not goes_on
        )
        return whole if stated and alone and plain_text_follows else None

    def numbered_heading(self, index: int) -> Statement | None:
        """The statement of line `index`, which has a number, or None if it counts something else."""
        line = self.lines[index]
        assert line.marker is not None
        if line.start in self.rows.measures and self.stack:
            return None
        if self._is_theme(index):
            self.close_unnumbered(line.marker.level)
            return whole_statement(line)
        if self._is_inner_point(line, index) or self._continues_answer(line, index):
            return None
        if self._is_point_by_form(line):
            return None
        known = any(node.level == line.marker.level for node in self.stack)
        answered = bool(self.stack and self.stack[-1].body)
        free = known or not answered
        if free and index in self.plain:
            return self.plain[index]
        whole = whole_statement(line)
        inline = self._inline(index)
        run_on = run_on_statement(line)
        runs_on = run_on is not None and (
            inline is None or "问题" not in line.text[inline.end : inline.whole_end]
        )
        if runs_on and free and self.is_last_of_its_lines(index):
            return run_on
        if (
            inline is not None
            and inline.wrapped
            and free
            and wording.looks_like_answer(line.text[inline.whole_end :])
        ):
            return inline
        action = answered and is_plain_action(line.body) and not self.follows_on(line)
        if self.answer_follows(index) and (free or wording.looks_like_problem(line.body)) and not action:
            return whole
        if whole.wrapped and is_whole(line, whole):
            return whole if free or not self.is_labelled() else None
        if not free and self.is_labelled():
            return None
        if inline is not None and (inline.wrapped or not self._states_on(index, inline)):
            return inline
        if self.stands_above(index) and (self.follows_on(line) if known else free):
            return whole
        heads = free and (self._is_plain_heading(line) or self._is_in_row(line) or self._is_next(index))
        return whole if heads else None

    def _is_theme(self, index: int) -> bool:
        """Whether a short line with a number of headings stands right above a problem without number."""
        line = self.lines[index]
        marker = line.marker
        if (
            marker is None
            or marker.style not in UPPER
            or len(line.body) > SHORT
            or line.body.endswith(_MARKS)
        ):
            return False
        known = any(node.level == marker.level for node in self.stack)
        in_turn = self.follows_on(line) if known else marker.value == 1
        return in_turn and "。" not in line.body and self.begins_problem(index + 1)

    def _is_next(self, index: int) -> bool:
        """Whether the numbers go on through a line that names what is wrong, however it begins.

        （10）2019年印发的《资产管理办法》落实不到位。 after （9）: dates and documents are no report there.
        """
        line = self.lines[index]
        marker = line.marker
        if marker is None or marker.value == 1 or not self.follows_on(line):
            return False
        if not any(node.level == marker.level for node in self.stack):
            return False
        sentence = wording.first_sentence(line.body)
        if len(sentence) > LONGEST_HEADING or not wording.has_negative(sentence):
            return False
        later = (ln.marker for ln in self.lines[index + 1 : index + _AHEAD] if ln.marker is not None)
        after = next((other.value for other in later if other.level == marker.level), 1)
        goes_on = after == marker.value + 1
        return wording.ends_in_shortcoming(sentence) and (goes_on or after == 1)

    def _is_in_row(self, line: Line) -> bool:
        """Whether a line is the first or next of numbers that mostly head problems, and looks like these."""
        assert line.marker is not None
        in_row = line.marker.level in self.rows.headed and has_heading_form(line)
        return in_row and (
            line.marker.value == 1
            or self.last.get(line.marker.level, line.marker.value - 1) == line.marker.value - 1
        )

    def _is_point_by_form(self, line: Line) -> bool:
        """Whether a number counts a measure below a heading by form."""
        assert line.marker is not None
        below = self.by_form and bool(self.stack) and self.stack[-1].level == UNNUMBERED
        goes_on = self.follows_on(line) and any(node.level == line.marker.level for node in self.stack)
        if line.is_heading or goes_on:
            return False  # （三）党组自身建设方面 after （二）, whatever stands between them
        return below and not whole_statement(line).wrapped and not wording.looks_like_problem(line.body)

    def _inline(self, index: int) -> Statement | None:
        """A statement at the beginning of a paragraph that goes on with the answer."""
        line = self.lines[index]
        offset = line.body_start - line.start
        wrapped = find_wrapped(line.text, offset)
        if wrapped is None and line.marker is not None and line.marker.level in self.facing_levels:
            wrapped = find_facing(line.text, offset)
        if wrapped is not None:
            stated = line.text[wrapped.start : wrapped.end]
            goes_on = len(line.text) - wrapped.whole_end >= SHORTEST_ANSWER
            ends = line.text[wrapped.whole_end - 1] in "。：:；，,"
            if not goes_on or (ends and not is_generic(stated)):
                return wrapped if goes_on else None
        sentence = wording.first_sentence(line.body)
        sentence = line.body[: before_answer(sentence)]
        rest = line.body[len(sentence) :].strip()
        if len(rest) < SHORTEST_ANSWER or len(sentence) > LONGEST_HEADING or not closed(sentence):
            return None
        if _counts_points(line):
            return None
        problem = wording.looks_like_problem(sentence) and wording.looks_like_answer(rest)
        in_row = line.marker is not None and line.marker.level in self.inline_levels
        short = has_inline_form(line) or (len(sentence) <= SHORT and not wording.looks_like_action(sentence))
        answered = in_row and wording.looks_like_answer(rest)
        if problem or introduces(sentence, rest) or (answered and (short or self._is_next(index))):
            inner = unwrap(line.text[: offset + len(sentence)], offset)
            return Statement(inner.start, inner.end, offset + len(sentence), inner.wrapped)
        return None

    def _states_on(self, index: int, inline: Statement) -> bool:
        """Whether the text after a first statement goes on stating, and the answer is the next paragraph."""
        if index + 1 >= len(self.lines) or self.lines[index + 1].marker is not None:
            return False
        following, rest = self.lines[index + 1], self.lines[index].text[inline.whole_end :]
        if following.has_outcome_label or DASH.match(following.text):
            return True
        last = [s for s in _CLAUSE_END.split(rest) if s.strip()][-1]
        return wording.looks_like_problem(last) and not wording.reports_done(rest)

    def _continues_answer(self, line: Line, index: int) -> bool:
        """Whether the paragraphs of the open answer carry numbers of this very style."""
        assert line.marker is not None
        if line.marker.level != self.answer_level or any(n.level == line.marker.level for n in self.stack):
            return False
        expected = line.marker.value == self.answer_value + 1 and line.marker.value > ROW
        return (expected or not whole_statement(line).wrapped) and not self.answer_follows(index)

    def _is_plain_heading(self, line: Line) -> bool:
        """Whether a numbered line without a wrapper heads something."""
        assert line.marker is not None
        body = line.body
        if len(body) > 2 * LONGEST_HEADING or _counts_points(line):
            return False
        if line.marker.style == "issue" or wording.looks_like_problem(body) or topic_and_problem(body):
            return True
        if line.marker.style in UPPER and len(body) <= SHORT and FRAME.match(body):
            return True
        bare = body.rstrip("。；：: ")
        one_sentence = "。" not in bare and "；" not in bare
        if not one_sentence or len(body) > SHORT:
            return False
        if bare.endswith(("方面", "问题", "情况", "不足", "事项")):
            return True
        if wording.looks_like_action(body):
            return False
        if line.marker.style in UPPER:
            return True
        near = problem_score(body) > UNLIKELY
        return near and (self.follows_on(line) or wording.has_negative(body))

    def _is_inner_point(self, line: Line, index: int) -> bool:
        """Whether the number counts measures inside the answer to a heading of the very same level.

        3.公款吃喝… / 1.对…进行排查 / 2.对…给予处分 / 4.文山会海…
        """
        marker = line.marker
        assert marker is not None
        top = self.stack[-1] if self.stack else None
        if top is None or top.level != marker.level or top.line.marker is None:
            return False
        if whole_statement(line).wrapped or self.answer_follows(index):
            return False
        other_mark = marker.mark != top.line.marker.mark
        starts = marker.value == 1 and (other_mark or not wording.looks_like_problem(line.body))
        counts_on = self.inner is not None and marker.value == self.inner + 1
        expected = marker.value == top.line.marker.value + 1 and not other_mark
        if starts or (counts_on and not (expected and wording.looks_like_problem(line.body))):
            self.inner = marker.value
            return True
        return False


def _counts_points(line: Line) -> bool:
    """Whether the next number stands behind the first sentence: ①…问题19起。②对2名…, points of an answer."""
    own, sentence = line.marker, wording.first_sentence(line.body)
    following = match_marker(line.body, len(sentence))
    if own is None or following is None:
        return False
    return following.style == own.style and following.value == own.value + 1
