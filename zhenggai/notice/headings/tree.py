"""Lines of a main part → a tree of headings, each with the text directly below it.

Whether a numbered line heads something or is one more paragraph of an answer shows only in its
context: the label that follows, the levels that are open, and whether it states a shortcoming or
reports an action.
"""

from __future__ import annotations

from zhenggai.notice.headings.form_headings import GROUP, is_marked_group
from zhenggai.notice.headings.node import Node
from zhenggai.notice.headings.numbered_headings import NumberedHeadings
from zhenggai.notice.headings.open_headings import UNNUMBERED
from zhenggai.notice.headings.placed import NOWHERE, Placed
from zhenggai.notice.headings.rows import Rows
from zhenggai.notice.headings.running import levels_above
from zhenggai.notice.headings.unnumbered_headings import UnnumberedHeadings
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.language.fields import DEADLINE, RESPONSIBLE
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.language.statement import Statement
from zhenggai.notice.lines.heading_cues import SHORTEST_ANSWER, before_inner_label, whole_statement
from zhenggai.notice.lines.outline import PROBLEM, Line


def read_headings(
    lines: tuple[Line, ...], title: Line | None, rows: Rows, placed: Placed = NOWHERE
) -> list[Node]:
    """Headings in reading order; `title` heads them all when it names problems itself.

    Those of `placed` are problems, or group such, whatever their words.
    """
    reader = _Reader(lines, rows, placed)
    if title is not None:
        level = title.marker.level if title.marker else UNNUMBERED
        reader.open(title, level, whole_statement(title))
        reader.levels_above |= levels_above((title, *lines), {i + 1: s for i, s in reader.openings.items()})
    for index in range(len(lines)):
        reader.take(index)
    return reader.nodes


class _Reader(NumberedHeadings, UnnumberedHeadings):
    """Reads the lines one after the other."""

    def take(self, index: int) -> None:
        """Put line `index` where it belongs."""
        line = self.lines[index]
        if line.marker is None and section_wording.FEEDBACK_END.match(line.text):
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
        node.in_row = self.rows.has(line) or index in self.plain
        statement = node.statement  # a status in brackets behind it was taken off
        rest = line.text[statement.whole_end :]
        if len(rest.strip()) >= SHORTEST_ANSWER:
            self.inline_levels.add(node.level)
            offset = statement.whole_end + len(rest) - len(rest.lstrip())
            node.body.append((line.start + offset, line.end))
            node.labelled |= wording.OUTCOME_LABEL.match(rest.lstrip()) is not None

    def _level(self, index: int) -> str:
        line = self.lines[index]
        if line.marker is not None:
            return GROUP if index in self.groups else line.marker.level
        if index in self.openings and self.stack and self.lost_number(self.stack[-1]):
            return self.stack[-1].level
        marked = is_marked_group(self.lines, index)
        grouping = marked or index in self.groups or self.is_group(index)
        return GROUP if grouping else UNNUMBERED

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
            self.close_above(index)
            return whole_statement(line)
        if index in self.openings and self.may_open():
            return self.openings[index]
        if line.marker is None:
            return self.unnumbered(index)
        if line.marker.style == CLAUSE:
            return self.clause(index)
        return self.numbered_heading(index)

    def _is_caption(self, index: int) -> bool:
        """Whether line `index` stands over a table of labels: 整改清单（2）."""
        line, following = self.lines[index], self.lines[index + 1 : index + 2]
        over = bool(following) and following[0].label == PROBLEM
        return over and line.label is None and len(line.text) <= 30 and line.text[-1] not in "。；，："

    def _opens_list(self, index: int) -> bool:
        """Whether line `index` is a label above a list of problems: 存在问题： / 1.… / 2.…"""
        line, following = self.lines[index], self.lines[index + 1 : index + 3]
        if line.marker is not None or not wording.BARE_PROBLEM_LABEL.match(line.text):
            return False
        markers = [(ln.marker.level, ln.marker.value) for ln in following if ln.marker is not None]
        return len(markers) == len(following) == 2 and markers == [(markers[0][0], n) for n in (1, 2)]
