"""Comma- and tab-separated lists: the items of the same workbook; no ledger of our own."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.notice.formats.test_format_xlsx import HEAD, ROOT
from zhenggai.errors import ReadingError
from zhenggai.notice import parse
from zhenggai.notice.reading import read

ROWS = [
    ["某局党组巡察反馈问题整改情况台账"],
    HEAD,
    ["1", "理论学习不够深入", "制定计划", "2022年6月", "办公室", "集中学习12次，已完成。"],
    ["2", "党费收缴“不规范”,有拖欠", "补缴党费", "立行立改", "机关党委", "已补缴党费2300元。\n建立台账。"],
    [],
    ["3", "工程监管不力", "修订办法", "2022年", "建管科", "其余2个项目正在整改。"],
]


def written(delimiter: str) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(ROWS)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [
        ("a.csv", ",", "utf-8-sig"),
        ("a.CSV", ";", "gb18030"),
        ("a.tsv", "\t", "utf-8"),
        ("a.csv", "\t", "utf-16"),
    ],
)
def test_a_row_is_an_item(name: str, delimiter: str, encoding: str) -> None:
    source = read(name, written(delimiter).encode(encoding))
    assert source.kind == "csv"
    items = parse(source).items
    assert [item.problem for item in items] == [ROWS[2][1], ROWS[3][1], ROWS[5][1]]
    assert "建立台账。" in items[1].outcome


@pytest.mark.parametrize("head", ["是否销号", "是否完成", "是否\n整改到位"])
def test_a_tick_carries_the_name_of_its_column(head: str) -> None:
    rows = [["问题", "整改情况", head], ["学习不深", "已学习3次。", "是"], ["台账不全", "正在补录。", "否"]]
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    items = parse(read("a.csv", buffer.getvalue().encode())).items
    name = head.replace("\n", "")
    assert [item.outcome for item in items] == [f"已学习3次。\n{name}：是", f"正在补录。\n{name}：否"]


def test_text_called_csv_is_read_as_text_would_be() -> None:
    lines = "一、学习\n1.关于“学习不深”的问题\n整改情况：学3次。\n2.关于“台账不全”的问题\n整改情况：已补齐。"
    assert [i.problem for i in parse(read("a.csv", lines.encode())).items] == [
        i.problem for i in parse(read("a.txt", lines.encode())).items
    ]


def test_a_damaged_list_is_reported() -> None:
    with pytest.raises(ReadingError, match="需要完整的 CSV 表格"):
        read("a.csv", ("问题,情况\n" + '"' + "整改" * 100_000).encode())


def test_our_own_ledger_is_no_notice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1.关于学习不深的问题\n整改情况：已学习3次。\n", encoding="utf-8")
    command = [sys.executable, "-m", "zhenggai.cli", "parse", "a.txt", "-o", "ledger.csv", "--quiet"]
    subprocess.run(command, cwd=tmp_path, check=True, env={"PYTHONPATH": str(ROOT)})
    for name in ("ledger.csv", "ledger.notices.csv"):
        with pytest.raises(ReadingError, match="台账"):
            read(tmp_path / name)
