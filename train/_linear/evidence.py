"""How often the quoted clause holds the annotators' evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from train._finetuning.examples import Outcome
from zhenggai.classification.model import StatusPrediction
from zhenggai.classification.outcome import wording


@dataclass(frozen=True)
class EvidenceFigures:
    """Shares of items with annotated evidence whose quote is or contains it."""

    all: float
    explicit: float
    """Among items whose status the notice states: the evidence, or a clause V that holds it, does."""
    items: int
    explicit_items: int
    mean_length: float
    """Characters of a quote."""


def is_explicit(row: Outcome) -> bool:
    """Whether the annotators' evidence states a status."""
    held = any(role == "V" and row.evidence in text.replace("\n", "") for text, role in row.clauses)
    return bool(row.evidence) and (held or wording.stated(row.evidence) == row.status)


def evidence_figures(rows: Sequence[Outcome], found: Sequence[StatusPrediction]) -> EvidenceFigures:
    """Compare quotes with the annotated evidence; items without evidence (未说明) do not count."""
    pairs = [(row, p) for row, p in zip(rows, found, strict=True) if row.evidence]
    hits = [p.evidence is not None and row.evidence in p.evidence.text for row, p in pairs]
    stated = [is_explicit(row) for row, _ in pairs]
    hits_stated = [hit for hit, explicit in zip(hits, stated, strict=True) if explicit]
    lengths = [len(p.evidence.text) for _, p in pairs if p.evidence is not None]
    return EvidenceFigures(
        sum(hits) / len(hits),
        sum(hits_stated) / max(1, len(hits_stated)),
        len(hits),
        len(hits_stated),
        sum(lengths) / max(1, len(lengths)),
    )
