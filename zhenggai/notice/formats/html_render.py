"""Nodes of a page → lines: blocks, line breaks, lists, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhenggai.notice.formats.html_tree import TEXT, Node, is_link
from zhenggai.notice.formats.lists import has_own_number, ordered_marker
from zhenggai.notice.formats.table import Cell, row_lines
from zhenggai.notice.formats.whitespace import BLANKS, collapse
from zhenggai.patterns import compiled

_BLOCK_NAMES = (
    "address article blockquote body button center dd details div dl dt fieldset figcaption figure form "
    "h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table tbody td tfoot th thead "
    "tr ul caption"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
_PRESERVED = compiled(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_DEEPEST = 3
"""Levels of a list that are told apart by their numbers."""
_BADGE = compiled(r"(?:^|[\s_-])(?:badge|tag|label|status|state|pill|chip|mark|zt)(?:$|[\s_\d-])", re.I)
_BADGE_CHARACTERS = 8
_HEADER_CELL_CHARACTERS = 24
_CELL_LINES = 40
_LAYOUT_SHARE = 0.7


@dataclass(slots=True)
class Line:
    """A line of text, where it begins in the tree, how much of it is links, whether it is a table row."""

    text: str
    node: int
    link_share: float = 0.0
    is_row: bool = False


class Renderer:
    """Collects the lines of a range of nodes."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._first = 0
        self._links = 0
        self._marker = ""
        self._item = 0
        self._numbers: dict[int, str] = {}
        """Items of ordered lists whose numbers were written, by their nodes."""

    def render(self, start: int, end: int) -> list[Line]:
        """Lines of the nodes from `start` to `end`."""
        index = start
        open_blocks: list[int] = []  # ends of open blocks and, negated, of open links
        counters: dict[int, int] = {}
        while index < end:
            while open_blocks and abs(open_blocks[-1]) <= index:
                if open_blocks.pop() > 0:
                    self._flush()
            node = self.nodes[index]
            if node.tag == TEXT:
                self._add_text(index, any(mark < 0 for mark in open_blocks[-8:]))
            elif node.tag == "br":
                self._flush()
            elif is_link(node):
                open_blocks.append(-node.end)
            elif node.tag in BLOCKS:
                self._flush()
                if node.tag == "table" and is_data_table(self.nodes, index):
                    self._add_table(index)
                    index = node.end
                    continue
                if node.tag == "li":
                    self._marker, self._item = self._list_marker(index, counters), index
                open_blocks.append(node.end)
            index += 1
        self._flush()
        return self.lines

    def _add_text(self, index: int, in_link: bool) -> None:
        text = self.nodes[index].text
        if not self._pieces:
            self._first = index
        if in_link:
            self._links += len(text.strip(BLANKS))
        if not self._is_preserved(index):
            self._pieces.append(f"{text} " if self._is_badge(index) else text)
            return
        for number, part in enumerate(text.split("\n")):
            if number:
                self._flush()
                self._first = index
            self._pieces.append(part)

    def _is_badge(self, index: int) -> bool:
        """Whether a text stands in a small box of its own (立行立改), no part of what follows."""
        parent = self.nodes[self.nodes[index].parent] if self.nodes[index].parent >= 0 else None
        if parent is None or parent.tag in BLOCKS or not parent.attrs:
            return False
        short = parent.size <= _BADGE_CHARACTERS and len(self.nodes[index].text.strip(BLANKS)) == parent.size
        return short and _BADGE.search(parent.attrs.get("class") or "") is not None

    def _is_preserved(self, index: int) -> bool:
        for _ in range(4):
            index = self.nodes[index].parent
            if index < 0:
                return False
            node = self.nodes[index]
            if node.tag == "pre" or (node.attrs and _PRESERVED.search(node.attrs.get("style") or "")):
                return True
        return False

    def _flush(self) -> None:
        text = collapse("".join(self._pieces)) if self._pieces else ""
        if text:
            marker, self._marker = self._marker, ""
            line = text if not marker or has_own_number(text) else marker + text
            if line is not text:
                self._numbers[self._item] = marker
            self.lines.append(Line(line, self._first, min(1.0, self._links / len(text))))
        self._pieces, self._links = [], 0

    def _list_marker(self, index: int, counters: dict[int, int]) -> str:
        """The number that a browser shows before an item of an ordered list."""
        node = self.nodes[index]
        parent = self.nodes[node.parent] if node.parent >= 0 else node
        if parent.tag != "ol" or "none" in (parent.attrs.get("style") or ""):
            return ""
        start = _number(parent.attrs.get("start"), 1)
        value = _number(node.attrs.get("value"), counters.get(node.parent, start - 1) + 1)
        counters[node.parent] = value
        kind = parent.attrs.get("type") or "1"
        above = self._number_above(node.parent) if kind == "1" else ""
        return f"{above}{value} " if above else ordered_marker(value, kind)

    def _number_above(self, ordered: int) -> str:
        """The number of the item that a list stands in, where both count 1., so that levels stay apart."""
        item = self.nodes[ordered].parent
        while item >= 0 and self.nodes[item].tag not in ("li", "ol", "ul"):
            item = self.nodes[item].parent
        number = self._numbers.get(item, "").strip()
        if not number or not number[0].isdigit() or number.count(".") >= _DEEPEST:
            return ""
        return number if number.endswith(".") else f"{number}."

    def _add_table(self, index: int) -> None:
        rows = [
            [Cell(_cell_lines(self.nodes, cell), *_spans(self.nodes[cell])) for cell in row]
            for row in table_rows(self.nodes, index)
        ]
        self.lines += [Line(text, index, is_row=True) for text in row_lines(rows)]


