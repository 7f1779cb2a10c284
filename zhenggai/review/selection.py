"""Which items a person should look at first: by review value, one of near-identical ones."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.classification.linear_models.linear import LinearModel
from zhenggai.ledger.record import Record
from zhenggai.ledger.rows import record_row
from zhenggai.ledger.value import review_value
from zhenggai.report.duplicates import similar_groups
from zhenggai.review.second_opinion import disagreements
from zhenggai.taxonomy import Taxonomy

DISAGREEMENT = 0.1
"""Added to the review value where the second opinion is another one."""
SHORTEST = 8
"""Characters from which problem statements are compared with each other."""


def select(
    records: Sequence[Record],
    taxonomy: Taxonomy,
    limit: int | None = None,
    flagged_only: bool = True,
    second: LinearModel | None = None,
) -> list[Record]:
    """At most `limit` items, the most valuable first.

    The value is that of the 复核 sheet (contradiction, flag, doubt), and more where the `second` opinion
    disagrees. With a limit, of near-identical problems the most valuable comes first and the others only
    after all the rest: correcting one teaches what the others would. Ties keep the order of the ledger.
    """
    chosen = [r for r in records if r.needs_review or not flagged_only]
    other = disagreements(chosen, second) if second else [False] * len(chosen)
    values = [
        review_value(record_row(record), taxonomy) + DISAGREEMENT * differs
        for record, differs in zip(chosen, other, strict=True)
    ]
    chosen = [chosen[i] for i in sorted(range(len(chosen)), key=lambda i: -values[i])]
    if limit is None or limit >= len(chosen):
        return chosen
    groups = similar_groups([r.problem for r in chosen], shortest=SHORTEST)
    repeated = {i for group in groups for i in group[1:]}
    first = [r for i, r in enumerate(chosen) if i not in repeated]
    return [*first, *(chosen[i] for i in sorted(repeated))][:limit]
