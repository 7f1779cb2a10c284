"""doccano: JSONL of a text-classification project out and in; a list of labels per text, other keys kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhenggai.errors import LedgerError
from zhenggai.ledger.jsonl import read_jsonl
from zhenggai.ledger.record import Record
from zhenggai.review.item import Correction, Labels, ReviewItem
from zhenggai.taxonomy import Taxonomy

CATEGORY, ALSO, STATUS = "类别：", "兼属：", "状态："
DATA = "zhenggai"
"""Key of the item, as JSON text: doccano keeps it as meta data."""


def line(record: Record, taxonomy: Taxonomy) -> dict[str, Any]:
    """One line: the text that is read, the predicted labels, the item."""
    labels = [f"{CATEGORY}{record.category}"] if record.category else []
    labels += [f"{ALSO}{name}" for name in record.also]
    labels += [f"{STATUS}{record.status}"] if record.status else []
    labels += [taxonomy.long_term.name] if record.long_term else []
    text = "\n".join(
        part for part in (" › ".join(record.path), f"问题：{record.problem}", record.outcome) if part
    )
    return {
        "text": text,
        "label": labels,
        DATA: json.dumps(ReviewItem.of(record).as_dict(), ensure_ascii=False),
    }


def read_lines(path: Path, taxonomy: Taxonomy) -> Iterator[Correction]:
    """The annotations of a doccano export; the file is named after the annotator (`all.jsonl`: nobody).

    Raises:
        LedgerError: the file is no such export.
    """
    annotator = "" if path.stem == "all" else path.stem
    for row, where in read_jsonl(path, ()):
        data = row.get(DATA, (row.get("meta") or {}).get(DATA) if isinstance(row.get("meta"), dict) else None)
        if data is None or not isinstance(row.get("label"), list):
            raise LedgerError(f"{where}：缺少“{DATA}”或“label”。请导入 doccano 文本分类项目导出的 JSONL。")
        item = ReviewItem.from_dict(json.loads(data), where)
        yield Correction(
            item, _labels([str(name) for name in row["label"]], taxonomy, where), annotator, "", where
        )


def _labels(names: list[str], taxonomy: Taxonomy, where: str) -> Labels:
    def after(prefix: str) -> list[str]:
        return [name.removeprefix(prefix) for name in names if name.startswith(prefix)]

    for prefix in (CATEGORY, STATUS):
        if len(after(prefix)) > 1:
            raise LedgerError(
                f"{where}：“{prefix}”只能有一个，实际有 {'、'.join(after(prefix))}。请只留一个。"
            )
    category, status = next(iter(after(CATEGORY)), None), next(iter(after(STATUS)), None)
    return Labels(category, tuple(after(ALSO)), status, taxonomy.long_term.name in names)
