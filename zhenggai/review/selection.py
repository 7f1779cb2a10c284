"""Which items a person should look at first: by review value, one of near-identical ones."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.ledger.record import Record
from zhenggai.ledger.rows import record_row
from zhenggai.ledger.value import review_value
from zhenggai.report.duplicates import similar_groups
from zhenggai.taxonomy import Taxonomy


def select(
    records: Sequence[Record], taxonomy: Taxonomy, limit: int | None = None, flagged_only: bool = True
) -> list[Record]:
    """At most `limit` items, the most valuable first.

    With a limit, of near-identical problems the most valuable comes first and the others only after all the
    rest: correcting one teaches what the others would. Ties keep the order of the ledger.
    """
    chosen = [r for r in records if r.needs_review or not flagged_only]
    chosen.sort(key=lambda r: -review_value(record_row(r), taxonomy))
    if limit is None or limit >= len(chosen):
        return chosen
    repeated = {i for group in similar_groups([r.problem for r in chosen], shortest=8) for i in group[1:]}
    first = [r for i, r in enumerate(chosen) if i not in repeated]
    return [*first, *(chosen[i] for i in sorted(repeated))][:limit]
