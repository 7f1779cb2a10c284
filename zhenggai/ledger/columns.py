"""The columns of the two tables, read off `Record` and `NoticeRecord`: name, Chinese head, kind of value."""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass
from enum import Enum

from zhenggai.ledger.record import NoticeRecord, Record, Span


class Kind(Enum):
    """What a cell holds."""

    TEXT = "文本"
    INT = "整数"
    FLOAT = "小数"
    BOOL = "true 或 false"
    SPAN = "[起, 止] 两个整数"
    SPANS = "[起, 止] 的列表"
    TEXTS = "文本列表"
    SCORED = '{"label": 文本, "score": 小数} 的列表'
    COUNTS = "名称到整数的对照"
    DECLARED = "名称到整数或文本的对照"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    head: str
    """What the workbook shows above it."""
    kind: Kind
    optional: bool
    """Whether a null is a value of it."""
    required: bool
    """Whether a row without it is an error."""


_KINDS: dict[object, Kind] = {
    str: Kind.TEXT,
    int: Kind.INT,
    float: Kind.FLOAT,
    bool: Kind.BOOL,
    Span: Kind.SPAN,
    tuple[Span, ...]: Kind.SPANS,
    tuple[str, ...]: Kind.TEXTS,
    tuple[dict[str, str | float], ...]: Kind.SCORED,
    dict[str, int]: Kind.COUNTS,
    dict[str, int | str]: Kind.DECLARED,
}

_HEADS = {
    "notice": "来源文件",
    "title": "通报标题",
    "unit": "单位",
    "published": "发布日期",
    "item": "序号",
    "number": "原文编号",
    "path": "上级标题",
    "problem": "问题",
    "problem_span": "问题位置",
    "outcome": "整改情况",
    "outcome_spans": "整改情况位置",
    "category": "问题类别",
    "category_score": "类别置信度",
    "also": "兼属类别",
    "categories": "候选类别",
    "theme": "所属主题",
    "status": "完成状态",
    "status_score": "状态置信度",
    "long_term": "长期坚持",
    "status_source": "状态依据",
    "evidence": "依据原文",
    "evidence_span": "依据位置",
    "listed_open": "列入未完成清单",
    "needs_review": "需要复核",
    "review_reasons": "复核原因",
    "deadline": "整改时限",
    "responsible": "责任单位",
    "encoding": "文件编码",
    "characters": "字数",
    "items": "问题数",
    "statuses": "各状态数量",
    "declared": "通报自述",
    "agrees": "与自述相符",
    "differences": "不符之处",
    "warnings": "提示",
    "error": "错误",
}
_NOTICE_HEADS = {"categories": "各类别数量"}


def _columns(kind: type, heads: dict[str, str]) -> tuple[Column, ...]:
    hints = typing.get_type_hints(kind)
    columns = []
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        optional = type(None) in typing.get_args(hint)
        if optional:
            hint = next(a for a in typing.get_args(hint) if a is not type(None))
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        columns.append(Column(field.name, heads[field.name], _KINDS[hint], optional, required))
    return tuple(columns)


RECORD_COLUMNS = _columns(Record, _HEADS)
NOTICE_COLUMNS = _columns(NoticeRecord, _HEADS | _NOTICE_HEADS)
