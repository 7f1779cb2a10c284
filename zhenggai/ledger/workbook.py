"""What makes the workbook one to work in: styles, widths, colours and drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhenggai.ledger.cells import Cell
from zhenggai.ledger.columns import RECORD_COLUMNS, Column, Kind
from zhenggai.ledger.rows import Row
from zhenggai.ledger.value import FAIR_CONFIDENCE, LOW_CONFIDENCE
from zhenggai.ledger.xlsx_text import shield
from zhenggai.taxonomy import Taxonomy

WIDTHS = {
    "notice": 20,
    "title": 24,
    "unit": 18,
    "published": 12,
    "item": 6,
    "number": 9,
    "path": 28,
    "problem": 40,
    "outcome": 70,
    "category": 16,
    "also": 14,
    "theme": 20,
    "status": 11,
    "evidence": 28,
    "review_reasons": 28,
    "responsible": 16,
    "statuses": 30,
    "categories": 30,
    "declared": 36,
    "differences": 30,
    "warnings": 30,
    "error": 30,
}
"""Column widths in characters; 10 where none is given."""
HIDDEN = ("problem_span", "outcome_spans", "evidence_span", "categories")
"""Columns of 台账 for programs rather than people."""
LINE, TALLEST = 15.0, 150.0
"""Row height in points."""
MEASURED = 4_000
"""Characters of a text that the row height is reckoned from."""
YES_NO = ("是", "否")
COLOURS = {
    "low": ("#9C0006", "#FFC7CE"),
    "fair": ("#7F4F00", "#FFEB9C"),
    "contradiction": ("#FFFFFF", "#C00000"),
    "review": ("#1F3864", "#D9E2F3"),
}
"""Text and background."""


@dataclass(frozen=True)
class Choices:
    """Where the 说明 sheet lists the permitted values, as formulas for drop-downs."""

    categories: str
    statuses: str


class Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        wrap = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D7DE"}
        self.head = book.add_format(
            {**wrap, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "valign": "vcenter"}
        )
        self.text = book.add_format(wrap)
        self.score = book.add_format({**wrap, "num_format": "0.00"})
        self.entry = book.add_format({**wrap, "bg_color": "#FFFBE6"})
        self.day = book.add_format({**wrap, "bg_color": "#FFFBE6", "num_format": "yyyy-mm-dd"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.colours = {
            name: book.add_format({"font_color": ink, "bg_color": paper})
            for name, (ink, paper) in COLOURS.items()
        }

    def of(self, column: Column) -> Any:
        """The format of a column's cells."""
        return self.score if column.kind is Kind.FLOAT else self.text

    def height_of(self, row: Row) -> float:
        """Height in points that shows a row's texts, up to a limit."""
        lines = 1
        for name in ("title", "path", "problem", "outcome", "evidence"):
            text = row.get(name)
            if isinstance(text, str):  # a Chinese character is two units wide
                lines = max(lines, sum(1 + 2 * len(p) // WIDTHS[name] for p in text[:MEASURED].split("\n")))
        return min(lines * LINE, TALLEST)


def finish_table(sheet: Any, rows: int, columns: Sequence[Column], styles: Styles) -> None:
    """Frozen head, filter, column widths."""
    sheet.freeze_panes(1, 0)
    set_up_print(sheet)
    sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
    hidden = HIDDEN if columns is RECORD_COLUMNS else ()
    for index, column in enumerate(columns):
        options = {"hidden": True} if column.name in hidden else {}
        sheet.set_column(index, index, WIDTHS.get(column.name, 10), None, options)


def set_up_print(sheet: Any, head: bool = True) -> None:
    """A3 landscape, all columns on one page's width, the head on every page if there is one."""
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    if head:
        sheet.repeat_rows(0)


def colour_items(sheet: Any, rows: int, choices: Choices, styles: Styles, taxonomy: Taxonomy) -> None:
    """Drop-downs for labels, colours for doubt and contradiction; both follow corrections."""
    last = max(rows, 1)
    index = {c.name: i for i, c in enumerate(RECORD_COLUMNS)}
    choose(sheet, index["category"], last, choices.categories)
    choose(sheet, index["status"], last, choices.statuses)
    for name in ("long_term", "listed_open", "needs_review"):
        choose(sheet, index[name], last, YES_NO)
    letter = {name: _letter(i) for name, i in index.items()}
    first_status = taxonomy.status_names[0].replace('"', '""')
    contradiction = f'=AND(${letter["listed_open"]}2="是",${letter["status"]}2="{first_status}")'
    for name in ("status", "listed_open"):
        _colour(sheet, index[name], last, contradiction, styles.colours["contradiction"])
    _colour(sheet, index["needs_review"], last, f'=${letter["needs_review"]}2="是"', styles.colours["review"])
    for score, label in (("category_score", "category"), ("status_score", "status")):
        for name in (score, label):
            cell = f"${letter[score]}2"
            _colour(
                sheet,
                index[name],
                last,
                f"=AND(ISNUMBER({cell}),{cell}<{LOW_CONFIDENCE})",
                styles.colours["low"],
            )
            fair = f"=AND(ISNUMBER({cell}),{cell}>={LOW_CONFIDENCE},{cell}<{FAIR_CONFIDENCE})"
            _colour(sheet, index[name], last, fair, styles.colours["fair"])


def _letter(index: int) -> str:
    high, low = divmod(index, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)


def choose(sheet: Any, column: int, last: int, source: str | Sequence[str]) -> None:
    """Let the cells of a column, from below the head to row `last`, be chosen from a list."""
    rule = {
        "validate": "list",
        "source": source if isinstance(source, str) else list(source),
        "error_title": "不在列表中",
        "error_message": "请从下拉列表中选择。",
    }
    sheet.data_validation(1, column, last, column, rule)


def put(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    """Write one cell: text stays text, booleans are 是 and 否."""
    if cell is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        sheet.write_string(row, column, YES_NO[0] if cell else YES_NO[1], style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, shield(cell), style)
    else:
        sheet.write_number(row, column, cell, style)


def _colour(sheet: Any, column: int, last: int, formula: str, style: Any) -> None:
    rule = {"type": "formula", "criteria": formula, "format": style, "stop_if_true": True}
    sheet.conditional_format(1, column, last, column, rule)
