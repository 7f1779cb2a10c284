"""Columns of tables that are in no item, for their names are unknown: their text is not lost silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from zhenggai.notice.tables.columns import Cell
from zhenggai.notice.text.table_heads import unspaced
from zhenggai.patterns import compiled

_FEWEST = 2
_SHORTEST = 12
"""Characters that a cell has on average; shorter ones are names, dates, figures."""
_NOT_COUNTED = compiled(r"[\d\s.,:：/年月日％%-]")
_PASSED_OVER = compiled(r".*(?:目标|要求|标准|依据|来源|出处|原因|原因分析|佐证|材料|附件|链接|网址|地址)")
"""What such columns hold is neither a problem nor what was done."""


class LeftColumns:
    """What the rows of all tables of a notice have in no item, by column. Built up row by row."""

    def __init__(self) -> None:
        """Begin without rows."""
        self._lengths: dict[str, list[int]] = {}
        self._read: set[str] = set()

    def take(self, cells: Iterable[Cell], read: Iterable[Cell], names: Mapping[int, str]) -> None:
        """A row, what of it is in an item, and the names of the columns."""
        kept = {cell.start for cell in read}
        for cell in cells:
            name = names.get(cell.column, f"第{cell.column + 1}列")
            if cell.start in kept:
                self._read.add(name)
            elif cell.text:
                self._lengths.setdefault(name, []).append(len(_NOT_COUNTED.sub("", cell.text)))

    def warnings(self) -> Iterator[str]:
        """A warning for each column of long texts of which no row is in an item."""
        for name, lengths in self._lengths.items():
            mean = sum(lengths) / len(lengths)
            passed_over = name in self._read or _PASSED_OVER.fullmatch(name) is not None
            if len(lengths) >= _FEWEST and mean >= _SHORTEST and not passed_over:
                yield (
                    f"表格中“{name}”一栏（{len(lengths)}格，平均{mean:.0f}字）没有读入任何条目："
                    "如果写的是问题或整改情况，请把栏名改为“问题”“整改情况”等后重新读取。"
                )


def names_of(cells: Sequence[Cell]) -> dict[int, str]:
    """Column index → its name in a row of the head."""
    return {cell.column: unspaced(cell.text) for cell in cells if cell.text}
