"""One answer merged down over several problems; rows that run together in a list."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from openpyxl import Workbook

from zhenggai.notice.formats import docx, xlsx
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.table import Cell, row_lines
from zhenggai.notice.reading import read

ROWS = (("序号", "反馈问题", "整改进展"), ("1", "账目混乱", "退款3万元。"), ("2", "合同不规范", ""))
LINES = ["序号\t反馈问题\t整改进展", "1\t账目混乱\t退款3万元。", "2\t合同不规范\t退款3万元。"]


def test_an_answer_over_two_rows_stands_at_both_problems() -> None:
    rows = [[Cell([text]) for text in row] for row in ROWS]
    rows[1][2] = Cell(["退款3万元。"], rows=2)
    assert row_lines([*rows[:2], rows[2][:2]]) == LINES


def test_a_problem_over_two_rows_stands_once() -> None:
    rows = [[Cell([text]) for text in ROWS[0]]]
    rows += [[Cell(["1"], rows=2), Cell(["账目混乱"], rows=2), Cell(["清查。"])], [Cell(["追责。"])]]
    assert row_lines(rows) == [LINES[0], "1\t账目混乱\t清查。", "\t\t追责。"]


def test_merged_cells_of_a_workbook_and_of_a_word_file() -> None:
    book, workbook, word = Workbook(), io.BytesIO(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.save(workbook)
    assert xlsx.extract(workbook.getvalue(), Limits()).text.split("\n") == LINES
    document = Document()
    table = document.add_table(3, 3)
    for cells, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    document.save(word)
    assert docx.extract(word.getvalue(), Limits()).text.split("\n") == LINES


def test_a_quotation_mark_that_is_not_closed_joins_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('序号,问题,措施\n1,"账目混乱,补齐票据\n2,档案丢失,补建\n', encoding="utf-8")
    source = read(str(path))
    assert source.text.split("\n") == ["序号\t问题\t措施", "1\t账目混乱\t补齐票据", "2\t档案丢失\t补建"]
    assert any("引号不成对" in warning for warning in source.warnings)
