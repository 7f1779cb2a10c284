"""Headings and table rows → items, by the guideline's definition of the unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhenggai.notice.draft import Draft
from zhenggai.notice.headings.measures import measure_lines
from zhenggai.notice.headings.node import Node
from zhenggai.notice.headings.placed import placed_statements
from zhenggai.notice.headings.rows import Rows, read_rows
from zhenggai.notice.headings.running import states_and_answers
from zhenggai.notice.headings.tree import read_headings
from zhenggai.notice.items.listed import answered_by_number, is_list, states_its_own, without_repeated
from zhenggai.notice.items.splitting import split_answer
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.language.fields import DEADLINE, RESPONSIBLE
from zhenggai.notice.language.numbering import marker_text, match_marker
from zhenggai.notice.language.statement import find_wrapped, is_generic
from zhenggai.notice.lines.outline import PROBLEM, Line
from zhenggai.notice.model import CELL_BREAK, Span
from zhenggai.notice.sections.closing import names_next_steps, without_closing
from zhenggai.notice.sections.section import Part, Section
from zhenggai.notice.summary.closing_list import Known, repeats
from zhenggai.notice.summary.totals import counts_again, states_totals
from zhenggai.patterns import compiled

_BREAKS = compiled(f"[{CELL_BREAK}]+")


def read_items(text: str, sections: list[Section]) -> tuple[list[Draft], list[Section]]:
    """The items of the main parts, in reading order, and the sections with their parts settled.

    A part about open matters is the closing list when it names matters that were dealt with before;
    when it brings problems of its own (二、正在推进整改的问题), they are items.
    """
    drafts: list[Draft] = []
    settled: list[Section] = []
    rows = _rows(sections)
    listed: list[Draft] = []  # problems that still wait for their answers
    known = Known(text)
    titles = _only_main(sections), _topics(sections)
    for section in sections:
        part = section.part
        own = list(_section_items(text, section, rows, *titles)) if listed or part in _READ else []
        answered = answered_by_number(text, listed, section.title, section.lines) if listed else []
        if answered and not states_its_own(text, own, answered):
            drafts, listed = [*drafts[: -len(listed)], *answered], []
            settled.append(Section(Part.MAIN, section.title, section.lines))
            continue
        if part is Part.OPEN_LIST and own and not repeats(text, own, known.of(drafts), section):
            part = Part.MAIN
        if part is Part.MAIN:
            if listed and own:
                drafts[-len(listed) :] = without_repeated(text, listed, own)
            listed = own if is_list(own) else []
            drafts += own
        settled.append(Section(part, section.title, section.lines))
    return drafts, settled


_READ = (Part.MAIN, Part.OPEN_LIST)


def _rows(sections: list[Section]) -> Rows:
    """The rows of numbers in the parts that are read; a title is of them where it is a problem itself."""
    read = [section for section in sections if section.part in _READ]
    lines = [line for section in read for line in section.lines]
    titled = [line for s in read for line in (s.title, *s.lines) if line is not None]
    problems = [line for s in read if s.is_problem and s.title for line in (s.title,)]
    return replace(read_rows([*lines, *problems]), measures=measure_lines(titled))


def _only_main(sections: list[Section]) -> Section | None:
    """The main part, where it is the only one and other parts have titles as well."""
    main = [section for section in sections if section.part is Part.MAIN and section.title is not None]
    titled = sum(section.title is not None for section in sections)
    return main[0] if len(main) == 1 and titled > 1 else None


def _topics(sections: list[Section]) -> list[Section]:
    """Main parts that are each about one field: 一、关于队伍建设方面的整改情况; one alone says little."""
    topics = [
        section
        for section in sections
        if section.part is Part.MAIN
        and section.title is not None
        and _TOPIC_TITLE.search(section.title.body) is not None
    ]
    return topics if len(topics) >= _FEWEST_TOPICS else []


_TOPIC_TITLE = compiled(r"(?:方面|领域)(?:存在)?的?(?:问题)?的?整改(?:工作)?(?:落实|进展|完成)*情况[。：:]?$")
_FEWEST_TOPICS = 2


def _section_items(
    text: str, section: Section, rows: Rows, only: Section | None, topics: list[Section]
) -> Iterator[Draft]:
    if section.title is not None and (section.is_problem or states_and_answers(section.title)):
        if section.is_problem and section.title.marker is not None:
            rows = replace(rows, headed=rows.headed | {section.title.marker.level})
        return _outline_items(text, _read((section.title, *section.lines), None, rows))
    counts = section.title is not None and (_counts_as_heading(section) or section in topics)
    title = section.title if counts and not (section is only and _is_slogan(section)) else None
    return _outline_items(text, _read(section.lines, title, rows))


def _read(lines: tuple[Line, ...], title: Line | None, rows: Rows) -> list[Node]:
    """The units of a part; read once more where their place tells problems that were left over."""
    nodes = read_headings(lines, title, rows)
    leaves = _leaves(nodes)
    placed = placed_statements(lines, title, nodes, leaves)
    return leaves if placed is None else _leaves(read_headings(lines, title, rows, placed))


_RESOLUTE = compiled("不(?:折不扣|遗余力|等不拖|打折扣|松劲|停步)|坚定不移|锲而不舍|一刻不停")
"""How something is done, with a 不 that denies nothing."""
_CURES = compiled(r"(?:破解|解决|化解|整治|聚焦|紧盯|瞄准|直面)[^，。不未]{0,10}问题$|[改纠找查]问题$")
"""A task that ends in 问题: 着力破解突出问题."""


def _is_slogan(section: Section) -> bool:
    """Whether the title of the one main part calls for rectification: 突出问题导向，全力抓好整改.

    It heads the part, and says nothing of what is below it.
    """
    assert section.title is not None
    body = section.title.body.rstrip("。：: ")
    if "整改" not in body and "问题" not in body:
        return False
    if _carries_status(body) or body.endswith(wording.FIELD_ENDS) or find_wrapped(body) is not None:
        return False
    plain = _RESOLUTE.sub("", body)
    return not wording.ends_in_shortcoming(plain) or _CURES.search(plain) is not None


def _counts_as_heading(section: Section) -> bool:
    """Whether the title belongs to the path: it names problems, or carries a status."""
    assert section.title is not None
    body = section.title.body
    if section_wording.STILL_OPEN.search(body) or section_wording.COMPLETED_TITLE.search(body):
        return True
    if section_wording.MAIN_TITLE.fullmatch(body):
        return False
    return not section_wording.MAIN.search(body) or wording.has_negative(body.replace("问题", ""))


def _outline_items(text: str, leaves: list[Node]) -> Iterator[Draft]:
    pending: list[Node] = []
    answered = sum(bool(node.body) for node in leaves)
    has_answers = answered > 0.25 * len(leaves) or any(node.labelled for node in leaves)
    for node in leaves:
        if has_answers and not node.body and not node.children:
            pending.append(node)
            continue
        together = node.labelled and node.body[0][0] >= node.line.end
        shared = [p for p in pending if together and p.parent is node.parent and p.level == node.level]
        for alone in pending:
            if alone not in shared:
                yield _draft(text, [alone], ())
        if has_answers:
            yield from _answered(text, [*shared, node], is_last=node is leaves[-1])
        else:
            yield _draft(text, [node], ())
        pending = []
    for alone in pending:
        yield _draft(text, [alone], ())


def _is_unit(node: Node) -> bool:
    """Whether a heading is the finest stated problem: it has an answer, or nothing below it."""
    if node.children and not node.labelled:
        return False
    stated = node.stated
    if node.level in _TITLE_LEVELS and not node.labelled and _is_title(stated):
        return False
    if is_generic(stated) or section_wording.OTHER_MATTERS.fullmatch(stated):
        return False
    said = node.line.label == PROBLEM or (node.in_row and bool(node.body))
    negative = wording.has_negative(stated) or wording.looks_like_problem(stated)
    if node.statement.wrapped or node.labelled or negative or node.level == "issue" or said:
        return True
    return bool(node.body) and stated.rstrip("。").endswith(("方面", "问题", "情况", "工作", "不足"))


_TITLE_LEVELS = frozenset({"chinese", "section"})


def _is_title(stated: str) -> bool:
    """Whether a heading is that of a part, and no problem."""
    return _carries_status(stated) or names_next_steps(stated)


def _carries_status(title: str) -> bool:
    """Whether a title says how far its problems are: 已完成整改的问题, 尚未完成整改的事项."""
    return (
        section_wording.STILL_OPEN.search(title) is not None
        or section_wording.COMPLETED_TITLE.search(title) is not None
    )


def _leaves(nodes: list[Node]) -> list[Node]:
    """The units; an answered heading that does not sound like one counts if most of its row do."""
    sure = [_is_unit(node) for node in nodes]
    rows: dict[tuple[int, str], list[bool]] = {}
    for node, unit in zip(nodes, sure, strict=True):
        if not node.children:
            rows.setdefault((id(node.parent), node.level), []).append(unit)
    mostly = {key for key, units in rows.items() if sum(units) * 2 > len(units)}
    return [node for node, unit in zip(nodes, sure, strict=True) if unit or _may_join(node, mostly)]


def _may_join(node: Node, mostly: set[tuple[int, str]]) -> bool:
    answered = not node.children and bool(node.body) and not is_generic(node.stated)
    return answered and (id(node.parent), node.level) in mostly


def _answered(text: str, nodes: list[Node], is_last: bool) -> Iterator[Draft]:
    """Items of the headings `nodes`, of which the last has the answer."""
    node = nodes[-1]
    body = [span for span in node.body if not _is_progress(text, node, span)]
    body = without_closing(text, body) if is_last else body
    body = [*node.status, *body]
    if len(nodes) > 1 and (parts := _by_number(text, nodes, body)):
        for alone, part in zip(nodes, parts, strict=True):
            yield _draft(text, [alone], part)
        return
    inner = split_answer(text, node.stated, body) if len(nodes) == 1 else []
    if not inner or (len(inner) == 1 and _states_and_answers(node)):
        yield _draft(text, nodes, tuple(body))
        return
    path = (*node.path(), node.text)
    for found in inner:
        yield Draft(found.number, path, found.problem, found.outcome, *_fields(node))


def _states_and_answers(node: Node) -> bool:
    """Whether a heading states a problem in its wrapper and the answer stands in the same line."""
    inline = bool(node.body) and node.body[0][0] < node.line.end
    return inline and node.statement.wrapped and wording.looks_like_problem(node.stated)


def _by_number(text: str, nodes: list[Node], body: list[Span]) -> list[tuple[Span, ...]]:
    """The paragraphs of a shared answer for each problem, where they carry just their numbers; else empty."""
    wanted = [node.line.marker.value for node in nodes if node.line.marker is not None]
    markers = [match_marker(text[slice(*span)]) for span in body]
    counted = [(i, m.value) for i, m in enumerate(markers) if m is not None and m.level == nodes[0].level]
    if len(wanted) < len(nodes) or [value for _, value in counted] != wanted or counted[0][0] > 1:
        return []
    starts = [index for index, _ in counted]
    return [
        (_after_number(text, body[start]), *body[start + 1 : end])
        for start, end in zip(starts, [*starts[1:], len(body)], strict=True)
    ]


def _after_number(text: str, span: Span) -> Span:
    marker = match_marker(text[slice(*span)])
    return (span[0] + marker.length, span[1]) if marker is not None else span


def _is_progress(text: str, node: Node, span: Span) -> bool:
    """Whether a paragraph of several below a heading speaks of the notice's problems as a whole."""
    if len(node.body) == 1 or not states_totals(text[slice(*span)][:80]):
        return False
    return not counts_again(text[slice(*span)][:80], text[node.line.start : span[0]])


def _draft(text: str, nodes: list[Node], outcome: tuple[Span, ...]) -> Draft:
    """One item of one heading, or of several that share an answer."""
    first, last = nodes[0], nodes[-1]
    start = first.line.start + first.statement.start
    end = last.line.start + last.statement.end
    return Draft(_number(first.line), first.path(), (start, end), outcome, *_fields(last))


def _number(line: Line) -> str | None:
    """The number of a problem as it stands in the notice, though it may be written wrongly."""
    marker, alone = line.marker, match_marker(line.text)
    if marker is None or marker.style == "label":
        return marker_text(line.text, alone)
    told_by_others = alone is None or (marker.style == "decimal" and alone.value != marker.value)
    return line.text[: marker.length].strip() or None if told_by_others else marker_text(line.text, alone)


def _fields(node: Node) -> tuple[str | None, str | None]:
    """Deadline and responsible body of an answer, where rows of a table give them."""
    found = (node.fields.get(name) for name in (DEADLINE, RESPONSIBLE))
    deadline, responsible = (text and _BREAKS.sub("、", text) for text in found)
    return deadline, responsible
