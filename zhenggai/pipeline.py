"""Paths → rows of the ledger: the one way that the command, the API and the cluster job go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from zhenggai.classification.model import Prediction, Query
from zhenggai.errors import ModelError, ReadingError
from zhenggai.isolation import Isolation, Outcome, read_notices
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.notice.model import Notice
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
    """Results of some files; a file that the labeller fails on gives a row with the error."""
    notices = [outcome for _, outcome in outcomes if not isinstance(outcome, ReadingError)]
    predictions = iter(_predictions(notices, labeller))
    for source, outcome in outcomes:
        own = outcome if isinstance(outcome, ReadingError) else next(predictions)
        if isinstance(outcome, ReadingError) or isinstance(own, Exception):
            yield Result(failed_record(source.name, str(own)), ())
            continue
        records = item_records(outcome, own, taxonomy, settings.policy)
        yield Result(notice_record(outcome, records), tuple(records))


def _predictions(
    notices: list[Notice], labeller: Labeller | None
) -> list[list[Prediction] | ModelError | None]:
    """Per notice its predictions, None without a labeller, or why it could not be labelled."""
    if labeller is None:
        return [None for _ in notices]
    queries = [[query(item) for item in notice.items] for notice in notices]
    together = [q for own in queries for q in own]
    try:
        labelled = iter(labeller.classify(together) if together else [])
        return [list(islice(labelled, len(own))) for own in queries]
    except ModelError:  # the model is wrong, not a notice
        raise
    except Exception as error:
        if len(notices) == 1:
            return [
                ModelError(
                    f"通报：应能分类，实际出错（{type(error).__name__}：{error}）。请把该文件反馈给开发者。"
                )
            ]
    return [found for notice in notices for found in _predictions([notice], labeller)]
