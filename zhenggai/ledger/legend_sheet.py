"""The 说明 sheet: the run, how to correct, columns, colours, categories, statuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhenggai.ledger.columns import Column
from zhenggai.ledger.legend import COLOUR_NOTES, FIELD_NOTES, HOW_TO_CORRECT, About
from zhenggai.ledger.workbook import Choices, Styles, set_up_print
from zhenggai.ledger.xlsx_text import shield


class LegendSheet:
    """Writes the sheet from top to bottom."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        self._sheet, self._styles, self._row = sheet, styles, 0

    def write(self, about: About, columns: Sequence[Column]) -> Choices:
        """Write the sheet; where it lists the permitted values."""
        set_up_print(self._sheet, head=False)
        for index, width in enumerate((20, 60, 50, 40)):
            self._sheet.set_column(index, index, width)
        self._table("本台账", [], [(name, value) for name, value in about.lines.items()])
        self._table("怎样复核", [], [(str(i), step) for i, step in enumerate(HOW_TO_CORRECT, 1)])
        self._colours()
        fields = [(c.head, FIELD_NOTES[c.name], c.name) for c in columns]
        self._table("各列含义", ["列", "含义", "字段名"], fields)
        themes = about.taxonomy.theme_of
        first = self._table(
            "问题类别",
            ["类别", "包括", "不包括", "所属主题"],
            [(c.name, c.definition, c.elsewhere, themes(c.name) or "") for c in about.taxonomy.categories],
        )
        categories = _range(first, len(about.taxonomy.categories))
        first = self._table(
            "完成状态", ["状态", "含义"], [(s.name, s.definition) for s in about.taxonomy.statuses]
        )
        return Choices(categories, _range(first, len(about.taxonomy.statuses)))

    def _table(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
        """Write a titled table; its first row, counted from 0."""
        self._sheet.write_string(self._row, 0, title, self._styles.title)
        self._row += 1
        if heads:
            for index, head in enumerate(heads):
                self._sheet.write_string(self._row, index, head, self._styles.head)
            self._row += 1
        first = self._row
        for cells in rows:
            for index, cell in enumerate(cells):
                self._sheet.write_string(self._row, index, shield(cell), self._styles.text)
            self._row += 1
        self._row += 1
        return first

    def _colours(self) -> None:
        self._sheet.write_string(self._row, 0, "颜色", self._styles.title)
        for offset, (name, note) in enumerate(COLOUR_NOTES, 1):
            self._sheet.write_string(self._row + offset, 0, "示例", self._styles.colours[name])
            self._sheet.write_string(self._row + offset, 1, note, self._styles.text)
        self._row += len(COLOUR_NOTES) + 2


def _range(first: int, count: int) -> str:
    return f"=说明!$A${first + 1}:$A${first + count}"
