"""Lines of a main part → a tree of headings, each with the text directly below it.

Whether a numbered line heads something or is one more paragraph of an answer shows only in its
context: the label that follows, the levels that are open, and whether it states a shortcoming or
reports an action.
"""

from __future__ import annotations

from zhenggai.notice import wording
from zhenggai.notice.fields import DEADLINE, RESPONSIBLE
from zhenggai.notice.form_headings import (
    GROUP,
    headed_by_form,
    heads_a_group,
    heads_an_answer,
    is_form_heading,
)
from zhenggai.notice.groups import group_lines, labels_are_headed
from zhenggai.notice.heading_cues import (
    DASH,
    FRAME,
    LONGEST_HEADING,
    ROW,
    SHORT,
    SHORTEST_ANSWER,
    UNLIKELY,
    UPPER,
    alternates,
    before_answer,
    before_inner_label,
    closed,
    first_label,
    goes_on,
    introduces,
    is_bare_pair,
    is_plain_action,
    is_whole,
    label_key,
    labelled_statement,
    names_topic,
    run_on_statement,
    topic_and_problem,
    whole_statement,
)
from zhenggai.notice.node import Node, bracketed_status, without_status
from zhenggai.notice.numbering import CLAUSE
from zhenggai.notice.outline import PROBLEM, Line
from zhenggai.notice.problem_pairs import problem_score
from zhenggai.notice.rows import has_heading_form, has_inline_form, Rows
from zhenggai.notice.running import opening_statements
from zhenggai.notice.statement import Statement, find_wrapped, is_generic, unwrap
from zhenggai.patterns import compiled

_CLAUSE_END = compiled("(?<=[。；])")

_UNNUMBERED = "unnumbered"
_OPEN = frozenset({_UNNUMBERED, GROUP, CLAUSE})
"""Levels of headings beside which a paragraph without a number may state the next problem."""


def read_headings(lines: tuple[Line, ...], title: Line | None, rows: Rows) -> list[Node]:
    """Headings in reading order; `title` heads them all when it names problems itself."""
    reader = _Reader(lines, rows)
    if title is not None:
        reader.open(title, title.marker.level if title.marker else _UNNUMBERED, whole_statement(title))
    for index in range(len(lines)):
        reader.take(index)
    return reader.nodes


