"""The table at the end of a run: items per category and status, totals that disagree, files that failed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from zhenggai.ledger.cells import without_surrogates
from zhenggai.ledger.files import notices_path
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.notice.sources.passing import DUMPS, PICTURES, ending_of

_MOST_SHOWN = 20
_MOST_KINDS = 10
_FOUND_NONE = "没有找到"
"""Begins the warning that there are no items, which the list says as a whole."""


class Summary:
    """Counts over a run."""

    def __init__(self) -> None:
        self.notices = self.items = self.review = 0
        self.categories: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.failed: list[tuple[str, str]] = []
        self.differences: list[tuple[str, str]] = []
        self.empty: list[tuple[str, str]] = []
        self.left_out: list[str] = []
        """Ledgers of our own that lie beside the notices."""
        self.passed_over: Counter[str] = Counter()
        """Endings of other files that are no notices, and how many there are."""
        self.no_dumps: list[str] = []
        """Data (JSON, XML) without an article: named, since such a file may be meant to be a dump."""

    def pass_over(self, name: str) -> None:
        """Count a file that is no notice."""
        container, _, record = name.rpartition("!/")
        if container and ending_of(container) in DUMPS:  # a record without an article
            self.passed_over[ending_of(container)] += 1
            return
        self.passed_over[ending_of(record)] += 1
        if ending_of(record) in DUMPS:
            self.no_dumps.append(name)

    def add(self, notice: NoticeRecord, records: Sequence[Record]) -> None:
        """Count one notice."""
        if notice.error is not None:
            self.failed.append((notice.notice, notice.error))
            return
        self.notices += 1
        self.items += len(records)
        self.review += sum(record.needs_review for record in records)
        self.categories.update(record.category for record in records if record.category)
        self.statuses.update(record.status for record in records if record.status)
        if notice.differences:
            self.differences.append((notice.notice, "；".join(notice.differences)))
        if not records:
            told = [warning for warning in notice.warnings if not warning.startswith(_FOUND_NONE)]
            self.empty.append((notice.notice, "；".join(told)))

    def show(self, output: Path) -> None:
        """Print to standard error: a table on a terminal, plain lines in a pipe."""
        if sys.stderr.isatty():
            self._table()
        else:
            for title, counts in (("类别", self.categories), ("状态", self.statuses)):
                if counts:
                    print(
                        f"{title}：" + "，".join(f"{k} {n}" for k, n in counts.most_common()), file=sys.stderr
                    )
        table = _notices_table(output)
        self._list("自述数字与正文不一致的通报", self.differences, table)
        self._list("没有提取到条目的文件", self.empty, table)
        self._list("略去的文件（本软件写出的台账，不是通报）", [(name, "") for name in self.left_out])
        self._list("未能处理的文件", self.failed, table)
        self._list("没有读取的数据文件（其中没有带正文的记录）", [(name, "") for name in self.no_dumps])
        self._passed_over()
        print(
            f"共 {self.notices} 份通报、{self.items} 条，待复核 {self.review} 条；"
            f"未能处理 {len(self.failed)} 个文件。台账：{output}",
            file=sys.stderr,
        )

    def _passed_over(self) -> None:
        if not self.passed_over:
            return
        kinds = [f".{k} {n}" if k else f"无扩展名 {n}" for k, n in self.passed_over.most_common(_MOST_KINDS)]
        more = "等" if len(self.passed_over) > _MOST_KINDS else ""
        picture = any(kind in PICTURES for kind in self.passed_over)
        hint = "图片中的通报请先用 OCR 软件识别成文字。" if picture else ""
        print(
            f"另有 {self.passed_over.total()} 个其他文件不是通报的文字版，没有读取"
            f"（{'、'.join(kinds)}{more}）。{hint}",
            file=sys.stderr,
        )

    def _table(self) -> None:
        from rich.console import Console
        from rich.table import Table

        if not self.categories and not self.statuses:
            return
        table = Table("类别", "条数", "状态", "条数 ", title="汇总")
        rows = max(len(self.categories), len(self.statuses))
        left, right = self.categories.most_common(), self.statuses.most_common()
        for index in range(rows):
            category = left[index] if index < len(left) else ("", "")
            status = right[index] if index < len(right) else ("", "")
            table.add_row(category[0], str(category[1]), status[0], str(status[1]))
        Console(stderr=True).print(table)

    @staticmethod
    def _list(title: str, rows: Sequence[tuple[str, str]], table: str = "") -> None:
        """The first rows; `table` is where all stand."""
        if not rows:
            return
        print(f"{title}（{len(rows)}）：", file=sys.stderr)
        for name, text in rows[:_MOST_SHOWN]:
            print(f"  {_on_one_line(name)}" + (f"：{text}" if text else ""), file=sys.stderr)
        if len(rows) > _MOST_SHOWN:
            where = f"，全部 {len(rows)} 个见{table}" if table else ""
            print(f"  …… 另有 {len(rows) - _MOST_SHOWN} 个没有列出{where}", file=sys.stderr)


def _on_one_line(name: str) -> str:
    """The name of a file, which may hold line feeds and what no terminal shows."""
    return "".join(c if c.isprintable() else "�" for c in without_surrogates(name))


def _notices_table(output: Path) -> str:
    """Where the rows of all files stand, those of failed ones with the reason."""
    path = notices_path(output)
    return f"台账的“通报”表（{output}）" if path is None else f"通报表 {path}"
