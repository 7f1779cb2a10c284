"""The 复核 sheet: flagged items by falling review value, with columns for the corrections."""

from __future__ import annotations

import json
import tempfile
from typing import Any

from zhenggai.ledger.cells import escape_text, to_cell, without_surrogates
from zhenggai.ledger.columns import RECORD_COLUMNS
from zhenggai.ledger.rows import Row
from zhenggai.ledger.value import review_value
from zhenggai.ledger.workbook import WIDTHS, YES_NO, Choices, Styles, choose, put, set_up_print
from zhenggai.taxonomy import Taxonomy

SHOWN = 4_000
"""Characters of a text on this sheet; the whole stands in 台账."""
BY_NAME = {c.name: c for c in RECORD_COLUMNS}
VERDICTS = ("无误", "已改正", "拿不准")
REVIEW_FIELDS = (
    "notice",
    "item",
    "path",
    "problem",
    "outcome",
    "evidence",
    "review_reasons",
    "category",
    "category_score",
    "also",
    "status",
    "status_score",
    "long_term",
)
REVIEW_ENTRIES = (
    "结论",
    "改为类别",
    "改为状态",
    "改为长期坚持",
    "改为兼属类别",
    "复核人",
    "复核日期",
    "备注",
)
"""Columns that a person fills in; several further categories are separated by ；."""


SEPARATORS = {"path": " › ", "review_reasons": "；", "also": "；"}
"""Lists are for people here, unlike in 台账: nothing is read back from these columns."""


class ReviewSheet:
    """Collects the flagged items, then writes them in order.

    The items wait in a temporary file, so that memory does not grow with the ledger.
    """

    def __init__(self, sheet: Any, styles: Styles, taxonomy: Taxonomy) -> None:
        self._sheet, self._styles, self._taxonomy = sheet, styles, taxonomy
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed in write)
        self._order: list[tuple[float, int, int]] = []

    def add(self, row: Row, number: int) -> None:
        """Note an item that needs review; `number` is its row in 台账, counted from 1 below the head."""
        if not row["needs_review"]:
            return
        self._order.append((-review_value(row, self._taxonomy), number, self._file.tell()))
        self._file.write(json.dumps([number, *(row[n] for n in REVIEW_FIELDS)]).encode() + b"\n")

    def write(self, choices: Choices) -> None:
        """Write the sheet."""
        heads = ["台账行", "复核价值", *(BY_NAME[n].head for n in REVIEW_FIELDS), *REVIEW_ENTRIES]
        for index, head in enumerate(heads):
            self._sheet.write_string(0, index, head, self._styles.head)
        for row, (value, _, offset) in enumerate(sorted(self._order), 1):
            self._file.seek(offset)
            self._row(row, -value, json.loads(self._file.readline()))
        self._file.close()
        self._finish(heads, max(len(self._order), 1), choices)

    def _row(self, row: int, value: float, stored: list[Any]) -> None:
        number, *fields = stored
        values = dict(zip(REVIEW_FIELDS, fields, strict=True))
        for name, separator in SEPARATORS.items():
            values[name] = escape_text(without_surrogates(separator.join(values[name]))) or None
        self._sheet.set_row(row, self._styles.height_of(values))
        self._sheet.write_number(row, 0, number + 1, self._styles.text)
        self._sheet.write_number(row, 1, value, self._styles.score)
        for index, name in enumerate(REVIEW_FIELDS, 2):
            column = BY_NAME[name]
            cell = values[name] if name in SEPARATORS else to_cell(values[name], column)
            if isinstance(cell, str) and len(cell) > SHOWN:
                cell = cell[:SHOWN] + "……"
            put(self._sheet, row, index, cell, self._styles.of(column))
        first = 2 + len(REVIEW_FIELDS)
        for index, head in enumerate(REVIEW_ENTRIES, first):
            style = self._styles.day if head == "复核日期" else self._styles.entry
            self._sheet.write_blank(row, index, None, style)

    def _finish(self, heads: list[str], last: int, choices: Choices) -> None:
        widths = [8, 8, *(WIDTHS.get(n, 10) for n in REVIEW_FIELDS), 10, 16, 12, 12, 16, 10, 12, 24]
        for index, width in enumerate(widths):
            self._sheet.set_column(index, index, width)
        self._sheet.freeze_panes(1, 0)
        set_up_print(self._sheet)
        self._sheet.autofilter(0, 0, last, len(heads) - 1)
        first = 2 + len(REVIEW_FIELDS)
        for offset, source in enumerate((VERDICTS, choices.categories, choices.statuses, YES_NO)):
            choose(self._sheet, first + offset, last, source)
