"""What the notices say of themselves against what their text shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.report.summary import Numbered, unit_of
from zhenggai.taxonomy import Taxonomy

FIGURES: Mapping[str, str] = {
    "problems": "问题",
    "completed": "已完成",
    "basically_completed": "基本完成",
    "in_progress": "正在整改",
    "long_term": "长期坚持",
}
SLACK = 0.02
"""Shares that differ by less agree."""
PARTIAL = 2 / 3
"""Below this share of the stated problems the text is a selection of them."""


@dataclass(frozen=True)
class Comparison:
    """One notice that states totals."""

    notice: NoticeRecord
    unit: str
    figures: Sequence[tuple[str, int]]
    """Chinese name and number of each stated total."""
    quote: str
    found: Mapping[str, int]
    """Statuses that the text shows."""
    items: int
    declared_share: float | None
    """Completed share by the notice's own figures; None where they allow none."""
    declared_most: float | None
    """The same with those that the notice counts apart as kept up or worked on for long."""
    found_share: float | None
    unsupported: Sequence[Numbered]
    """Items of the notice that the text does not show as completed."""

    @property
    def gap(self) -> float | None:
        """Declared share less found share; 0 where what is found more may be declared as 长期坚持."""
        low, high, found = self.declared_share, self.declared_most, self.found_share
        if low is None or high is None or found is None:
            return None
        return low - found if found < low else min(0.0, high - found)

    @property
    def partial(self) -> bool:
        """Whether the text goes through so few of the stated problems that the shares may differ in kind."""
        stated = (self.notice.declared or {}).get("problems")
        return isinstance(stated, int) and self.items < PARTIAL * stated

    @property
    def claims_more(self) -> bool:
        """Whether the notice claims more completions than its text supports."""
        return self.gap is not None and self.gap > SLACK


def compare(
    records: Sequence[Record], notices: Sequence[NoticeRecord], taxonomy: Taxonomy
) -> list[Comparison]:
    """One comparison for each notice that states totals, the largest excess of claims first.

    Shares are compared rather than numbers: what a notice counts as one problem is often several items.
    """
    done = taxonomy.status_names[0]
    by_notice: dict[str, list[Numbered]] = {}
    for index, record in enumerate(records):
        by_notice.setdefault(record.notice, []).append(Numbered(index, record))
    rows = [_compare(n, by_notice.get(n.notice, []), done) for n in notices if n.declared]
    return sorted(rows, key=lambda row: -1.0 if row.gap is None else row.gap, reverse=True)


def _compare(notice: NoticeRecord, items: Sequence[Numbered], done: str) -> Comparison:
    declared = notice.declared or {}
    numbers = {name: value for name in FIGURES if isinstance(value := declared.get(name), int)}
    labelled = [n for n in items if n.record.status]
    found = Counter(n.record.status or "" for n in labelled)
    return Comparison(
        notice=notice,
        unit=unit_of(notice),
        figures=[(FIGURES[name], value) for name, value in numbers.items()],
        quote=str(declared.get("quote", "")),
        found=found,
        items=len(items),
        declared_share=_declared_share(numbers),
        declared_most=_declared_share(numbers, numbers.get("long_term", 0)),
        found_share=found[done] / len(labelled) if labelled else None,
        unsupported=[n for n in labelled if n.record.status != done],
    )


def _declared_share(numbers: Mapping[str, int], kept_up: int = 0) -> float | None:
    """Completed of all, by the notice.

    Whether `kept_up`, the matters that it counts apart as 长期坚持, are finished it does not say (guideline,
    3: 已完成并长期坚持 is, 长期整改 is not), so it claims no completion of them.
    """
    total, completed = numbers.get("problems"), numbers.get("completed")
    if not total or completed is None or completed > total:
        return None  # nothing stated, or problems counted against measures
    both = completed + kept_up
    return (both if both <= total else completed) / total
