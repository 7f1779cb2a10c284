"""Corrections of `zhenggai review import` as further training rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhenggai.errors import ConfigError
from zhenggai.review.importing import OUTCOMES, PROBLEMS


def read_corrections(
    folders: Sequence[Path], name: str, known: Sequence[str], annotated: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rows of the files `name` in `folders`; of the same item the later folder's word.

    What the data set has annotated itself is left out, by notice or by equal texts: its rows say it already,
    and some of them are held out for evaluation.

    Args:
        folders: written by `zhenggai review import`.
        name: `problems` or `outcomes`.
        known: the labels of the task.
        annotated: the data set's own rows of that table.

    Raises:
        ConfigError: a folder has no such file, or a label is not one of `known`.
    """
    file, label = (PROBLEMS, "category") if name == "problems" else (OUTCOMES, "status")
    notices = {row["notice"] for row in annotated}
    texts = {_texts(row) for row in annotated}
    found: dict[str, dict[str, Any]] = {}
    for folder in folders:
        path = folder / file
        if not path.is_file():
            raise ConfigError(
                f"改正的文件夹 {folder} 中应有 {file}，未找到。请给出 zhenggai review import 写出的文件夹。"
            )
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip():
                continue
            row = json.loads(line)
            if row[label] not in known:
                raise ConfigError(
                    f"{path}:{number}：标签“{row[label]}”不在分类体系中。可用：{'、'.join(known)}。"
                )
            if Path(row["notice"]).stem not in notices and _texts(row) not in texts:
                found[row["id"]] = row
    return list(found.values())


def _texts(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["problem"], tuple(row["path"]), row.get("outcome")
