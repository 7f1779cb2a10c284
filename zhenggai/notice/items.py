"""Headings and table rows → items, by the guideline's definition of the unit."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.notice import wording
from zhenggai.notice.draft import Draft
from zhenggai.notice.headings import Node, read_headings
from zhenggai.notice.model import Span
from zhenggai.notice.outline import Line
from zhenggai.notice.sections import Part, Section
from zhenggai.notice.splitting import marker_text, split_answer
from zhenggai.notice.statement import is_generic
from zhenggai.notice.tables import read_table
from zhenggai.notice.totals import states_totals


def read_items(text: str, sections: list[Section]) -> list[Draft]:
    """The items of the main parts, in reading order."""
    drafts: list[Draft] = []
    for section in sections:
        if section.part is Part.MAIN:
            drafts += _section_items(text, section)
    return drafts


def _section_items(text: str, section: Section) -> Iterator[Draft]:
    title = section.title if section.title is not None and _counts_as_heading(section) else None
    run: list[Line] = []
    for is_table, lines in _runs(section.lines):
        if is_table:
            yield from read_table(text, lines)
            continue
        run = lines
        yield from _outline_items(text, read_headings(tuple(run), title))


def _counts_as_heading(section: Section) -> bool:
    """Whether the title belongs to the path: it names problems, or carries a status."""
    assert section.title is not None
    body = section.title.body
    if wording.STILL_OPEN.search(body) or wording.COMPLETED_TITLE.search(body):
        return True
    return not wording.MAIN.search(body) or wording.has_negative(body.replace("问题", ""))


def _runs(lines: tuple[Line, ...]) -> Iterator[tuple[bool, list[Line]]]:
    """Stretches of table rows and of other lines."""
    run: list[Line] = []
    for line in lines:
        if run and run[-1].is_table_row != line.is_table_row:
            yield run[-1].is_table_row, run
            run = []
        run.append(line)
    if run:
        yield run[-1].is_table_row, run


def _outline_items(text: str, nodes: list[Node]) -> Iterator[Draft]:
    has_answers = any(node.labelled or (node.body and not node.children) for node in nodes)
    pending: list[Node] = []
    leaves = [node for node in nodes if _is_unit(node)]
    for node in leaves:
        if has_answers and not node.body and not node.children:
            pending.append(node)
            continue
        shared = [p for p in pending if p.parent is node.parent and p.level == node.level]
        for alone in pending:
            if alone not in shared:
                yield _draft(text, [alone], ())
        yield from _answered(text, [*shared, node], is_last=node is leaves[-1])
        pending = []
    for alone in pending:
        yield _draft(text, [alone], ())


def _is_unit(node: Node) -> bool:
    """Whether a heading is the finest stated problem: it has an answer, or nothing below it."""
    if node.children and not node.labelled:
        return False
    stated = node.stated
    if is_generic(stated) or wording.OTHER_MATTERS.fullmatch(stated):
        return False
    if node.statement.wrapped or node.labelled or wording.has_negative(stated):
        return True
    return bool(node.body) and stated.rstrip("。").endswith(("方面", "问题", "情况", "工作", "不足"))


def _answered(text: str, nodes: list[Node], is_last: bool) -> Iterator[Draft]:
    """Items of the headings `nodes`, of which the last has the answer."""
    node = nodes[-1]
    body = [span for span in node.body if not states_totals(text[slice(*span)][:80])] if len(node.body) > 1 else node.body
    if is_last and len(body) > 1 and wording.CLOSING.match(text[slice(*body[-1])]):
        body = body[:-1]
    inner = split_answer(text, node.stated, body) if len(nodes) == 1 else []
    if not inner:
        yield _draft(text, nodes, tuple(body))
        return
    path = (*node.path(), node.text)
    for found in inner:
        yield Draft(found.number, path, found.problem, found.outcome)


def _draft(text: str, nodes: list[Node], outcome: tuple[Span, ...]) -> Draft:
    """One item of one heading, or of several that share an answer."""
    first, last = nodes[0], nodes[-1]
    start = first.line.start + first.statement.start
    end = last.line.start + last.statement.end
    return Draft(marker_text(first.line.text), first.path(), (start, end), outcome)
