"""Paths → rows of the ledger: the one way that the command, the API and the cluster job go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from zhenggai.classify.model import Prediction, Query
from zhenggai.errors import ReadingError
from zhenggai.isolation import Isolation, Outcome, read_notices
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.notice.reading import Source
from zhenggai.records import failed_record, item_records, notice_record, query
from zhenggai.reviewing import ReviewPolicy
from zhenggai.taxonomy import Taxonomy, load_taxonomy


class Labeller(Protocol):
    """Items in, labels out."""

    def classify(self, queries: Sequence[Query]) -> list[Prediction]:
        """One prediction per query, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Result:
    """What one file gave."""

    notice: NoticeRecord
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How files become rows."""

    isolation: Isolation = field(default_factory=Isolation)
    policy: ReviewPolicy = field(default_factory=ReviewPolicy)
    window: int = 512
    """Items that are classified together: enough to sort by length, few enough to stay in memory."""


def process(
    sources: Iterable[Source],
    labeller: Labeller | None,
    settings: Settings | None = None,
    taxonomy: Taxonomy | None = None,
) -> Iterator[Result]:
    """Read, parse and classify `sources`, one result each, in order.

    A file that fails gives a notice row with its error and no items. Without a labeller labels stay empty.
    """
    settings = settings or Settings()
    taxonomy = taxonomy or load_taxonomy()
    waiting: list[tuple[Source, Outcome]] = []
    items = 0
    for source, outcome in read_notices(sources, settings.isolation):
        waiting.append((source, outcome))
        items += 0 if isinstance(outcome, ReadingError) else len(outcome.items)
        if items >= settings.window or len(waiting) >= settings.window:
            yield from _label(waiting, labeller, settings, taxonomy)
            waiting, items = [], 0
    yield from _label(waiting, labeller, settings, taxonomy)


def _label(
    outcomes: list[tuple[Source, Outcome]], labeller: Labeller | None, settings: Settings, taxonomy: Taxonomy
) -> Iterator[Result]:
    queries = [query(item) for _, o in outcomes if not isinstance(o, ReadingError) for item in o.items]
    predictions = labeller.classify(queries) if labeller is not None and queries else []
    at = 0
    for source, outcome in outcomes:
        if isinstance(outcome, ReadingError):
            yield Result(failed_record(source.name, str(outcome)), ())
            continue
        count = len(outcome.items)
        own = predictions[at : at + count] if labeller is not None else None
        at += count
        records = item_records(outcome, own, taxonomy, settings.policy)
        yield Result(notice_record(outcome, records), tuple(records))
