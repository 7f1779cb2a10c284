"""The labelled notices: what is found must stay what is annotated."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from zhenggai.notice import SourceText, parse

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
evaluate = pytest.importorskip("evaluate_extraction")

NOTICES = sorted((ROOT / "data" / "notices").glob("*.txt"))


def counts(path: Path) -> evaluate.Counts:
    text = path.read_text(encoding="utf-8")
    gold = evaluate.read_gold(text, ROOT / "data" / "annotations" / f"{path.stem}.jsonl")
    return evaluate.compare(text, parse(SourceText(path.name, text)).items, gold, verbose=False)


def test_all_notices_together() -> None:
    assert len(NOTICES) >= 27
    total = evaluate.Counts()
    for path in NOTICES:
        total.add(counts(path))
    assert evaluate.f1(total.matched, total.found, total.gold) >= 0.98
    assert evaluate.f1(total.characters_both, total.characters_found, total.characters_gold) >= 0.98
    assert evaluate.f1(total.listed_both, total.listed_found, total.listed_gold) >= 0.85
    assert total.bad_spans == 0


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_each_notice(path: Path) -> None:
    found = counts(path)
    assert evaluate.f1(found.matched, found.found, found.gold) >= 0.85
    assert found.bad_spans == 0
