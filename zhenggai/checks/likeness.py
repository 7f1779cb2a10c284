"""Groups of (near-)identical texts, for the checks of duplicates and of leakage."""

from __future__ import annotations

from zhenggai.checks.model import Context
from zhenggai.classification.inputs import bare
from zhenggai.report.duplicates import similar_groups

SHORTEST = 6
"""Characters (digits and punctuation aside) below which equal texts say nothing."""


def alike(context: Context, with_headings: bool = False) -> list[list[int]]:
    """Indices of examples with near-identical texts (`zhenggai.report.duplicates`), two or more together.

    Raises:
        LedgerError: datasketch is not installed.
    """
    texts = [bare(e.text) for e in context.examples]
    groups = similar_groups(texts, SHORTEST)
    if not with_headings:
        return groups
    parted: list[list[int]] = []
    for group in groups:
        below: dict[str, list[int]] = {}
        for row in group:
            headings = context.examples[row].context
            below.setdefault(bare(headings[-1]) if headings else "", []).append(row)
        parted += [rows for rows in below.values() if len(rows) > 1]
    return parted
