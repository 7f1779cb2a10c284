"""Excel workbooks: rows as lines, items as from the same table in plain text, damage reported."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment

from zhenggai.errors import ReadingError
from zhenggai.notice import SourceText, parse
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.xlsx import extract
from zhenggai.notice.reading import read

ROOT = Path(__file__).resolve().parents[3]
HEAD = ["序号", "问题", "整改措施", "整改时限", "责任单位", "整改情况"]
ROWS = [
    [
        1,
        "理论学习不够深入",
        "制定计划",
        datetime.date(2022, 6, 30),
        "办公室",
        "集中学习12次，已完成。",
    ],
    [2, "党费收缴不规范", "补缴党费", "立行立改", "机关党委", "已补缴党费2300元。\n建立台账。"],
    [3, "工程监管不力", "修订办法", 2022.0, "建管科", "其余2个项目正在整改。"],
]


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def table() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.append(["某局党组巡察反馈问题整改情况台账"])
    sheet.merge_cells("A1:F1")
    sheet.append(HEAD)
    for row in ROWS:
        sheet.append(row)
    return book


def test_rows_are_lines_and_cells_keep_their_columns() -> None:
    lines = extract(saved(table()), Limits()).text.split("\n")
    assert lines[0] == "某局党组巡察反馈问题整改情况台账"
    assert lines[1] == "\t".join(HEAD)
    assert lines[2].startswith("1\t理论学习不够深入\t制定计划\t2022年6月30日\t办公室\t")
    assert "\t2022\t" in lines[4]


def test_items_are_those_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(saved(table()))
    items = parse(read(path)).items
    assert [item.problem for item in items] == [str(row[1]) for row in ROWS]
    assert items[0].deadline == "2022年6月30日"
    assert "集中学习12次，已完成。" in items[0].outcome
    assert "已补缴党费2300元。" in items[1].outcome
    assert "建立台账。" in items[1].outcome


def test_a_merged_category_belongs_to_the_rows_beside_it(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["类别", *HEAD])
    for row in ROWS:
        sheet.append(["全面从严治党方面", *row])
    sheet.merge_cells("A2:A4")
    sheet["A2"].alignment = Alignment(vertical="center")
    path = tmp_path / "merged.xlsx"
    path.write_bytes(saved(book))
    assert [item.problem for item in parse(read(path)).items] == [str(row[1]) for row in ROWS]


def test_a_notice_of_one_paragraph_a_cell_reads_as_text(tmp_path: Path) -> None:
    data = ROOT / "data" / "notices" / "notice-04.txt"
    text = data.read_text(encoding="utf-8")
    book = Workbook()
    for line in text.splitlines():
        book.active.append([line])
    path = tmp_path / "notice.xlsx"
    path.write_bytes(saved(book))
    found, wanted = parse(read(path)).items, parse(SourceText("n", text)).items
    assert [(i.problem, i.outcome) for i in found] == [(i.problem, i.outcome) for i in wanted]


def test_sheets_follow_each_other_and_hidden_ones_are_named() -> None:
    book = table()
    second = book.create_sheet("续")
    second.append([4, "公务接待超标准"])
    book.create_sheet("草稿").sheet_state = "hidden"
    found = extract(saved(book), Limits())
    assert found.text.endswith("4\t公务接待超标准")
    assert found.warnings == ("另有 1 个隐藏的工作表没有读取",)


def test_formats_of_a_whole_column_are_not_a_million_rows() -> None:
    book = table()
    book.active.cell(1_000_000, 1).alignment = Alignment(wrap_text=True)
    assert len(extract(saved(book), Limits()).text.split("\n")) == 5


@pytest.mark.parametrize("cut", [30, 400, 2000])
def test_a_cut_file_is_reported(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "cut.xlsx"
    path.write_bytes(saved(table())[:-cut])
    with pytest.raises(ReadingError, match="请"):
        read(path)


def test_a_bomb_is_refused() -> None:
    book = Workbook()
    book.active.append(["改" * 30_000])
    for _ in range(200):
        book.active.append([" " * 30_000])
    with pytest.raises(ReadingError, match=r"压缩比|不超过"):
        extract(saved(book), Limits(file_bytes=1024 * 1024))


def test_our_own_ledger_is_no_notice(tmp_path: Path) -> None:
    """One that the program itself has written."""
    (tmp_path / "a.txt").write_text(
        "某局整改情况通报\n1.关于“学习不深入”的问题\n整改情况：已印发。\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "zhenggai.cli", "parse", "a.txt", "-o", "ledger.xlsx", "--quiet"]
    subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""}, check=True)
    with pytest.raises(ReadingError, match="台账"):
        read(tmp_path / "ledger.xlsx")


@pytest.mark.parametrize("name", ["填表说明", "说明", "填报须知", "（使用说明）"])
def test_a_sheet_that_explains_the_form_is_left_out(name: str) -> None:
    book = table()
    about = book.create_sheet(name, 0)
    about.append([name])
    about.append(["1.“反馈问题”栏按反馈意见原文填写。"])
    about.append(["示例：某某问题整改不到位。整改情况：已完成。"])
    found = extract(saved(book), Limits())
    assert found.text.split("\n")[0] == "某局党组巡察反馈问题整改情况台账"
    assert "示例" not in found.text
    assert found.warnings == (f"工作表“{name}”说明怎样填表，没有读取",)


def test_a_table_is_read_whatever_its_sheet_is_called() -> None:
    book = table()
    book.active.title = "说明"
    assert "某局党组巡察反馈问题整改情况台账" in extract(saved(book), Limits()).text
    book.create_sheet("填表说明").append(["一、本表由各责任单位填写。"])
    assert "本表由" not in extract(saved(book), Limits()).text
