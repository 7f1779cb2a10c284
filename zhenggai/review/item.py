"""What goes out for review and what comes back: the texts of an item, its predicted and its given labels."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhenggai.errors import LedgerError
from zhenggai.ledger.record import Record
from zhenggai.taxonomy import Taxonomy

Key = tuple[str, int]
"""Notice and number of the item in it."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one item."""

    category: str | None
    also: tuple[str, ...]
    status: str | None
    long_term: bool | None


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One item as every tool carries it: enough to make a training row when it comes back."""

    notice: str
    item: int
    path: tuple[str, ...]
    problem: str
    outcome: str
    evidence: str
    listed_open: bool
    predicted: Labels

    @property
    def key(self) -> Key:
        """Which item it is."""
        return self.notice, self.item

    @classmethod
    def of(cls, record: Record) -> ReviewItem:
        """The item of a ledger row."""
        predicted = Labels(record.category, record.also, record.status, record.long_term)
        return cls(
            record.notice,
            record.item,
            record.path,
            record.problem,
            record.outcome,
            record.evidence,
            record.listed_open,
            predicted,
        )

    def as_dict(self) -> dict[str, Any]:
        """For JSON; `from_dict` takes it back."""
        labels = self.predicted
        return {
            "notice": self.notice,
            "item": self.item,
            "path": list(self.path),
            "problem": self.problem,
            "outcome": self.outcome,
            "evidence": self.evidence,
            "listed_open": self.listed_open,
            "predicted": {
                "category": labels.category,
                "also": list(labels.also),
                "status": labels.status,
                "long_term": labels.long_term,
            },
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], where: str) -> ReviewItem:
        """What `as_dict` gave, perhaps with other keys added by a tool.

        Raises:
            LedgerError: something is missing.
        """
        try:
            given = values["predicted"]
            predicted = Labels(given["category"], tuple(given["also"]), given["status"], given["long_term"])
            return cls(
                str(values["notice"]),
                int(values["item"]),
                tuple(values["path"]),
                str(values["problem"]),
                str(values["outcome"]),
                str(values["evidence"]),
                bool(values["listed_open"]),
                predicted,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise LedgerError(
                f"{where}：缺少条目的信息（{error}）。请导入由 zhenggai review export 导出、"
                "标注后再导出的文件，不要删去其中的字段。"
            ) from None


@dataclass(frozen=True, slots=True)
class Correction:
    """What one person said of one item."""

    item: ReviewItem
    labels: Labels
    annotator: str
    date: str
    """`YYYY-MM-DD`, or "" where the tool gives none."""
    where: str
    """Place in the file, for messages."""
    evidence: str | None = None
    """The words that the person marked as the basis of the status; None where the tool cannot say."""


def check_labels(labels: Labels, taxonomy: Taxonomy, where: str) -> Labels:
    """The labels, if the taxonomy knows them.

    Raises:
        LedgerError: an unknown name; the closest one is suggested.
    """
    if labels.category is not None:
        _check(labels.category, taxonomy.category_names, "类别", where)
    for name in labels.also:
        _check(name, taxonomy.category_names, "兼属类别", where)
    if labels.status is not None:
        _check(labels.status, taxonomy.status_names, "状态", where)
    return labels


def _check(name: str, known: Sequence[str], what: str, where: str) -> None:
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
        raise LedgerError(
            f"{where}：{what}“{name}”不在分类体系中，是否应为“{close[0]}”？可用的有：{'、'.join(known)}。"
        )
