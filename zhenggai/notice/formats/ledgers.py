"""Ledgers that zhenggai itself wrote, told by their columns: they may lie beside the notices and are none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

from zhenggai.patterns import compiled

_HEADS = (
    ("notice", "title", "unit", "published"),
    ("来源文件", "通报标题", "单位", "发布日期"),
    ("来源文件", "序号", "上级标题", "问题"),
)
"""First columns of tables, of sheets of a workbook, of sheets for review (tests hold them against these)."""
_SHEETS = frozenset(["台账", "通报", "复核", "说明"])
_SHEET_NAME = compiled(r'<sheet\b[^>]*?\bname="([^"]*)"')
_JOURNAL = ".journal.jsonl"
_FIELDS = (b'"problem_span"', b'"declared"')
_HEAD_BYTES, _TAIL_BYTES = 4096, 65_536


def is_ledger_head(cells: Sequence[str]) -> bool:
    """Whether the first row of a table is that of a ledger."""
    return any(tuple(cells[: len(head)]) == head for head in _HEADS)


def are_ledger_sheets(names: Sequence[str]) -> bool:
    """Whether the sheets of a workbook are those of a ledger."""
    return set(names) >= _SHEETS


def is_own_ledger(path: str) -> bool:
    """Whether a file is a ledger, a table of notices or a journal of ours; False where it cannot be read."""
    look = {
        ".csv": _is_table,
        ".tsv": _is_table,
        ".jsonl": _is_lines,
        ".parquet": _is_parquet,
        ".xlsx": _is_workbook,
    }.get(PurePath(path).suffix.lower())
    try:
        return look is not None and os.path.isfile(path) and look(path)
    except Exception:  # reading it will say what is wrong with it
        return False


def _is_table(path: str) -> bool:
    import csv  # at start it is not needed

    with open(path, "rb") as stream:
        head = stream.read(_HEAD_BYTES)
    for encoding in ("utf-16",) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        first = head.decode(encoding, "ignore").partition("\n")[0].strip()
        if any(is_ledger_head(next(csv.reader([first], delimiter=mark), [])) for mark in ",\t;"):
            return True
    return False


def _is_lines(path: str) -> bool:
    if path.lower().endswith(_JOURNAL):
        return True
    with open(path, "rb") as stream:
        first = stream.readline(_TAIL_BYTES)
    return first.startswith(b'{"notice"') and any(field in first for field in _FIELDS)


def _is_parquet(path: str) -> bool:
    """The names of the columns stand at the end of the file."""
    with open(path, "rb") as stream:
        stream.seek(max(0, os.path.getsize(path) - _TAIL_BYTES))
        tail = stream.read()
    return b"notice" in tail and any(field.strip(b'"') in tail for field in _FIELDS)


def _is_workbook(path: str) -> bool:
    import zipfile

    with zipfile.ZipFile(path) as opened, opened.open("xl/workbook.xml") as stream:
        return are_ledger_sheets(_SHEET_NAME.findall(stream.read(_TAIL_BYTES).decode("utf-8", "replace")))
