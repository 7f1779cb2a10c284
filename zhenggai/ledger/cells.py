"""Values to spreadsheet cells and back without loss: lists as JSON, formulas disarmed, null kept apart."""

from __future__ import annotations

import json
from typing import Any

from zhenggai.errors import LedgerError
from zhenggai.ledger.columns import Column, Kind
from zhenggai.patterns import compiled

Cell = str | int | float | bool | None

ESCAPE = "'"
_DANGEROUS = compiled(r"[=+\-@\t\r\n＝＋－＠']")
"""First characters that make a spreadsheet see a formula (OWASP, "CSV Injection"), and the escape itself."""

_SCALARS = (Kind.TEXT, Kind.INT, Kind.FLOAT, Kind.BOOL)
_SURROGATES = compiled("[\ud800-\udfff]")


_UNDECODED = compiled("[\udc80-\udcff]")


def _named_in_gbk(part: str) -> str:
    """A part of a path; one whose bytes are not UTF-8 is tried in GB18030, which has no byte of `/`."""
    if not _UNDECODED.search(part):
        return part
    try:
        return part.encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return part


def readable_name(name: str) -> str:
    """A path whose parts in GBK, as old Chinese systems and their archives leave them, are read as such."""
    return "/".join(map(_named_in_gbk, name.split("/"))) if _UNDECODED.search(name) else name


def without_surrogates(value: Any) -> Any:
    """The value with U+FFFD for halves of surrogate pairs in its texts: no UTF-8 file can hold them."""
    if isinstance(value, str):
        value = readable_name(value)
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, (list, tuple)):
        return type(value)(without_surrogates(v) for v in value)
    if isinstance(value, dict):
        return {without_surrogates(k): without_surrogates(v) for k, v in value.items()}
    return value


def escape_text(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return ESCAPE + text if _DANGEROUS.match(text) else text


def unescape_text(text: str) -> str:
    """What `escape_text` was given."""
    return text[1:] if text.startswith(ESCAPE) else text


def to_cell(value: Any, column: Column) -> Cell:
    """The cell of a value: None for null and for an empty list, JSON text for lists and mappings."""
    if value is None:
        return None
    if column.kind is Kind.TEXT:
        text = without_surrogates(value)
        return ESCAPE if text == "" and column.optional else escape_text(text)
    if column.kind in _SCALARS:
        return value
    if not value and not column.optional:
        return None
    return json.dumps(without_surrogates(value), ensure_ascii=False, allow_nan=False)


def from_cell(cell: Cell, column: Column, where: str) -> Any:
    """The value of a cell, be it typed or text.

    Raises:
        LedgerError: the cell cannot be read as what the column holds.
    """
    if cell is None or cell == "":
        return _empty(column)
    try:
        return _parse(cell, column.kind)
    except (ValueError, TypeError):
        raise LedgerError(
            f"{where}：“{column.head}”（{column.name}）一格应为{column.kind.value}，实际为“{str(cell)[:40]}”。"
            "请改正这一格。"
        ) from None


def _empty(column: Column) -> Any:
    if column.optional:
        return None
    if column.kind is Kind.TEXT:
        return ""
    if column.kind in (Kind.COUNTS, Kind.DECLARED):
        return {}
    return None if column.kind in _SCALARS else []


def _parse(cell: Cell, kind: Kind) -> Any:
    if kind is Kind.TEXT:
        return unescape_text(str(cell))
    if kind is Kind.BOOL:
        return _BOOLS[str(cell).strip().lower()] if str(cell).strip().lower() in _BOOLS else _fail()
    if kind is Kind.INT:
        number = float(cell)  # type: ignore[arg-type]
        return int(number) if number.is_integer() else _fail()
    if kind is Kind.FLOAT:
        return float(cell)  # type: ignore[arg-type]
    return json.loads(str(cell))


def _fail() -> Any:
    raise ValueError


_BOOLS = {"true": True, "false": False, "是": True, "否": False, "1": True, "0": False}
