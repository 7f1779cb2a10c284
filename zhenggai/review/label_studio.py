"""Label Studio: tasks with predictions and the labelling configuration out, its JSON export back in.

Formats: https://labelstud.io/guide/predictions and https://labelstud.io/guide/task_format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from zhenggai.errors import LedgerError
from zhenggai.ledger.record import Record
from zhenggai.report.data import evidence_range
from zhenggai.review.item import Correction, Labels, ReviewItem
from zhenggai.taxonomy import Taxonomy

EVIDENCE = "依据"


def configuration(taxonomy: Taxonomy) -> str:
    """The labelling configuration (XML) that the tasks fit."""
    long_term = taxonomy.long_term.name
    return "\n".join(
        [
            "<View>",
            '  <Header value="问题"/>',
            '  <Text name="path" value="$path_text"/>',
            '  <Text name="problem" value="$problem"/>',
            _choices("category", "problem", "single", taxonomy.category_names, required=True),
            '  <Header value="兼属类别（没有则不选）" size="5"/>',
            _choices("also", "problem", "multiple", taxonomy.category_names),
            '  <Header value="整改情况"/>',
            f'  <Labels name="evidence" toName="outcome"><Label value={quoteattr(EVIDENCE)}/></Labels>',
            '  <Text name="outcome" value="$outcome"/>',
            _choices("status", "outcome", "single", taxonomy.status_names, required=True),
            _choices("long_term", "outcome", "multiple", [long_term]),
            "</View>",
            "",
        ]
    )


def _choices(name: str, target: str, kind: str, values: Sequence[str], required: bool = False) -> str:
    options = "".join(f"<Choice value={quoteattr(v)}/>" for v in values)
    needed = ' required="true"' if required else ""
    start = f'<Choices name="{name}" toName="{target}" choice="{kind}" showInline="true"{needed}>'
    return f"  {start}{options}</Choices>"


def task(record: Record, taxonomy: Taxonomy, model_version: str) -> dict[str, Any]:
    """One task: the item as data, the labels as a prediction."""
    result = []
    if record.category:
        result.append(_chosen("category", "problem", [record.category]))
    if record.also:
        result.append(_chosen("also", "problem", list(record.also)))
    if record.status:
        result.append(_chosen("status", "outcome", [record.status]))
    if record.long_term:
        result.append(_chosen("long_term", "outcome", [taxonomy.long_term.name]))
    if span := evidence_range(record):
        value = {"start": span[0], "end": span[1], "text": record.evidence, "labels": [EVIDENCE]}
        result.append(_result("evidence", "outcome", "labels", value))
    scores = [s for s in (record.category_score, record.status_score) if s is not None]
    prediction = {"model_version": model_version, "score": min(scores, default=0.0), "result": result}
    data = ReviewItem.of(record).as_dict() | {"path_text": " › ".join(record.path) or "（无上级标题）"}
    return {"data": data, "predictions": [prediction]}


def _chosen(name: str, target: str, values: list[str]) -> dict[str, Any]:
    return _result(name, target, "choices", {"choices": values})


def _result(name: str, target: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "from_name": name, "to_name": target, "type": kind, "value": value}


def read_tasks(path: Path, taxonomy: Taxonomy) -> Iterator[Correction]:
    """The annotations of a Label Studio export ("JSON", not "JSON-MIN"); skipped ones are left out.

    Raises:
        LedgerError: the file is no such export.
    """
    try:
        tasks = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, OSError) as error:
        raise LedgerError(f"{path}：应为 Label Studio 导出的 JSON，实际无法读取（{error}）。") from None
    if not isinstance(tasks, list):
        raise LedgerError(f"{path}：应为任务的列表，实际为 {type(tasks).__name__}。请以 JSON 格式导出。")
    for number, given in enumerate(tasks, 1):
        where = f"{path} 第 {number} 个任务"
        if (
            not isinstance(given, dict)
            or not isinstance(given.get("data"), dict)
            or "annotations" not in given
        ):
            raise LedgerError(f"{where}：缺少 data 或 annotations。请以 JSON（不是 JSON-MIN）格式导出。")
        item = ReviewItem.from_dict(given["data"], where)
        for annotation in given["annotations"]:
            if not annotation.get("was_cancelled"):
                yield _correction(item, annotation, taxonomy, where)


def _correction(
    item: ReviewItem, annotation: Mapping[str, Any], taxonomy: Taxonomy, where: str
) -> Correction:
    chosen = {
        r["from_name"]: r["value"].get("choices", []) for r in annotation.get("result", []) if "value" in r
    }
    category, status = (next(iter(chosen.get(name, ())), None) for name in ("category", "status"))
    labels = Labels(
        category,
        tuple(chosen.get("also", ())),
        status,
        taxonomy.long_term.name in chosen.get("long_term", ()),
    )
    marked = [r["value"] for r in annotation.get("result", []) if r.get("from_name") == "evidence"]
    date = str(annotation.get("updated_at") or annotation.get("created_at") or "")[:10]
    annotator = _annotator(annotation.get("completed_by"))
    return Correction(item, labels, annotator, date, where, _evidence(item.outcome, marked))


def _evidence(outcome: str, marked: Sequence[Mapping[str, Any]]) -> str:
    """The first marked stretch; its offsets count UTF-16 code units, as browsers do."""
    for value in sorted(marked, key=lambda value: int(value["start"])):
        units = outcome.encode("utf-16-le", "surrogatepass")[2 * int(value["start"]) : 2 * int(value["end"])]
        return units.decode("utf-16-le", "surrogatepass")
    return ""


def _annotator(given: Any) -> str:
    """Exports name the annotator by number, or with the details of the account."""
    if isinstance(given, dict):
        return str(given.get("email") or given.get("username") or given.get("id"))
    return "" if given is None else str(given)
