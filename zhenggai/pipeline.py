"""Paths → rows of the ledger: the one way that the command, the API and the cluster job go."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol, runtime_checkable

from zhenggai.classification.model import Prediction, Query
from zhenggai.errors import ModelError, ReadingError, unforeseen
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


@runtime_checkable
class LabellerAhead(Labeller, Protocol):
    """One that works on several windows at a time."""

    ahead: int
    """Windows that may be under way."""

    def begin(self, queries: Sequence[Query]) -> Callable[[], list[Prediction]]:
        """Begin to label; the result gives the predictions, or raises as `classify` does."""
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
    ahead = labeller.ahead if isinstance(labeller, LabellerAhead) else 0
    begun: deque[tuple[_Window, _Labels]] = deque()
    for window in _windows(read_notices(sources, settings.isolation), settings.window):
        begun.append((window, _begin(window, labeller)))
        if len(begun) > ahead:
            yield from _results(*begun.popleft(), settings, taxonomy)
    while begun:
        yield from _results(*begun.popleft(), settings, taxonomy)


_Window = list[tuple[Source, Outcome]]
_Labels = Callable[[], Sequence[list[Prediction] | ModelError | None]]


def _windows(outcomes: Iterable[tuple[Source, Outcome]], size: int) -> Iterator[_Window]:
    """Files in order, as many as have `size` items together, or as many files."""
    waiting: _Window = []
    items = 0
    for source, outcome in outcomes:
        waiting.append((source, outcome))
        items += 0 if isinstance(outcome, ReadingError) else len(outcome.items)
        if items >= size or len(waiting) >= size:
            yield waiting
            waiting, items = [], 0
    if waiting:
        yield waiting


def _begin(window: _Window, labeller: Labeller | None) -> _Labels:
    """Begin to label a window where the labeller works ahead; else it is labelled when it is asked for."""
    notices = [outcome for _, outcome in window if not isinstance(outcome, ReadingError)]
    if not isinstance(labeller, LabellerAhead):
        return lambda: _predictions(notices, labeller)
    try:
        queries = _queries(notices)
        begun = labeller.begin(queries) if queries else list
    except ModelError:
        raise
    except Exception:  # the files of the window are labelled one by one to find the one
        return lambda: _predictions(notices, labeller)
    return lambda: _predictions(notices, labeller, begun)


def _queries(notices: list[Notice]) -> list[Query]:
    return [query(item, notice.published) for notice in notices for item in notice.items]


def _results(window: _Window, labels: _Labels, settings: Settings, taxonomy: Taxonomy) -> Iterator[Result]:
    """Results of some files; a file that the labeller fails on gives a row with the error."""
    predictions = iter(labels())
    for source, outcome in window:
        own = outcome if isinstance(outcome, ReadingError) else next(predictions)
        if isinstance(outcome, ReadingError) or isinstance(own, Exception):
            yield Result(failed_record(source.name, str(own)), ())
            continue
        try:
            records = item_records(outcome, own, taxonomy, settings.policy)
            row = notice_record(outcome, records)
        except Exception as error:  # one file must not stop the rest
            yield Result(failed_record(source.name, unforeseen("写成台账", error)), ())
            continue
        yield Result(row, tuple(records))


def _predictions(
    notices: list[Notice],
    labeller: Labeller | None,
    begun: Callable[[], list[Prediction]] | None = None,
) -> list[list[Prediction] | ModelError | None]:
    """Per notice its predictions, None without a labeller, or why it could not be labelled.

    `begun` gives the predictions of all items where that has been begun.
    """
    if labeller is None:
        return [None for _ in notices]
    try:
        if begun is None:
            queries = _queries(notices)
            labelled = iter(labeller.classify(queries) if queries else [])
        else:
            labelled = iter(begun())
        return [list(islice(labelled, len(notice.items))) for notice in notices]
    except ModelError:  # the model is wrong, not a notice
        raise
    except Exception as error:
        if len(notices) == 1:
            return [ModelError(unforeseen("分类", error))]
    return [found for notice in notices for found in _predictions([notice], labeller)]
