"""Files of labelled rows → examples per task, and the two passes of annotated units."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhenggai.checks.model import Example
from zhenggai.errors import LedgerError

ENDINGS = (".jsonl", ".csv")
HEADINGS = "｜"
"""Between the headings of a `path` that is one text, outermost first."""
SPLITS = ("train", "validation", "test")
TASKS = {"category": "类别", "status": "完成状态", "label": "标签"}
_TEXT = {"category": ("problem", "text"), "status": ("outcome", "text"), "label": ("text",)}
"""Columns that hold the text of a task, the first that is there."""

Row = Mapping[str, Any]


@dataclass
class Labelled:
    """All that was read."""

    examples: dict[str, list[Example]] = field(default_factory=dict)
    """By task: `category`, `status`, `label`."""
    passes: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """By task: the label that each pass gave a unit."""
    skipped: list[str] = field(default_factory=list)
    """Files without labels that the checks know."""


def read_labelled(paths: Sequence[Path]) -> Labelled:
    """Read the labelled rows of files and folders (folders recursively).

    A row with `problem` (or `text`) and `category` is an example of the task `category`; with `outcome` (or
    `text`) and `status` of `status`; with `text` and `label` of `label`. The split is a column `split`, or
    the file's name (`train.jsonl`); rows whose `source` is `synthetic` train. Annotated units (`passes`)
    count for the agreement alone, since the tables repeat them.

    Raises:
        LedgerError: a path is missing, a file is broken, or nothing is labelled.
    """
    found = Labelled()
    for path in _files(paths):
        known = False
        for number, row in _rows(path):
            known |= _add(found, row, path, number)
        if not known:
            found.skipped.append(str(path))
    if not found.examples and not found.passes:
        raise LedgerError(
            f"{'、'.join(map(str, paths))}：没有可检查的标注。应有 .jsonl 或 .csv 文件，"
            "其中有 problem 与 category、outcome 与 status，或 text 与 label 各列。"
        )
    return found


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (p for p in sorted(path.rglob("*")) if p.suffix in ENDINGS and p.is_file())
        elif path.is_file() and path.suffix in ENDINGS:
            yield path
        else:
            state = "扩展名不对" if path.exists() else "未找到"
            raise LedgerError(f"应为 .jsonl、.csv 文件或文件夹：{path}（{state}）。请检查路径。")


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix == ".csv":
                yield from enumerate(csv.DictReader(file), 2)
                return
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _object(json.loads(line))
    except (UnicodeDecodeError, ValueError, csv.Error) as error:
        raise LedgerError(f"{path}：应为 UTF-8 的 JSON Lines 或 CSV，读取时出错：{error}。") from error


def _object(value: object) -> Row:
    if not isinstance(value, dict):
        raise ValueError(f"每行应为一个 JSON 对象，实际为 {type(value).__name__}")
    return value


def _add(found: Labelled, row: Row, path: Path, number: int) -> bool:
    """Whether `row` holds a label."""
    if row.get("passes"):
        for task in ("category", "status"):
            found.passes.setdefault(task, []).append(tuple(str(p[task]) for p in row["passes"]))
        return True
    known = False
    for task, columns in _TEXT.items():
        text = next((str(row[c]) for c in columns if row.get(c)), None)
        if task == "status" and text is None and row.get("clauses"):
            text = "".join(c["text"] for c in row["clauses"])
        if text and row.get(task):
            found.examples.setdefault(task, []).append(_example(row, path, number, text, str(row[task])))
            known = True
    return known


def _example(row: Row, path: Path, number: int, text: str, label: str) -> Example:
    where = f"{path}:{number}" + (f"（{row['id']}）" if row.get("id") else "")
    headings = row.get("path") or ""
    context = tuple(headings) if isinstance(headings, list) else tuple(filter(None, headings.split(HEADINGS)))
    return Example(where, text, label, context, row.get("notice") or None, _split(row, path))


def _split(row: Row, path: Path) -> str | None:
    if row.get("split"):
        return str(row["split"])
    if row.get("source") == "synthetic":
        return "train"
    return path.stem if path.stem in SPLITS else None
