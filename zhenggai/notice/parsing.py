"""Source text → notice: the stages of the parser, one after the other."""

from __future__ import annotations

from zhenggai.notice.cleaning import CleanText, clean
from zhenggai.notice.draft import Draft
from zhenggai.notice.header import read_published, read_title, read_unit
from zhenggai.notice.items import read_items
from zhenggai.notice.model import CELL_BREAK, Item, Notice, SourceText
from zhenggai.notice.outline import read_lines
from zhenggai.notice.sections import Part, split_sections
from zhenggai.notice.totals import listed_statements, matches, read_declared


def parse(source: SourceText) -> Notice:
    """Parse one notice. Never raises for odd content: what cannot be found is missing, with a warning."""
    cleaned = clean(source)
    lines = read_lines(cleaned)
    sections = split_sections(lines) if lines else []
    drafts = read_items(cleaned.text, sections)
    listed = [s for section in sections if section.part is Part.OPEN_LIST for s in listed_statements(section.lines)]
    items = tuple(_item(index, draft, cleaned, listed) for index, draft in enumerate(drafts, 1))
    title = read_title(lines)
    return Notice(
        source=source,
        title=title,
        unit=read_unit(title),
        published=read_published(lines, title),
        items=items,
        declared=read_declared(lines),
        warnings=_warnings(source, items),
    )


def _item(index: int, draft: Draft, cleaned: CleanText, listed: list[str]) -> Item:
    text = cleaned.text
    problem = text[slice(*draft.problem)]
    return Item(
        index=index,
        number=draft.number,
        path=draft.path,
        problem=problem,
        problem_span=cleaned.to_source(draft.problem),
        outcome="\n".join(text[slice(*span)] for span in draft.outcome).replace(CELL_BREAK, "\n"),
        outcome_spans=tuple(cleaned.to_source(span) for span in draft.outcome),
        listed_open=any(matches(stated, problem, draft.path) for stated in listed),
        deadline=draft.deadline,
        responsible=draft.responsible,
    )


def _warnings(source: SourceText, items: tuple[Item, ...]) -> tuple[str, ...]:
    warnings = list(source.warnings)
    if not items:
        warnings.append("没有找到“问题—整改情况”条目：应为整改进展通报，请核对该文件是不是此类通报。")
    elif not any(item.outcome for item in items):
        warnings.append("只找到问题，没有整改情况：可能是巡视巡察反馈，而不是整改通报。")
    return tuple(warnings)
