"""A parsed notice and its predictions → the rows of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from zhenggai.classification.model import Evidence, Prediction, Query
from zhenggai.classification.outcome.clauses import MOST_READ
from zhenggai.classification.outcome.past_dates import has_date_to_judge
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.notice.language.fields import DEADLINE, read_fields
from zhenggai.notice.model import CELL_BREAK, Declared, Item, Notice, SourceText, Span
from zhenggai.notice.text.traditional import fold, is_traditional
from zhenggai.reviewing import ReviewPolicy, review_reasons
from zhenggai.taxonomy import Taxonomy

if TYPE_CHECKING:
    from zhenggai.notice.text.cleaning import CleanText

_MOST_OF_PROBLEM = 2_000
"""Characters of a problem, and of a heading, that are classified; what is longer is no statement."""


def query(item: Item, published: str | None = None) -> Query:
    """What classification needs of an item; a deadline beside the outcome counts as part of it."""
    beside = item.deadline and DEADLINE not in read_fields(item.outcome.split("\n"))
    deadline = f"\n整改时限：{item.deadline}" if beside else ""
    path = tuple(heading[:_MOST_OF_PROBLEM] for heading in item.path)
    date = published if has_date_to_judge(item.outcome) else None  # without it, repeated items are one
    found = Query(item.problem[:_MOST_OF_PROBLEM], path, item.outcome + deadline, date)
    if not is_traditional(item.problem + item.outcome):
        return found
    return Query(fold(found.problem), tuple(map(fold, found.path)), fold(found.outcome), date)


def _own_words(item: Item, evidence: Evidence | None) -> Evidence | None:
    """Evidence in the words of the item, where these were folded to be classified."""
    if evidence is None or not is_traditional(item.problem + item.outcome):
        return evidence
    text = item.outcome
    at = evidence.start
    if evidence.where == "path":
        text = item.path[evidence.start] if evidence.start < len(item.path) else ""
        at = fold(text).find(evidence.text)
    own = text[at : at + len(evidence.text)] if at >= 0 else ""
    return replace(evidence, text=own) if fold(own) == evidence.text else evidence


def item_records(
    notice: Notice, predictions: Sequence[Prediction] | None, taxonomy: Taxonomy, policy: ReviewPolicy
) -> list[Record]:
    """One record per item of `notice`; without predictions the labels are empty."""
    if predictions is None:
        return [_unlabelled(notice, item) for item in notice.items]
    return [
        _labelled(notice, item, prediction, taxonomy, policy)
        for item, prediction in zip(notice.items, predictions, strict=True)
    ]


def notice_record(notice: Notice, records: Sequence[Record]) -> NoticeRecord:
    """The row of the notices table."""
    statuses = Counter(r.status for r in records if r.status)
    differences = _differences(notice.declared, statuses, len(records)) if notice.declared else ()
    return NoticeRecord(
        notice=notice.source.notice,
        title=notice.title,
        unit=notice.unit,
        published=notice.published,
        encoding=notice.source.encoding,
        characters=len(notice.source.text),
        items=len(records),
        statuses=dict(statuses),
        categories=dict(Counter(r.category for r in records if r.category)),
        declared=notice.declared.as_dict() if notice.declared else None,
        agrees=not differences if notice.declared else None,
        differences=differences,
        warnings=(*notice.warnings, *_overlong(records)),
    )


def _overlong(records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        if len(record.outcome) > MOST_READ:
            yield (
                f"第 {record.item} 条的整改情况有 {len(record.outcome)} 字，"
                "可能混入了通报以外的文字，请核对；判定完成状态时只看了其开头和结尾。"
            )


def failed_record(name: str, error: str) -> NoticeRecord:
    """The row of a file that could not be read."""
    return NoticeRecord(notice=name, error=error)


def _unlabelled(notice: Notice, item: Item) -> Record:
    return Record(
        notice=notice.source.notice,
        title=notice.title,
        unit=notice.unit,
        published=notice.published,
        item=item.index,
        number=item.number,
        path=item.path,
        problem=item.problem,
        problem_span=item.problem_span,
        outcome=item.outcome,
        outcome_spans=item.outcome_spans,
        listed_open=item.listed_open,
        deadline=item.deadline,
        responsible=item.responsible,
    )


def _labelled(
    notice: Notice, item: Item, prediction: Prediction, taxonomy: Taxonomy, policy: ReviewPolicy
) -> Record:
    category, status = prediction.category, prediction.status
    evidence = _own_words(item, status.evidence)
    reasons = review_reasons(item.outcome, item.listed_open, prediction, policy)
    return replace(
        _unlabelled(notice, item),
        category=category.label,
        category_score=round(category.score, 6),
        also=category.also,
        categories=tuple({"label": s.label, "score": round(s.score, 6)} for s in category.ranked),
        theme=taxonomy.theme_of(category.label),
        status=status.label,
        status_score=round(status.score, 6),
        long_term=status.long_term,
        status_source=status.source,
        evidence=evidence.text if evidence else "",
        evidence_span=_locate(notice.source, item, evidence),
        needs_review=bool(reasons),
        review_reasons=reasons,
    )


# -- where the evidence stands in the source ---------------------------------------------------------


def _locate(source: SourceText, item: Item, evidence: Evidence | None) -> Span | None:
    """Source span of the evidence; None where it is not in the text word for word."""
    if evidence is None or not evidence.text:
        return None
    if evidence.where == "path":
        at = source.text.rfind(evidence.text, 0, item.problem_span[0])
        return None if at < 0 else (at, at + len(evidence.text))
    offset, end = 0, evidence.start + len(evidence.text)
    found: list[Span] = []
    for span, paragraph in _paragraphs(source, item):
        low, high = max(evidence.start - offset, 0), min(end - offset, len(paragraph))
        if low < high:  # a quote may go on in the next paragraph
            place = _inside(source, span, paragraph, (low, high))
            if place is None:
                return None
            found.append(place)
        offset += len(paragraph) + 1
    return (found[0][0], found[-1][1]) if found and found[0][0] < found[-1][1] else None


def _paragraphs(source: SourceText, item: Item) -> Iterator[tuple[Span, str]]:
    """The paragraphs of an outcome, each with its source span; one may hold breaks of a table cell."""
    lines = item.outcome.split("\n")
    at = 0
    for span in item.outcome_spans:
        below = at + source.text.count(CELL_BREAK, *span) + 1
        yield span, "\n".join(lines[at:below])
        at = below


def _inside(source: SourceText, span: Span, paragraph: str, part: Span) -> Span | None:
    """Source span of the characters `part` of `paragraph`, which stands at `span`, cleaned."""
    text = source.text[slice(*span)]
    if len(text) == len(paragraph):
        return span[0] + part[0], span[0] + part[1]
    from zhenggai.notice.text.cleaning import clean  # 5 ms at start, and few notices need it

    local = clean(SourceText(source.notice, text))
    if len(local.text) == len(paragraph):
        first, last = local.to_source(part)
        return span[0] + first, span[0] + last
    whole = _cleaned(source)  # what was cut out shows only around it: the breaks of full lines
    at = whole.from_source(span[0])
    if whole.text[at : at + len(paragraph)].replace(CELL_BREAK, "\n") != paragraph:
        return None
    return whole.to_source((at + part[0], at + part[1]))


@lru_cache(1)
def _cleaned(source: SourceText) -> CleanText:
    """The whole of a source cleaned as it was parsed; few notices need it, and some for many items."""
    from zhenggai.notice.text.cleaning import clean

    if not is_traditional(source.text):
        return clean(source)
    return clean(replace(source, text=fold(source.text))).in_words_of(source)


# -- what the notice says of itself ------------------------------------------------------------------

_NAMES = {"completed": "已完成", "basically_completed": "基本完成", "in_progress": "正在整改"}


def _differences(declared: Declared, statuses: Counter[str], items: int) -> tuple[str, ...]:
    """In what the counts differ from the declared totals, in Chinese.

    What a notice counts apart as 长期坚持 may be finished and kept up, or under way for long (guideline, 3):
    it may be found under any status, so it explains so many more of each.
    """
    long_term = declared.long_term or 0
    differences = []
    if declared.problems is not None and declared.problems != items:
        differences.append(f"自述问题{declared.problems}个，提取到{items}条")
    for field, name in _NAMES.items():
        stated, found = getattr(declared, field), statuses.get(name, 0)
        if stated is not None and statuses and not stated <= found <= stated + long_term:
            differences.append(f"自述{name}{stated}个，正文判为{name}的有{found}条")
    return tuple(differences)
