"""Whether a line without a number states a problem or groups those below it."""

from __future__ import annotations

from zhenggai.notice.headings.form_headings import (
    GROUP,
    heads_a_group,
    heads_an_answer,
    is_form_heading,
    is_marked_group,
)
from zhenggai.notice.headings.node import Node
from zhenggai.notice.headings.open_headings import UNNUMBERED, OpenHeadings
from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.language.quoted import framed
from zhenggai.notice.language.statement import Statement
from zhenggai.notice.lines.heading_cues import (
    LONGEST_HEADING,
    UPPER,
    goes_on,
    is_bare_pair,
    is_whole,
    labelled_statement,
    names_topic,
    whole_statement,
)
from zhenggai.notice.lines.outline import Line

_OPEN = frozenset({UNNUMBERED, GROUP, CLAUSE})
"""Levels of headings beside which a paragraph without a number may state the next problem."""


def _tells_rectification(line: Line) -> bool:
    """Whether a line is a quoted problem with 整改情况 behind it: measures with numbers may follow."""
    found = framed(line.text)
    told = found is not None and "整改" in line.text[found.end : found.whole_end]
    return told and whole_statement(line).wrapped and wording.has_negative(line.text)


class UnnumberedHeadings(OpenHeadings):
    """Judges lines without a number."""

    def unnumbered(self, index: int) -> Statement | None:
        """The statement of line `index`, which has no number, or None if it is a paragraph."""
        line = self.lines[index]
        if is_marked_group(self.lines, index):
            return whole_statement(line)
        label = wording.PROBLEM_LABEL.match(line.text)
        if self.marked and line.is_heading and self.text_follows(index) and is_form_heading(line):
            if wording.looks_like_problem(line.text):
                return whole_statement(line)
        elif self.marked and not line.is_heading and label is None and not self.answer_follows(index):
            return None
        if index in self.plain and self._may_have_child():
            return self.plain[index]
        if self.by_form and is_form_heading(line):
            heads = heads_an_answer(self.lines, index) or heads_a_group(self.lines, index)
            return whole_statement(line) if heads else None
        if self.is_group(index):
            return whole_statement(line)
        if label is not None and len(line.text) - label.end() >= 4:
            return labelled_statement(line, label.end())
        if len(line.text) > 2 * LONGEST_HEADING:
            return None
        states = wording.looks_like_problem(line.text) or (self.labels_headed and is_form_heading(line))
        if self.answer_follows(index) and states and self._may_have_child():
            return whole_statement(line)
        if self.alternating and is_bare_pair(line, self.lines[index + 1 : index + 2]):
            return whole_statement(line)
        if len(line.text) > LONGEST_HEADING:
            return None
        if not self.text_follows(index):
            return whole_statement(line) if _tells_rectification(line) else None
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

    def is_group(self, index: int) -> bool:
        """Whether line `index`, a heading by form, groups such; a topic does among few of them too."""
        line = self.lines[index]
        grouping = self.by_form or names_topic(line.text)
        above = index + 1 in self.plain or heads_a_group(self.lines, index)
        return grouping and index not in self.plain and above and is_form_heading(line)

    def close_above(self, index: int) -> None:
        """Close what a group heading ends: the problems of the level of the one below it."""
        levels = [node.level for node in self.stack]
        marker = self.lines[index + 1].marker
        if GROUP not in levels and marker is not None and marker.level in levels:
            del self.stack[levels.index(marker.level) :]

    def may_open(self) -> bool:
        """Whether a paragraph may be an item of its own: no open heading states what it could answer."""
        return all(
            node.level in _OPEN
            or node.level in self.levels_above
            or self._names_topic(node)
            or self.lost_number(node)
            for node in self.stack
        )

    def lost_number(self, node: Node) -> bool:
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
        return self.stack[-1].level in UPPER or self.stack[-1].level == GROUP
