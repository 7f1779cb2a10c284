"""Ledgers of our own beside notices are told by their columns, also after another program saved them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from zhenggai.ledger.columns import NOTICE_COLUMNS, RECORD_COLUMNS
from zhenggai.notice.formats.ledgers import is_own_ledger
from zhenggai.review.sheet import COLUMNS, FIELDS

RECORD_NAMES = [column.name for column in RECORD_COLUMNS]
NOTICE_NAMES = [column.name for column in NOTICE_COLUMNS]
RECORD_HEADS = [column.head for column in RECORD_COLUMNS]
NOTICE_HEADS = [column.head for column in NOTICE_COLUMNS]
REVIEW_HEADS = [COLUMNS[name].head for name in FIELDS]


@pytest.mark.parametrize("heads", [RECORD_NAMES, NOTICE_NAMES, RECORD_HEADS, NOTICE_HEADS, REVIEW_HEADS])
@pytest.mark.parametrize(
    ("ending", "mark", "encoding"),
    [("csv", ",", "utf-8-sig"), ("csv", ";", "gb18030"), ("tsv", "\t", "utf-8"), ("csv", "\t", "utf-16")],
)
def test_a_table(tmp_path: Path, heads: list[str], ending: str, mark: str, encoding: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(f"{mark.join(heads)}\r\n甲.txt".encode(encoding))
    assert is_own_ledger(str(path))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "序号,问题,整改情况\n1,学习不深入,已学习。"),
        ("b.csv", ""),
        ("c.jsonl", '{"text": "甲"}'),
        ("d.xlsx", "no workbook"),
        ("e.parquet", "PAR1"),
        ("f.txt", ",".join(RECORD_NAMES)),
    ],
)
def test_another_file(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert not is_own_ledger(str(tmp_path / name))


def test_a_missing_file() -> None:
    assert not is_own_ledger("missing.csv")


def test_a_damaged_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>" * 100)
    content = path.read_bytes()
    for at in range(0, len(content), 7):
        path.write_bytes(content[:at] + b"\xff\xff\xff" + content[at + 3 :])
        assert not is_own_ledger(str(path))