def _cell_lines(nodes: list[Node], cell: int) -> list[str]:
    return [line.text for line in Renderer(nodes).render(cell, nodes[cell].end)]


def _spans(cell: Node) -> tuple[int, int]:
    columns, rows = _number(cell.attrs.get("colspan"), 1), _number(cell.attrs.get("rowspan"), 1)
    return max(1, min(columns, 100)), max(1, min(rows, 1000))


def _number(value: str | None, default: int) -> int:
    try:
        return int((value or "").strip()[:6])
    except ValueError:
        return default


def table_rows(nodes: list[Node], table: int) -> list[list[int]]:
    """Indices of the cells of a table, row by row (those of tables inside it left out)."""
    rows: list[list[int]] = []
    index, end = table + 1, nodes[table].end
    while index < end:
        node = nodes[index]
        if node.tag == "table":
            index = node.end
            continue
        if node.tag == "tr":
            rows.append([])
        elif node.tag in ("td", "th") and rows:
            rows[-1].append(index)
            if not _has_table(nodes, index):
                index = node.end
                continue
        index += 1
    return rows


def _has_table(nodes: list[Node], index: int) -> bool:
    return any(node.tag == "table" for node in nodes[index + 1 : nodes[index].end])


def is_data_table(nodes: list[Node], table: int) -> bool:
    """Whether a table holds data, or only lays out the page around an article."""
    node = nodes[table]
    if node.attrs.get("role") == "presentation" or _has_table(nodes, table):
        return False
    rows = [row for row in table_rows(nodes, table) if row]
    widths = [len(row) for row in rows]
    if len(rows) < 2 or max(widths) < 2:
        return False
    if all(nodes[cell].size <= _HEADER_CELL_CHARACTERS for cell in rows[0]) and widths[0] >= 3:
        return True
    sizes = [nodes[cell].size for row in rows for cell in row]
    if max(sizes) > _LAYOUT_SHARE * max(1, sum(sizes)) and max(sizes) > 500:
        return False
    blocks = sum(n.tag in ("p", "br", "div", "h1", "h2", "h3") for n in nodes[table : node.end])
    return blocks <= _CELL_LINES * len(sizes)
