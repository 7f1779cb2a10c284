"""Records to rows (plain dictionaries, as in a line of the jsonl ledger) and back, checked."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zhenggai.errors import LedgerError
from zhenggai.ledger.columns import NOTICE_COLUMNS, RECORD_COLUMNS, Column, Kind
from zhenggai.ledger.record import NoticeRecord, Record

DIGITS = 6
"""Decimal places of every score: the same bytes on machines that differ in the last bits."""

Row = dict[str, Any]


def record_row(record: Record) -> Row:
    """The row of an item: fields in order, tuples as lists, scores rounded."""
    return {column.name: _plain(getattr(record, column.name)) for column in RECORD_COLUMNS}


def notice_row(notice: NoticeRecord) -> Row:
    """The row of a notice."""
    return {column.name: _plain(getattr(notice, column.name)) for column in NOTICE_COLUMNS}


def record_from(row: Mapping[str, Any], where: str) -> Record:
    """The item of a row; keys that are no fields are left aside.

    Raises:
        LedgerError: a field is missing or holds a value of another type; `where` names the place.
    """
    return Record(**_checked(row, RECORD_COLUMNS, where))


def notice_from(row: Mapping[str, Any], where: str) -> NoticeRecord:
    """The notice of a row.

    Raises:
        LedgerError: as for `record_from`.
    """
    return NoticeRecord(**_checked(row, NOTICE_COLUMNS, where))


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _checked(row: Mapping[str, Any], columns: Sequence[Column], where: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in columns:
        if column.name not in row:
            if column.required:
                raise LedgerError(
                    f"{where}：缺少字段“{column.name}”（{column.head}）。"
                    "请使用 zhenggai classify 写出的台账，不要删去列。"
                )
            continue
        value = row[column.name]
        if value is None and column.optional:
            values[column.name] = None
            continue
        try:
            values[column.name] = _READERS[column.kind](value)
        except (TypeError, ValueError, KeyError):
            raise LedgerError(
                f"{where}：字段“{column.name}”（{column.head}）应为{column.kind.value}，"
                f"实际为 {_short(value)}。请改正这一处，或重新生成台账。"
            ) from None
    return values


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _exactly(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError
        return value

    return check


_text = _exactly(str)
_int = _exactly(int)


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _span(value: Any) -> tuple[int, int]:
    start, end = value
    return _int(start), _int(end)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        raise TypeError
    return list(value)


def _scored(value: Any) -> dict[str, str | float]:
    return {"label": _text(value["label"]), "score": _float(value["score"])}


def _counts(value: Any) -> dict[str, int]:
    if not isinstance(value, dict):
        raise TypeError
    return {_text(k): _int(v) for k, v in value.items()}


def _declared(value: Any) -> dict[str, int | str]:
    if not isinstance(value, dict):
        raise TypeError
    return {_text(k): v if isinstance(v, str) else _int(v) for k, v in value.items()}


_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _text,
    Kind.INT: _int,
    Kind.FLOAT: _float,
    Kind.BOOL: _exactly(bool),
    Kind.SPAN: _span,
    Kind.SPANS: lambda value: tuple(_span(v) for v in _list(value)),
    Kind.TEXTS: lambda value: tuple(_text(v) for v in _list(value)),
    Kind.SCORED: lambda value: tuple(_scored(v) for v in _list(value)),
    Kind.COUNTS: _counts,
    Kind.DECLARED: _declared,
}
