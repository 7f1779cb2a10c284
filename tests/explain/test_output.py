"""What people see: the terminal and the page."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from tests.explain.conftest import WordCounter
from zhenggai.checks.model import Example, neighbour
from zhenggai.classification.model import Query
from zhenggai.errors import LedgerError
from zhenggai.explain.examples import Examples
from zhenggai.explain.explaining import explain, make_query
from zhenggai.explain.model import Explanation, Task
from zhenggai.explain.page import render, write_page
from zhenggai.explain.terminal import show
from zhenggai.taxonomy import load_taxonomy


class _Fixed(Examples):
    """Two neighbours, one of them hostile."""

    def nearest(self, text: str, count: int = 3) -> tuple:
        rows = [
            Example("d:1", "公车[bold]私用", "八项规定", ("一、<b>作风</b>",)),
            Example("d:2", "<script>x</script>", "其他"),
        ]
        return tuple(neighbour(r, 0.5) for r in rows)


def _explain(query: Query, task: Task = "category") -> Explanation:
    return explain(query, task, WordCounter(), load_taxonomy(), _Fixed(task, []))


def _printed(explanation: Explanation) -> str:
    console = Console(file=io.StringIO(), width=160)
    show(explanation, console)
    return console.file.getvalue()  # type: ignore[attr-defined]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {"src", "href", "onload"} & {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_terminal_shows_label_second_best_words_and_neighbours() -> None:
    printed = _printed(_explain(Query("公车管理混乱，公车报销不实，接待超标")))
    assert re.search(r"类别：八项规定（\d+\.\d%）", printed)
    assert "次选：财经纪律" in printed
    assert re.search(r"接待\s+│ -\d+\.\d 个百分点", printed)
    assert "公车[bold]私用" in printed
    assert "〔一、<b>作风</b>〕" in printed
    assert "中央八项规定及其实施细则" in printed


def test_the_terminal_says_when_nothing_decides_alone() -> None:
    printed = _printed(_explain(Query("单位学习")))
    assert "没有单独起决定作用的文字" in printed


def test_the_page_escapes_all_texts_and_loads_nothing() -> None:
    hostile = '公车<script>alert(1)</script>报销" onload="x'
    page = render(_explain(Query(hostile, ("<img src=x>接待",))))
    found = _Tags()
    found.feed(page)
    assert "script" not in found.tags
    assert "img" not in found.tags
    assert "http" not in page.replace("http-equiv", "")
    assert hostile in "".join(found.text)
    assert "default-src 'none'" in page


def test_the_page_of_a_status_marks_clauses_and_opens_the_decisive_one() -> None:
    page = render(_explain(make_query("status", "已退回报销款。\n加强学习。", problem="某<问题"), "status"))
    assert "完成状态：财经纪律" in page
    assert re.search(r'<mark class="for" style="--s:1\.0"[^>]*>已退回报销款。</mark>', page)
    assert re.search(r'<mark class="for"[^>]*>报销', page)
    assert "某&lt;问题" in page


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"应为 \.html，实际为“\.txt”"):
        write_page(_explain(Query("公车")), tmp_path / "a.txt")