class _Reader:
    """Reads the lines one after the other; holds the headings that are open."""

    def __init__(self, lines: tuple[Line, ...], rows: Rows) -> None:
        self.lines = lines
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.first_label = first_label(lines)
        self.alternating = alternates(lines)
        self.by_form = headed_by_form(lines)
        self.openings = opening_statements(lines)
        self.groups = group_lines(lines, self.openings)
        self.labels_headed = labels_are_headed(lines)
        self.numbered = sum(ln.marker is not None and ln.marker.style != CLAUSE for ln in lines)
        self.ended = False
        self.inner: int | None = None
        self.answer_level: str | None = None
        self.answer_value = 0
        self.rows = rows
        self.inline_levels: set[str] = set(rows.inline)
        self.last: dict[str, int] = {}

    def take(self, index: int) -> None:
        """Put line `index` where it belongs."""
        line = self.lines[index]
        if line.marker is None and wording.FEEDBACK_END.match(line.text):
            self.ended = True  # what follows asks for rectification; it reports none
            return
        if line.label in (DEADLINE, RESPONSIBLE):
            if self.stack and not self.ended:
                self.stack[-1].fields.setdefault(line.label, line.text)
            return
        statement = self._heading(index)
        if statement is None and (self._is_caption(index) or self._opens_list(index)):
            return
        if statement is None:
            if self.stack and not self.ended:
                if line.marker is not None:
                    self.answer_level, self.answer_value = line.marker.level, line.marker.value
                self.stack[-1].body.append(line.span)
                self.stack[-1].labelled |= line.has_outcome_label
            return
        self.ended = False
        node = self.open(line, self._level(index), statement)
        node.in_row = self.rows.has(line)
        rest = line.text[statement.whole_end :]
        if len(rest.strip()) >= SHORTEST_ANSWER:
            self.inline_levels.add(node.level)
            offset = statement.whole_end + len(rest) - len(rest.lstrip())
            node.body.append((line.start + offset, line.end))
            node.labelled |= wording.OUTCOME_LABEL.match(rest.lstrip()) is not None

    def open(self, line: Line, level: str, statement: Statement) -> Node:
        """Close the headings of the same level and below, and open a new one."""
        levels = [node.level for node in self.stack]
        if level == GROUP and level not in levels and _UNNUMBERED in levels:
            del self.stack[levels.index(_UNNUMBERED) :]
        elif level in levels:
            del self.stack[levels.index(level) :]
        elif level == _UNNUMBERED and self.stack and self.stack[-1].body:
            self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        if parent is not None:
            parent.children += 1
        self.inner = self.answer_level = None
        if line.marker is not None:
            self.last[level] = line.marker.value
        node = Node(line, level, without_status(line, statement), parent)
        node.status = bracketed_status(line, statement)
        self.nodes.append(node)
        self.stack.append(node)
        return node

    def _level(self, index: int) -> str:
        line = self.lines[index]
        if line.marker is not None:
            return line.marker.level
        if index in self.openings and self.stack and self._lost_number(self.stack[-1]):
            return self.stack[-1].level
        grouping = index in self.groups or (self.by_form and self._is_group(index))
        return GROUP if grouping else _UNNUMBERED

    # -- decisions ---------------------------------------------------------------------------------

    def _heading(self, index: int) -> Statement | None:
        """The statement that line `index` makes as a heading, or None if it is a paragraph."""
        line = self.lines[index]
        if line.label == PROBLEM:
            return whole_statement(line)
        if line.has_outcome_label or wording.FIELD_LABEL.match(line.body):
            return None
        inner = before_inner_label(line)
        if inner is not None:
            return inner
        if index in self.groups:
            self._close_above(index)
            return whole_statement(line)
        if index in self.openings and self._may_open():
            return self.openings[index]
        if line.marker is None:
            return self._unnumbered(index)
        if line.marker.style == CLAUSE:
            return self._clause(index)
        return self._numbered(index)

    def _is_caption(self, index: int) -> bool:
        """Whether line `index` stands over a table of labels: 整改清单（2）."""
        line, following = self.lines[index], self.lines[index + 1 : index + 2]
        over = bool(following) and following[0].label == PROBLEM
        return over and line.label is None and len(line.text) <= 30 and line.text[-1] not in "。；，："

    def _is_group(self, index: int) -> bool:
        return is_form_heading(self.lines[index]) and heads_a_group(self.lines, index)

    def _opens_list(self, index: int) -> bool:
        """Whether line `index` is a label above a list of problems: 存在问题： / 1.… / 2.…"""
        line, following = self.lines[index], self.lines[index + 1 : index + 3]
        if line.marker is not None or not wording.BARE_PROBLEM_LABEL.match(line.text):
            return False
        markers = [(ln.marker.level, ln.marker.value) for ln in following if ln.marker is not None]
        return len(markers) == len(following) == 2 and markers == [(markers[0][0], n) for n in (1, 2)]

    def _unnumbered(self, index: int) -> Statement | None:
        line = self.lines[index]
        if self.by_form and is_form_heading(line):
            heads = heads_an_answer(self.lines, index) or heads_a_group(self.lines, index)
            return whole_statement(line) if heads else None
        label = wording.PROBLEM_LABEL.match(line.text)
        if label is not None and len(line.text) - label.end() >= 4:
            return labelled_statement(line, label.end())
        if len(line.text) > 2 * LONGEST_HEADING:
            return None
        states = wording.looks_like_problem(line.text) or (self.labels_headed and is_form_heading(line))
        if self._answer_follows(index) and states and self._may_have_child():
            return whole_statement(line)
        if self.alternating and is_bare_pair(line, self.lines[index + 1 : index + 2]):
            return whole_statement(line)
        if len(line.text) > LONGEST_HEADING or not self._text_follows(index):
            return None
        whole = whole_statement(line)
        if (
            whole.wrapped
            and wording.has_negative(line.text)
            and is_whole(line, whole)
            and not goes_on(line.body)
        ):
            return whole
        short = len(line.text) <= 40 and line.text[-1] not in "。；，：:、"
        plain = short and wording.looks_like_problem(line.text) and not wording.looks_like_action(line.text)
        return whole if plain and not wording.reports_done(line.text) else None

    def _close_above(self, index: int) -> None:
        """Close what a group heading ends: the problems of the level of the one below it."""
        levels = [node.level for node in self.stack]
        marker = self.lines[index + 1].marker
        if GROUP not in levels and marker is not None and marker.level in levels:
            del self.stack[levels.index(marker.level) :]

    def _may_open(self) -> bool:
        """Whether a paragraph may be an item of its own: no open heading states what it could answer."""
        return all(
            node.level in _OPEN or self._names_topic(node) or self._lost_number(node) for node in self.stack
        )

    def _lost_number(self, node: Node) -> bool:
        """Whether `node` is the rare numbered one among paragraphs that open with problems."""
        inline = bool(node.body) and node.body[0][0] < node.line.end
        return inline and self.numbered < len(self.openings)

    def _names_topic(self, node: Node) -> bool:
        names = not wording.looks_like_problem(node.stated) or names_topic(node.stated)
        return node.level in UPPER and not node.body and names

    def _may_have_child(self) -> bool:
        """Whether an unnumbered statement can begin here: the open heading is answered, or only groups."""
        if not self.stack or self.stack[-1].body:
            return True
        return self.stack[-1].level in UPPER

    def _clause(self, index: int) -> Statement | None:
        line = self.lines[index]
        whole = whole_statement(line)
        if self._answer_follows(index) and wording.looks_like_problem(line.body):
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

    def _numbered(self, index: int) -> Statement | None:
        line = self.lines[index]
        assert line.marker is not None
        if self._is_inner_point(line, index) or self._continues_answer(line, index):
            return None
        if self._is_point_by_form(line):
            return None
        known = any(node.level == line.marker.level for node in self.stack)
        answered = bool(self.stack and self.stack[-1].body)
        free = known or not answered
        whole = whole_statement(line)
        inline = self._inline(line)
        run_on = run_on_statement(line)
        runs_on = run_on is not None and (
            inline is None or "问题" not in line.text[inline.end : inline.whole_end]
        )
        if runs_on and free and self._is_last_of_its_lines(index):
            return run_on
        if (
            inline is not None
            and inline.wrapped
            and free
            and wording.looks_like_answer(line.text[inline.whole_end :])
        ):
            return inline
        action = answered and is_plain_action(line.body) and not self._follows_on(line)
        if self._answer_follows(index) and (free or wording.looks_like_problem(line.body)) and not action:
            return whole
        if whole.wrapped and is_whole(line, whole):
            return whole if free or not self._is_labelled() else None
        if not free and self._is_labelled():
            return None
        if inline is not None and (inline.wrapped or not self._states_on(index, inline)):
            return inline
        if self._stands_above(index) and (self._follows_on(line) if known else free):
            return whole
        return whole if free and (self._is_plain_heading(line) or self._is_in_row(line)) else None

    def _is_last_of_its_lines(self, index: int) -> bool:
        """Whether the next line is a number of the same level or above, so that no answer can follow."""
        following, marker = self.lines[index + 1 : index + 2], self.lines[index].marker
        above = {marker.level if marker is not None else "", *(node.level for node in self.stack)}
        return not following or (following[0].marker is not None and following[0].marker.level in above)

    def _stands_above(self, index: int) -> bool:
        """Whether a short line stands right above the next problem, or the first, of a level below its own."""
        line, following = self.lines[index], self.lines[index + 1 : index + 2]
        if not following or following[0].marker is None or "。" in line.body[:-1] or len(line.body) > SHORT:
            return False
        assert line.marker is not None
        level, marker = line.marker.level, following[0].marker
        levels = [node.level for node in self.stack]
        if level not in levels:
            first = line.marker.value == marker.value == 1
            return first and line.marker.style in UPPER and marker.style not in (CLAUSE, "bullet", *UPPER)
        below = levels[levels.index(level) + 1 :]
        return marker.level in below and (marker.value == 1 or self._follows_on(following[0]))

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
        below = self.by_form and bool(self.stack) and self.stack[-1].level == _UNNUMBERED
        return below and not whole_statement(line).wrapped and not wording.looks_like_problem(line.body)

    def _is_labelled(self) -> bool:
        return bool(self.stack and self.stack[-1].labelled)

    def _inline(self, line: Line) -> Statement | None:
        """A statement at the beginning of a paragraph that goes on with the answer."""
        offset = line.body_start - line.start
        wrapped = find_wrapped(line.text, offset)
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
        problem = wording.looks_like_problem(sentence) and wording.looks_like_answer(rest)
        in_row = line.marker is not None and line.marker.level in self.inline_levels
        short = has_inline_form(line) or (len(sentence) <= SHORT and not wording.looks_like_action(sentence))
        if problem or introduces(sentence, rest) or (in_row and short and wording.looks_like_answer(rest)):
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
        return (expected or not whole_statement(line).wrapped) and not self._answer_follows(index)

    def _is_plain_heading(self, line: Line) -> bool:
        """Whether a numbered line without a wrapper heads something."""
        assert line.marker is not None
        body = line.body
        if len(body) > 2 * LONGEST_HEADING:
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
        return near and (self._follows_on(line) or wording.has_negative(body))

    def _follows_on(self, line: Line) -> bool:
        """Whether the number of `line` is the next one of an open level."""
        marker = line.marker
        return marker is not None and self.last.get(marker.level) == marker.value - 1

    def _is_inner_point(self, line: Line, index: int) -> bool:
        """Whether the number counts measures inside the answer to a heading of the very same level.

        3.公款吃喝… / 1.对…进行排查 / 2.对…给予处分 / 4.文山会海…
        """
        marker = line.marker
        assert marker is not None
        top = self.stack[-1] if self.stack else None
        if top is None or top.level != marker.level or top.line.marker is None:
            return False
        if whole_statement(line).wrapped or self._answer_follows(index):
            return False
        other_mark = marker.mark != top.line.marker.mark
        starts = marker.value == 1 and (other_mark or not wording.looks_like_problem(line.body))
        counts_on = self.inner is not None and marker.value == self.inner + 1
        expected = marker.value == top.line.marker.value + 1 and not other_mark
        if starts or (counts_on and not (expected and wording.looks_like_problem(line.body))):
            self.inner = marker.value
            return True
        return False

    # -- what follows ------------------------------------------------------------------------------

    def _answer_follows(self, index: int) -> bool:
        """Whether the next line begins an answer with the label that opens answers in this notice."""
        if index + 1 >= len(self.lines):
            return False
        following = self.lines[index + 1]
        if wording.FIELD_LABEL.match(following.body):
            return not self._is_labelled() or self.lines[index].marker is not None
        if not following.has_outcome_label:
            return False
        return not self._is_labelled() or label_key(following) == self.first_label

    def _text_follows(self, index: int) -> bool:
        """Whether a paragraph follows that is no heading itself."""
        if index + 1 >= len(self.lines):
            return False
        following = self.lines[index + 1]
        return following.has_outcome_label or len(following.text) > SHORT or following.marker is None
