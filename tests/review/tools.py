"""Fills in an exported review as a person would, in the form of each tool."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl

from zhenggai.review.tools import Tool

Answers = dict[int, dict[str, str]]
"""Number of the item → column of the sheet → what is filled in."""


def fill_csv(path: Path, answers: Answers) -> Path:
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    for line in table:
        line.update(answers.get(int(line["序号"]), {}))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)
    return path


def fill_workbook(path: Path, answers: Answers) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book["复核"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for line in range(2, sheet.max_row + 1):
        for head, value in answers.get(sheet.cell(line, heads["序号"]).value, {}).items():
            sheet.cell(line, heads[head]).value = value
    book.save(path)
    return path


def fill_label_studio(path: Path, answers: Answers) -> Path:
    tasks = json.loads(path.read_text("utf-8"))
    for number, given in enumerate(tasks):
        answer = answers.get(given["data"]["item"])
        result = {r["from_name"]: r for r in given["predictions"][0]["result"]}
        for name, head in (("category", "改为类别"), ("status", "改为状态")):
            if answer and head in answer:
                result[name]["value"] = {"choices": [answer[head]]}
        if answer and answer.get("改为兼属类别") == "无":
            result.pop("also", None)
        done = {
            "id": number,
            "result": list(result.values()),
            "completed_by": {"id": 1, "email": answer["复核人"]} if answer else 1,
            "was_cancelled": answer is None,
            "updated_at": f"{answer['复核日期']}T08:00:00.000000Z" if answer else "",
        }
        given.update({"id": number, "annotations": [done]})
    path.write_text(json.dumps(tasks), "utf-8")
    return path


def fill_doccano(path: Path, answers: Answers) -> Path:
    lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    kept = []
    for number, line in enumerate(lines):
        answer = answers.get(json.loads(line["zhenggai"])["item"])
        if answer is None:
            continue
        for prefix, head in (("类别：", "改为类别"), ("状态：", "改为状态")):
            if head in answer:
                line["label"] = [n for n in line["label"] if not n.startswith(prefix)] + [
                    prefix + answer[head]
                ]
        if answer.get("改为兼属类别") == "无":
            line["label"] = [n for n in line["label"] if not n.startswith("兼属：")]
        kept.append({"id": number, **line, "Comments": []})
    target = path.with_name("李.jsonl")
    target.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept), "utf-8")
    return target


FILL: dict[Tool, Callable[[Path, Answers], Path]] = {
    Tool.CSV: fill_csv,
    Tool.XLSX: fill_workbook,
    Tool.LABEL_STUDIO: fill_label_studio,
    Tool.DOCCANO: fill_doccano,
}
