"""The rows of a ledger: one `Record` per item, one `NoticeRecord` per notice. Field order is column order."""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Record:
    """One item of the ledger; see `docs/ledger.md` for the contract."""

    notice: str
    title: str | None
    unit: str | None
    published: str | None
    item: int
    number: str | None
    path: tuple[str, ...]
    problem: str
    problem_span: Span
    outcome: str
    outcome_spans: tuple[Span, ...]
    category: str | None = None
    category_score: float | None = None
    also: tuple[str, ...] = ()
    categories: tuple[dict[str, str | float], ...] = ()
    """The best three as `{"label": …, "score": …}`."""
    theme: str | None = None
    status: str | None = None
    status_score: float | None = None
    long_term: bool | None = None
    status_source: str | None = None
    evidence: str = ""
    evidence_span: Span | None = None
    listed_open: bool = False
    needs_review: bool = False
    review_reasons: tuple[str, ...] = ()
    deadline: str | None = None
    responsible: str | None = None


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """One notice of the ledger's second table."""

    notice: str
    title: str | None = None
    unit: str | None = None
    published: str | None = None
    encoding: str | None = None
    characters: int = 0
    items: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    declared: dict[str, int | str] | None = None
    agrees: bool | None = None
    """Whether the counts agree with `declared`; None where nothing is declared."""
    differences: tuple[str, ...] = ()
    """In what they differ, in Chinese."""
    warnings: tuple[str, ...] = ()
    error: str | None = None
