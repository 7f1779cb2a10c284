"""The headings that are open while the lines of a main part are read, and what follows a line."""

from __future__ import annotations

from itertools import takewhile

from zhenggai.notice.headings.form_headings import GROUP, headed_by_form, problems_are_marked
from zhenggai.notice.headings.groups import group_lines, labels_are_headed
from zhenggai.notice.headings.node import Node, bracketed_status, without_status
from zhenggai.notice.headings.placed import Placed
from zhenggai.notice.headings.plain_rows import problem_rows
from zhenggai.notice.headings.rows import Rows, has_inline_form
from zhenggai.notice.headings.running import facing_levels, levels_above, opening_statements
from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.language.statement import Statement
from zhenggai.notice.lines.heading_cues import (
    SHORT,
    UPPER,
    alternates,
    bare_pairs,
    first_label,
    is_bare_pair,
    label_key,
)
from zhenggai.notice.lines.outline import Line

UNNUMBERED = "unnumbered"


class OpenHeadings:
    """The open headings, and what the lines of the part say as a whole."""

    def __init__(self, lines: tuple[Line, ...], rows: Rows, placed: Placed) -> None:
        self.lines = lines
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.first_label = first_label(lines)
        self.alternating = alternates(lines)
        self.by_form = headed_by_form(lines)
        self.marked = problems_are_marked(lines)
        self.plain = {**problem_rows(lines, self.first_label), **placed.statements}
        self.openings = opening_statements(lines)
        self.levels_above = levels_above(lines, self.openings) if self.openings else frozenset()
        self.facing_levels = facing_levels(lines)
        begun = {*self.openings, *self.plain, *(bare_pairs(lines) if self.alternating else ())}
        self.groups = group_lines(lines, begun) | placed.groups
        self.labels_headed = labels_are_headed(lines)
        self.numbered = sum(ln.marker is not None and ln.marker.style != CLAUSE for ln in lines)
        self.ended = False
        self.inner: int | None = None
        self.answer_level: str | None = None
        self.answer_value = 0
        self.rows = rows
        self.inline_levels: set[str] = set(rows.inline)
        self.last: dict[str, int] = {}

    def open(self, line: Line, level: str, statement: Statement) -> Node:
        """Close the headings of the same level and below, and open a new one."""
        levels = [node.level for node in self.stack]
        if level == GROUP and level not in levels and UNNUMBERED in levels:
            del self.stack[levels.index(UNNUMBERED) :]
        elif level == GROUP and level not in levels and line.is_heading:
            upper = sum(1 for _ in takewhile(UPPER.__contains__, levels))
            del self.stack[upper:]  # a group heads problems, whatever number they have
        elif level in levels:
            del self.stack[levels.index(level) :]
        elif level == UNNUMBERED and self.stack and self.stack[-1].body:
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

    def follows_on(self, line: Line) -> bool:
        """Whether the number of `line` is the next one of an open level."""
        marker = line.marker
        return marker is not None and self.last.get(marker.level) == marker.value - 1

    def is_labelled(self) -> bool:
        """Whether the open heading has an answer with a label."""
        return bool(self.stack and self.stack[-1].labelled)

    def answer_follows(self, index: int) -> bool:
        """Whether the next line begins an answer with the label that opens answers in this notice."""
        if index + 1 >= len(self.lines):
            return False
        following = self.lines[index + 1]
        if wording.FIELD_LABEL.match(following.body):
            if has_inline_form(self.lines[index]):
                return False  # who and by when, below a problem that is answered already
            return not self.is_labelled() or self.lines[index].marker is not None
        if not following.has_outcome_label:
            return False
        return not self.is_labelled() or label_key(following) == self.first_label

    def text_follows(self, index: int) -> bool:
        """Whether a paragraph follows that is no heading itself."""
        if index + 1 >= len(self.lines):
            return False
        following = self.lines[index + 1]
        return following.has_outcome_label or len(following.text) > SHORT or following.marker is None

    def is_last_of_its_lines(self, index: int) -> bool:
        """Whether the next line is a number of the same level or above, so that no answer can follow."""
        following, marker = self.lines[index + 1 : index + 2], self.lines[index].marker
        above = {marker.level if marker is not None else "", *(node.level for node in self.stack)}
        return not following or (following[0].marker is not None and following[0].marker.level in above)

    def begins_problem(self, index: int) -> bool:
        """Whether line `index`, which has no number that counts, states a problem that is answered."""
        if index in self.plain or index in self.openings:
            return True
        return index < len(self.lines) and is_bare_pair(self.lines[index], self.lines[index + 1 : index + 2])

    def close_unnumbered(self, level: str) -> None:
        """Close what has no number before the first number of `level`, which is above it."""
        levels = [node.level for node in self.stack]
        if level not in levels and UNNUMBERED in levels:
            del self.stack[levels.index(UNNUMBERED) :]

    def stands_above(self, index: int) -> bool:
        """Whether a short line stands right above the next or first problem of a level below its own."""
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
        return marker.level in below and (marker.value == 1 or self.follows_on(following[0]))
