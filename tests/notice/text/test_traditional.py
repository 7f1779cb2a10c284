"""Notices in traditional characters: judged in folded ones, handed on in their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenggai.classification.model import Evidence
from zhenggai.notice import SourceText, parse
from zhenggai.notice.text.traditional import _table, fold, is_traditional
from zhenggai.records import _own_words, query

NOTICES = sorted((Path(__file__).resolve().parents[3] / "data" / "notices").glob("*.txt"))
_BACK = {ord(simplified): chr(traditional) for traditional, simplified in _table().items()}


def unfolded(text: str) -> str:
    """The text with a traditional character for every one that has some, be it the right one or not."""
    return text.translate(_BACK)


@pytest.mark.parametrize("path", NOTICES[::4], ids=lambda path: path.stem)
def test_the_same_items_in_the_notice_s_own_words(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("“", "「").replace("”", "」")
    simplified = parse(SourceText("n.txt", fold(text)))
    traditional = parse(SourceText("n.txt", unfolded(text)))
    assert [item.problem_span for item in traditional.items] == [i.problem_span for i in simplified.items]
    assert [fold(item.outcome) for item in traditional.items] == [i.outcome for i in simplified.items]
    for item in traditional.items:
        assert item.outcome.split("\n")[0][:8] in traditional.source.text or not item.outcome
        assert unfolded(item.problem) == item.problem
        assert all(unfolded(heading) == heading for heading in item.path)


def test_a_text_that_quotes_some_is_simplified() -> None:
    assert not is_traditional("对《論語》教學問題研究不够，问题整改已完成，学习制度已制定，组织检查3次。")
    assert is_traditional("資產長期閒置。整改情況：公開招租。")


def test_what_is_classified_is_folded_and_the_evidence_is_not() -> None:
    text = "關於巡察整改情況的通報\n一、整改情況\n（一）資產長期閒置。\n整改情況：已完成整改，公開招租。"
    (item,) = parse(SourceText("n.txt", text)).items
    assert (item.problem, query(item).problem) == ("資產長期閒置", "资产长期闲置")
    at = query(item).outcome.index("已完成整改，公开招租。")
    evidence = _own_words(item, Evidence("已完成整改，公开招租。", "outcome", at))
    assert evidence is not None
    assert evidence.text == "已完成整改，公開招租。"
