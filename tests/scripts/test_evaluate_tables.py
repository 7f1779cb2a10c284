"""Notices in table layout: items are found and their fields filled (issue 6 asks for an F1 of 0.95)."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from evaluate_tables import LAYOUTS, Counts, evaluate, training_notices  # noqa: E402


def test_items_are_found_in_every_layout() -> None:
    found = evaluate(training_notices()[1:2])
    assert len(found) == len(LAYOUTS) >= 12
    total = Counts()
    for layout, counts in found.items():
        assert counts.f1 >= 0.95, layout
        assert counts.outcome_f1 >= 0.95, layout
        total.add(counts)
    assert total.expected > 100
    assert total.deadlines >= 0.95 * total.expected
    assert total.bodies >= 0.95 * total.expected
