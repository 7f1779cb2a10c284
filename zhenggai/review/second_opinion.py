"""Another reader of the same item: the linear TF-IDF model on the statement alone, without headings."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.classification.inputs import category_fields
from zhenggai.classification.linear_models.linear import LinearModel
from zhenggai.classification.model import Query
from zhenggai.ledger.record import Record


def disagreements(records: Sequence[Record], model: LinearModel) -> list[bool]:
    """For each record whether the model, by the statement alone, says another category than the ledger.

    A record whose category the model does not know counts as agreed: its ledger is of another taxonomy.
    """
    alone = [category_fields(Query(record.problem)) for record in records]
    found = [model.labels[int(row.argmax())] for row in model.scores(alone)]
    return [
        record.category in model.labels and label != record.category
        for record, label in zip(records, found, strict=True)
    ]
