"""A notice whose lines are broken at a fixed width, with page numbers between, has the same items."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhenggai.notice import SourceText, parse

NOTICES = sorted((Path(__file__).resolve().parents[3] / "data" / "notices").glob("*.txt"))


def wrapped(text: str, width: int, page: int = 0, head: str = "- {} -") -> str:
    """Paragraphs indented by two characters and cut after `width` characters; `page` lines on a page."""
    lines = []
    for paragraph in filter(None, map(str.strip, text.split("\n"))):
        indented = "\u3000\u3000" + paragraph
        lines += [indented[i : i + width] for i in range(0, len(indented), width)]
    if page:
        for number in range(len(lines) // page, 0, -1):
            lines.insert(number * page, head.format(number))
    return "\n".join(lines)


def items(text: str) -> list[tuple[str, str]]:
    found = parse(SourceText("n.txt", text)).items
    return [(re.sub(r"\s", "", item.problem), re.sub(r"\s", "", item.outcome)) for item in found]


@pytest.mark.parametrize("path", NOTICES[::3], ids=lambda path: path.stem)
def test_items_stay_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = items(text)
    assert items(wrapped(text, 40)) == expected
    assert items(wrapped(text, 36, page=25)) == expected


HEAD = "中共某省财政厅党组关于巡视整改进展情况的通报"


@pytest.mark.parametrize("path", NOTICES[::9], ids=lambda path: path.stem)
@pytest.mark.parametrize("head", [HEAD + "　　第 {} 页 共 9 页", HEAD + " — {} —", "财政厅党组整改通报 {}/9"])
def test_page_heads_are_no_text(path: Path, head: str) -> None:
    text = HEAD + "\n" + path.read_text(encoding="utf-8")
    assert items(wrapped(text, 36, page=25, head=head)) == items(text)
    assert "财政厅" not in "".join(outcome for _, outcome in items(wrapped(text, 400, page=9, head=head)))
