"""A heading with the text directly below it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from zhenggai.notice.model import Span
from zhenggai.notice.outline import Line
from zhenggai.notice.statement import Statement
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
    r"\s*[（(【\[](?P<status>[^（）()【】\[\]]{0,10}(?:完成|到位|推进|坚持|销号|整改中)[^（）()【】\[\]]{0,10}|(?:责任|牵头|整改时限|完成时限)[^（）()【】\[\]]{2,60})[）)】\]]\s*[。；]?$"
)


def without_status(line: Line, statement: Statement) -> Statement:
    """The statement without a status in brackets at its end: 保密法规学习不系统（已完成）."""
    match = _STATUS.search(line.text, statement.start, statement.end + 1)
    if match is None or match.start() - statement.start < 4:
        return statement
    return replace(statement, end=match.start())


def bracketed_status(line: Line, statement: Statement) -> list[Span]:
    """Clean span of such a status: it is said about what was done."""
    match = _STATUS.search(line.text, statement.start, statement.end + 1)
    if match is None or match.start() - statement.start < 4:
        return []
    return [(line.start + match.start("status"), line.start + match.end("status"))]
