"""Ledger → a file that people correct in the tool they have."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

from zhenggai.classification.linear_models.linear import load_linear
from zhenggai.errors import LedgerError
from zhenggai.ledger.files import open_ledger, read_ledger
from zhenggai.ledger.jsonl import to_line
from zhenggai.ledger.legend import About
from zhenggai.ledger.problems import explained
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.resources import model_path
from zhenggai.review import doccano, label_studio
from zhenggai.review.selection import select
from zhenggai.review.sheet import write_csv
from zhenggai.review.tools import Tool
from zhenggai.taxonomy import Taxonomy, load_taxonomy

ENDINGS = {Tool.XLSX: ".xlsx", Tool.CSV: ".csv", Tool.LABEL_STUDIO: ".json", Tool.DOCCANO: ".jsonl"}


def export_review(
    ledger: Path,
    output: Path,
    tool: Tool,
    *,
    limit: int | None = None,
    flagged_only: bool = True,
    model_version: str = "zhenggai",
    taxonomy: Taxonomy | None = None,
    second_opinion: Path | None = None,
    overwrite: bool = False,
) -> int:
    """Write items of `ledger` for review, the most valuable first; how many.

    `second_opinion` is the folder of a category model: items on which its linear part, reading the statement
    alone, disagrees with the ledger are worth more. The package's by default.

    Label Studio also gets its labelling configuration, beside `output` as `STEM.config.xml`.

    Raises:
        LedgerError: the ledger cannot be read, there is nothing to review, or `output` cannot be written.
        ModelError: the model of the second opinion cannot be read.
    """
    taxonomy = taxonomy or load_taxonomy()
    if output.suffix.lower() != ENDINGS[tool]:
        raise LedgerError(
            f"{output}：{tool} 的文件扩展名应为 {ENDINGS[tool]}，实际为“{output.suffix}”。请改名。"
        )
    if output.resolve() == ledger.resolve():
        raise LedgerError(f"{output}：导出的文件就是台账本身。请换一个文件名。")
    if output.exists() and not overwrite:
        raise LedgerError(f"{output} 已存在。要覆盖请加 --overwrite，否则请换一个文件名。")
    records, notices = read_ledger(ledger)
    second = load_linear(second_opinion or model_path("category"), "linear")
    chosen = select(records, taxonomy, limit, flagged_only, second)
    if not chosen:
        hint = "要导出全部条目请加 --all。" if flagged_only and records else "请检查台账。"
        raise LedgerError(f"{ledger}：没有可导出的条目（共 {len(records)} 条，建议复核 0 条）。{hint}")
    with explained(output):
        _write(chosen, notices, output, tool, model_version, taxonomy)
    return len(chosen)


def _write(
    chosen: Sequence[Record],
    notices: Sequence[NoticeRecord],
    output: Path,
    tool: Tool,
    model_version: str,
    taxonomy: Taxonomy,
) -> None:
    if tool is Tool.XLSX:
        _write_workbook(chosen, notices, output, taxonomy)
    elif tool is Tool.CSV:
        write_csv(output, chosen)
    elif tool is Tool.DOCCANO:
        output.write_bytes(b"".join(to_line(doccano.line(r, taxonomy)) for r in chosen))
    else:
        tasks = [label_studio.task(r, taxonomy, model_version) for r in chosen]
        output.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", "utf-8")
        output.with_suffix(".config.xml").write_text(label_studio.configuration(taxonomy), "utf-8")


def _write_workbook(
    chosen: Sequence[Record], notices: Sequence[NoticeRecord], output: Path, taxonomy: Taxonomy
) -> None:
    """A ledger workbook of the chosen items, all of them on its 复核 sheet."""
    wanted: dict[str, list[Record]] = {}
    for record in chosen:
        wanted.setdefault(record.notice, []).append(dataclasses.replace(record, needs_review=True))
    with open_ledger(output, About(taxonomy=taxonomy), overwrite=True) as book:
        for notice in notices:
            if records := wanted.get(notice.notice):
                book.write(notice, sorted(records, key=lambda r: r.item))
