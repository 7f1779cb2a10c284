"""A heading with the text directly below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from zhenggai.notice.language.statement import Statement
from zhenggai.notice.lines.badges import badge_of
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled


@dataclass(slots=True)
class Node:
    """A heading. Built up line by line, so it is the one mutable type here."""

    line: Line
    level: str
    statement: Statement
    """Offsets count in `line.text`."""
    parent: Node | None
    children: int = 0
    body: list[Span] = field(default_factory=list)
    """Clean spans of the paragraphs below the heading, before the next heading."""
    status: list[Span] = field(default_factory=list)
    """Clean span of a status in brackets after the statement, if there is one."""
    fields: dict[str, str] = field(default_factory=dict)
    """Deadline and responsible body, where rows of a table give them."""
    labelled: bool = False
    """Whether a paragraph of the body begins with an outcome label."""
    in_row: bool = False
    """Whether its number is one of a row that mostly heads problems, and it looks like the rest of it."""

    @property
    def text(self) -> str:
        """The heading as it stands in the path of what is below it."""
        return self.line.text[: self.statement.whole_end].strip()

    @property
    def stated(self) -> str:
        """The statement without number and wrapper."""
        return self.line.text[self.statement.start : self.statement.end]

    def path(self) -> tuple[str, ...]:
        """Headings above this one, outermost first."""
        above = []
        node = self.parent
        while node is not None:
            above.append(node.text)
            node = node.parent
        return tuple(reversed(above))


_STATUS = compiled(
    r"[。；\s]*[（(【\[](?P<status>[^（）()【】\[\]]{0,10}(?:完成|到位|推进|坚持|销号|整改中|立行立改|办结)[^（）()【】\[\]]{0,10}|(?:责任|牵头|整改时限|完成时限)[^（）()【】\[\]]{2,60})[）)】\]]\s*[。；]?"
)


_BRACKET = compiled(r"[（(【\[]")
_LONGEST_STATUS = 80
"""Characters that such a status, with what stands around it, takes at most."""


def without_status(line: Line, statement: Statement) -> Statement:
    """The statement without a status in brackets behind it: 保密法规学习不系统（已完成）。"""
    match = _status_behind(line, statement)
    if match is None:
        return statement
    return replace(statement, end=match.start(), whole_end=max(statement.whole_end, match.end()))


def bracketed_status(line: Line, statement: Statement) -> list[Span]:
    """Clean span of such a status: it is said about what was done."""
    match = _status_behind(line, statement)
    behind = [] if match is None else [(line.start + match.start("status"), line.start + match.end("status"))]
    return badge_of(line) + behind


def _status_behind(line: Line, statement: Statement) -> re.Match[str] | None:
    """A status in brackets at the end of a statement, or right behind its full stop."""
    begin, end = statement.start + 4, statement.whole_end + _LONGEST_STATUS
    if _BRACKET.search(line.text, begin, end) is None:
        return None
    for match in _STATUS.finditer(line.text, begin, end):
        ends = match.end() >= min(statement.end + 1, len(line.text)) or match.start() >= statement.end - 1
        if ends and match.start() <= statement.whole_end:
            return match
    return None
