"""CSV and workbook: what a person fills in beside each item, and how it is read."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhenggai.errors import LedgerError
from zhenggai.ledger.cells import Cell, from_cell, to_cell
from zhenggai.ledger.columns import RECORD_COLUMNS
from zhenggai.ledger.csv import cell_text, csv_rows
from zhenggai.ledger.files import iter_records
from zhenggai.ledger.record import Record
from zhenggai.ledger.review_sheet import REVIEW_ENTRIES
from zhenggai.ledger.rows import record_row
from zhenggai.ledger.xlsx import REVIEW, sheet_rows
from zhenggai.review.item import Correction, Key, Labels, ReviewItem

FIELDS = (
    "notice",
    "item",
    "path",
    "problem",
    "outcome",
    "evidence",
    "listed_open",
    "review_reasons",
    "category",
    "category_score",
    "also",
    "status",
    "status_score",
    "long_term",
)
COLUMNS = {c.name: c for c in RECORD_COLUMNS if c.name in FIELDS}
_LONG_TERM = dataclasses.replace(COLUMNS["long_term"], head="改为长期坚持")
NONE = "无"
"""Says that there is no further category."""
RIGHT, UNSURE = "无误", "拿不准"


def write_csv(path: Path, records: Sequence[Record]) -> None:
    """Items with empty columns for the corrections, UTF-8 with byte-order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(COLUMNS[name].head for name in FIELDS), *REVIEW_ENTRIES])
        for record in records:
            row = record_row(record)
            cells = [cell_text(to_cell(row[name], COLUMNS[name])) for name in FIELDS]
            writer.writerow(cells + [""] * len(REVIEW_ENTRIES))


def read_csv_sheet(path: Path) -> Iterator[Correction]:
    """The rows that a person has filled in.

    Raises:
        LedgerError: the file is not such a sheet.
    """
    heads, rows = csv_rows(path)
    for cells, where in rows:
        given = dict(zip(heads, cells, strict=False))
        missing = [c.head for c in COLUMNS.values() if c.head not in given]
        if missing:
            raise LedgerError(
                f"{where}：缺少列“{missing[0]}”。请使用 zhenggai review export 写出的表，不要删列。"
            )
        values = {name: from_cell(given[c.head], c, where) for name, c in COLUMNS.items()}
        item = ReviewItem.from_dict(values | {"predicted": values | {"also": values["also"]}}, where)
        if correction := _correction(item, given, where):
            yield correction


def read_workbook(path: Path, original: Path | None) -> Iterator[Correction]:
    """Corrections of a ledger workbook: entries on 复核, and labels changed in 台账 itself.

    Changes in 台账 show only against the `original` ledger; an entry on 复核 takes precedence.

    Raises:
        LedgerError: the file is no ledger workbook.
    """
    before = {(r.notice, r.item): r for r in iter_records(original)} if original else {}
    items: dict[Key, ReviewItem] = {}
    changed: dict[Key, Labels] = {}
    for record in iter_records(path):
        key = (record.notice, record.item)
        old = before.get(key, record)
        items[key] = ReviewItem.of(dataclasses.replace(record, **_labels_of(old)))
        now = Labels(record.category, record.also, record.status, record.long_term)
        if now != items[key].predicted:
            changed[key] = now
    for cells, where in sheet_rows(path, REVIEW):
        key = (
            str(from_cell(cells.get("来源文件"), COLUMNS["notice"], where)),
            int(str(cells.get("序号") or 0)),
        )
        if key not in items:
            raise LedgerError(
                f"{where}：台账中没有 {key[0]} 第 {key[1]} 条。请勿改动“来源文件”和“序号”两列。"
            )
        if correction := _correction(items[key], cells, where):
            changed.pop(key, None)
            yield correction
    for key, labels in changed.items():
        yield Correction(items[key], labels, "", "", f"{path} 工作表“台账”{key[0]} 第 {key[1]} 条")


def _labels_of(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in ("category", "also", "status", "long_term")}


def _correction(item: ReviewItem, cells: Mapping[str, Cell], where: str) -> Correction | None:
    """What a row says; None where nobody has looked at it, or could not decide."""
    entries = {head: str(cells.get(head) or "").strip() for head in REVIEW_ENTRIES}
    changes = [head for head in REVIEW_ENTRIES if head.startswith("改为") and entries[head]]
    if entries["结论"] == UNSURE or not (changes or entries["结论"] == RIGHT):
        return None
    if changes and entries["结论"] == RIGHT:
        raise LedgerError(f"{where}：“结论”为无误，又填写了“{changes[0]}”。请只留一种。")
    old = item.predicted
    long_term = old.long_term
    if entries["改为长期坚持"]:
        long_term = from_cell(entries["改为长期坚持"], _LONG_TERM, where)
    labels = Labels(
        category=entries["改为类别"] or old.category,
        also=_also(entries["改为兼属类别"], old.also),
        status=entries["改为状态"] or old.status,
        long_term=long_term,
    )
    return Correction(item, labels, entries["复核人"], entries["复核日期"][:10], where)


def _also(entry: str, old: tuple[str, ...]) -> tuple[str, ...]:
    if not entry:
        return old
    return (
        () if entry == NONE else tuple(n.strip() for n in entry.replace(";", "；").split("；") if n.strip())
    )
