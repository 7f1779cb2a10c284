"""Corrections → training rows in the form of the data set (its tables `problems` and `outcomes`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zhenggai.errors import LedgerError
from zhenggai.ledger.jsonl import to_line
from zhenggai.ledger.problems import explained
from zhenggai.review import doccano, label_studio
from zhenggai.review.item import Correction, check_labels
from zhenggai.review.resolve import Resolved, resolve
from zhenggai.review.sheet import read_csv_sheet, read_workbook
from zhenggai.taxonomy import Taxonomy, load_taxonomy

PROBLEMS, OUTCOMES, DISPUTED = "problems.jsonl", "outcomes.jsonl", "disagreements.jsonl"
SOURCE = "review"
"""`source` of every row: told apart from the annotated and the synthetic ones."""


@dataclass(frozen=True)
class ImportSummary:
    """What an import came to."""

    items: int
    """Items that somebody has decided on."""
    changed: int
    """Of these, items with a label other than the predicted one."""
    disputed: int
    """Items with a label on which annotators are divided."""
    problems: int
    outcomes: int
    """Training rows written."""


def import_review(
    paths: Sequence[Path],
    folder: Path,
    *,
    ledger: Path | None = None,
    annotator: str | None = None,
    prefer: str | None = None,
    taxonomy: Taxonomy | None = None,
    overwrite: bool = False,
) -> ImportSummary:
    """Read corrected files; write `problems.jsonl`, `outcomes.jsonl`, `disagreements.jsonl` to `folder`.

    Args:
        paths: files of any of the tools, told apart by their ending; several for several annotators.
        folder: made if it is not there.
        ledger: the ledger that a workbook was made of, so that changes in its 台账 sheet show.
        annotator: who, where a file does not say.
        prefer: the annotator whose word decides where others are divided.
        taxonomy: the labels that are permitted.
        overwrite: existing files in `folder` are replaced.

    Raises:
        LedgerError: a file cannot be read, a label is unknown, nothing was filled in, or a target exists.
    """
    taxonomy = taxonomy or load_taxonomy()
    targets = [folder / name for name in (PROBLEMS, OUTCOMES, DISPUTED)]
    if existing := [t for t in targets if t.exists() and not overwrite]:
        raise LedgerError(f"{existing[0]} 已存在。要覆盖请加 --overwrite，否则请换一个文件夹。")
    corrections = []
    for path in paths:
        for given in _read(path, taxonomy, ledger):
            check_labels(given.labels, taxonomy, given.where)
            corrections.append(_named(given, annotator))
    if not corrections:
        names = "、".join(map(str, paths))
        raise LedgerError(
            f"{names}：没有已复核的条目。请填写“结论”或“改为……”各列，或在标注工具中提交后再导出。"
        )
    resolved = resolve(corrections, prefer)
    problems, outcomes, disputed = _rows(resolved)
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for target, rows in zip(targets, (problems, outcomes, disputed), strict=True):
            target.write_bytes(b"".join(to_line(row) for row in rows))
    changed = sum(r.labels != r.item.predicted for r in resolved)
    return ImportSummary(len(resolved), changed, len(disputed), len(problems), len(outcomes))


def _read(path: Path, taxonomy: Taxonomy, ledger: Path | None) -> Iterator[Correction]:
    if not path.is_file():
        raise LedgerError(f"找不到 {path}。请检查路径。")
    match path.suffix.lower():
        case ".xlsx":
            return read_workbook(path, ledger)
        case ".csv":
            return read_csv_sheet(path)
        case ".json":
            return label_studio.read_tasks(path, taxonomy)
        case ".jsonl":
            return doccano.read_lines(path, taxonomy)
    raise LedgerError(
        f"{path}：扩展名应为 .xlsx、.csv、.json（Label Studio）或 .jsonl（doccano），实际为“{path.suffix}”。"
    )


def _named(correction: Correction, annotator: str | None) -> Correction:
    return replace(correction, annotator=correction.annotator or annotator or "")


def _rows(
    resolved: Sequence[Resolved],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    problems, outcomes, disputed = [], [], []
    for result in resolved:
        item, labels = result.item, result.labels
        common = {"id": f"{item.notice}#{item.item}", "notice": item.notice, "path": list(item.path)}
        origin = {
            "source": SOURCE,
            "annotator": "；".join(sorted({c.annotator for c in result.corrections} - {""})),
            "date": max(c.date for c in result.corrections),
        }
        if labels.category is not None and not {"category", "also"} & set(result.disputed):
            also = {"category": labels.category, "also": list(labels.also), "unsure": False}
            problems.append(common | {"problem": item.problem} | also | origin)
        if labels.status is not None and not {"status", "long_term"} & set(result.disputed):
            status = {"status": labels.status, "long_term": bool(labels.long_term)}
            texts = {"problem": item.problem, "outcome": item.outcome}
            basis = {"evidence": _evidence(result), "listed_open": item.listed_open}
            outcomes.append(common | texts | status | basis | origin)
        if result.disputed:
            said = [{"annotator": c.annotator, **_labels(c)} for c in result.corrections]
            disputed.append(common | {"problem": item.problem, "fields": list(result.disputed), "said": said})
    return problems, outcomes, disputed


def _evidence(result: Resolved) -> str:
    """What those marked who gave the status that stands; else the predicted one, if its status stands."""
    status, predicted = result.labels.status, result.item.predicted.status
    marked = [c for c in result.corrections if c.labels.status == status and c.evidence is not None]
    if marked:
        return max(marked, key=lambda c: c.date).evidence or ""
    return result.item.evidence if status == predicted else ""


def _labels(correction: Correction) -> dict[str, Any]:
    labels = correction.labels
    return {
        "category": labels.category,
        "also": list(labels.also),
        "status": labels.status,
        "long_term": labels.long_term,
        "date": correction.date,
    }
