"""Source text → notice: the stages of the parser, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhenggai.notice.draft import Draft, outcome_text
from zhenggai.notice.head.error_pages import GENRE, in_place_of_notice
from zhenggai.notice.head.head_lines import with_own_paths, without_running_heads
from zhenggai.notice.head.header import above_items, is_title, read_title, read_unit, unit_of_introduction
from zhenggai.notice.head.published import read_published
from zhenggai.notice.items.reading import read_items
from zhenggai.notice.items.unread import unread_warnings
from zhenggai.notice.language.fields import read_fields, without_field_lines
from zhenggai.notice.lines.badges import with_badges
from zhenggai.notice.lines.contents import without_contents
from zhenggai.notice.lines.field_lines import with_field_lines
from zhenggai.notice.lines.inline_labels import with_parted_labels
from zhenggai.notice.lines.inline_rows import with_inline_rows
from zhenggai.notice.lines.missing_numbers import with_missing_numbers
from zhenggai.notice.lines.ordinals import without_ordinals
from zhenggai.notice.lines.outline import Line, read_lines
from zhenggai.notice.lines.recurring_labels import with_recurring_labels
from zhenggai.notice.lines.run_on_numbers import in_sequence
from zhenggai.notice.lines.shared import with_shared_problems
from zhenggai.notice.lines.stems import without_names
from zhenggai.notice.lines.wrong_numbers import with_mended_numbers
from zhenggai.notice.model import Item, Notice, SourceText
from zhenggai.notice.sections.parts import split_sections
from zhenggai.notice.sections.section import Part, Section
from zhenggai.notice.summary.open_list import link_open, listed_statements, open_quotes, stated_in_tables
from zhenggai.notice.summary.open_match import link_named
from zhenggai.notice.summary.open_named import named_open
from zhenggai.notice.summary.open_sentences import Named, named_in_list, named_in_sentences
from zhenggai.notice.summary.totals import read_declared, states_totals
from zhenggai.notice.tables.left_columns import LeftColumns
from zhenggai.notice.tables.places import split_tables
from zhenggai.notice.tables.side_lists import read_tables
from zhenggai.notice.text.cleaning import CleanText, clean
from zhenggai.notice.text.own_words import in_own_words
from zhenggai.notice.text.traditional import fold, is_traditional
from zhenggai.patterns import compiled


def parse(source: SourceText) -> Notice:
    """Parse one notice. Never raises for odd content: what cannot be found is missing, with a warning."""
    traditional = is_traditional(source.text)
    cleaned = clean(replace(source, text=fold(source.text)) if traditional else source)
    own = cleaned.in_words_of(source) if traditional else cleaned
    lines = without_running_heads(_lines(cleaned))
    tables, others = split_tables(lines)
    drafts, sections = read_items(cleaned.text, split_sections(others) if others else [])
    title = read_title(lines)
    head = above_items(lines, title)
    left = LeftColumns()
    drafts = [
        d
        for d in drafts
        if not is_title(cleaned.text[slice(*d.problem)], title)
        and (d.number is not None or d.problem[1] > head)
    ]
    table_items = read_tables(cleaned.text, tables, drafts, left)
    drafts = sorted(table_items.drafts, key=lambda draft: draft.problem)
    page = in_place_of_notice(cleaned.text, bool(drafts))
    drafts = [] if page else list(with_own_paths(drafts, title))
    told = [without_field_lines(cleaned.text, draft) for draft in drafts]
    stated = [*_stated_open(sections), *stated_in_tables(tables, drafts)]
    listed = link_open(stated, told, cleaned.text)
    listed |= link_named(_named_in_sentences(sections), told, cleaned.text)
    items = tuple(_item(index, draft, cleaned, index in listed) for index, draft in enumerate(told))
    title = title or source.subject
    notice = Notice(
        source=source,
        title=title,
        unit=read_unit(title) or unit_of_introduction(lines),
        published=read_published([cleaned.text[a:b] for a, b in cleaned.lines], title) or source.sent,
        items=items,
        declared=read_declared(list(_outside_items(sections, drafts))),
        warnings=(
            *_warnings(source, items, page, title),
            *left.warnings(),
            *table_items.warnings,
            *unread_warnings(cleaned.text, sections, drafts),
        ),
    )
    return in_own_words(notice, cleaned, own, told) if traditional else notice


def _lines(cleaned: CleanText) -> list[Line]:
    """The lines of the notice itself, their numbers as they are meant."""
    rows = with_inline_rows(without_names(without_ordinals(read_lines(cleaned))))
    parted = with_parted_labels(with_badges(without_contents(rows)))
    labelled = with_field_lines(with_recurring_labels(cleaned.text, parted))
    mended = with_missing_numbers(in_sequence(with_mended_numbers(labelled)))
    return with_shared_problems(cleaned.text, mended)


def _stated_open(sections: list[Section]) -> list[str]:
    """What the closing list, and progress sentences in the main part, name as still open."""
    stated: list[str] = []
    for section in sections:
        if section.part is Part.OPEN_LIST:
            stated += listed_statements(section.lines)
        elif section.part is Part.OTHER:
            stated += named_open(section.lines)
        elif section.part is Part.MAIN:
            stated += [
                q for line in section.lines if states_totals(line.text) for q in open_quotes(line.text)
            ]
    return stated


def _named_in_sentences(sections: list[Section]) -> list[Named]:
    """What sentences outside the answers name as still open."""
    listed = [named for s in sections if s.part is Part.OPEN_LIST for named in named_in_list(s.lines)]
    return listed + [
        named
        for section in sections
        for named in named_in_sentences(
            section.lines
            if section.part is not Part.MAIN
            else [line for line in section.lines if states_totals(line.text)]
        )
    ]


def _several_paragraphs(drafts: list[Draft]) -> set[int]:
    """Where the paragraphs of answers of several begin: progress sentences were told from them before."""
    return {start for draft in drafts if len(draft.outcome) > 1 for start, _ in draft.outcome}


def _outside_items(sections: list[Section], drafts: list[Draft]) -> Iterator[Line]:
    """Lines that are no part of an item: of the other parts, before the first heading, progress sentences."""
    answers = _several_paragraphs(drafts)
    first = min((draft.problem[0] for draft in drafts), default=None)
    for section in sections:
        before = section.part is Part.MAIN
        for line in section.lines:
            before = before and line.marker is None and not line.is_table_row
            before = before and (first is None or line.end <= first)
            apart = states_totals(line.text) and line.start not in answers
            if section.part is not Part.MAIN or before or apart:
                yield line


def _item(index: int, draft: Draft, cleaned: CleanText, listed_open: bool) -> Item:
    text = cleaned.text
    problem = text[slice(*draft.problem)]
    fields = read_fields(text[slice(*span)] for span in draft.outcome)
    return Item(
        index=index + 1,
        number=draft.number,
        path=draft.path,
        problem=problem,
        problem_span=cleaned.to_source(draft.problem),
        outcome=outcome_text(text, draft),
        outcome_spans=tuple(cleaned.to_source(span) for span in draft.outcome),
        listed_open=listed_open,
        deadline=draft.deadline or fields.get("deadline"),
        responsible=draft.responsible or fields.get("responsible"),
    )


_PLAN = compiled(r"(?:方案|任务清单|任务分解表?|工作计划|整改计划)(?:[（(][^）)]{0,20}[）)])?$")
"""How the title of a plan ends, which says what is to be done."""


def _warnings(
    source: SourceText, items: tuple[Item, ...], page: str | None, title: str | None
) -> tuple[str, ...]:
    warnings = list(source.warnings)
    if page is not None:
        warnings.append(page)
    elif not items:
        warnings.append("没有找到“问题—整改情况”条目：应为整改进展通报，请核对该文件是不是此类通报。")
    elif not any(item.outcome for item in items):
        warnings.append("只找到问题，没有整改情况：可能是巡视巡察反馈，而不是整改通报。")
    if items and title is not None and _PLAN.search(title) is not None:
        warnings.append(
            "标题写明是方案或任务清单：其中的措施多为计划要做的，不是整改结果，完成状态请逐条核对。"
        )
    if items and GENRE.search(source.text) is None:
        warnings.append(
            "全文没有提到整改、巡视或巡察：可能不是整改通报，条目请逐条核对，不是的请从台账中删去。"
        )
    return tuple(warnings)
