"""Tasks and labelling configuration fit each other, by our own reading and by Label Studio's."""

from __future__ import annotations

import dataclasses
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.ledger.examples import NOTICE, RECORD
from tests.review.tools import FILL
from zhenggai.ledger.files import open_ledger
from zhenggai.review.exporting import export_review
from zhenggai.review.importing import import_review
from zhenggai.review.label_studio import configuration, task
from zhenggai.review.tools import Tool
from zhenggai.taxonomy import load_taxonomy

TAXONOMY = load_taxonomy()
RECORDS = [RECORD, dataclasses.replace(RECORD, path=(), long_term=True, also=(), evidence="")]


def test_label_studio_accepts_tasks_and_configuration() -> None:
    sdk = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed")
    interface = sdk.LabelInterface(configuration(TAXONOMY))
    interface.validate()
    for record in RECORDS:
        made = task(record, TAXONOMY, "zhenggai 0.1.0")
        assert interface.validate_task({"data": made["data"]})
        assert not interface.validate_prediction(made["predictions"][0], return_errors=True)


def test_label_studio_accepts_what_a_person_gives_back(tmp_path: Path) -> None:
    """Ledger → tasks → annotations → training rows: valid for the SDK, and nothing lost."""
    sdk = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed")
    interface = sdk.LabelInterface(configuration(TAXONOMY))
    output = _exported(tmp_path)
    for given in json.loads(output.read_text("utf-8")):
        assert interface.validate_annotation(given["annotations"][0])
    import_review([output], tmp_path / "rows")
    lines = (tmp_path / "rows" / "outcomes.jsonl").read_text("utf-8").splitlines()
    kept = {(row["problem"], row["outcome"], row["status"]) for row in map(json.loads, lines)}
    assert kept == {(RECORD.problem, RECORD.outcome, RECORD.status)}


def _exported(tmp_path: Path) -> Path:
    ledger, output = tmp_path / "l.jsonl", tmp_path / "t.json"
    with open_ledger(ledger) as writer:
        writer.write(NOTICE, [dataclasses.replace(RECORD, item=i) for i in (1, 2)])
    export_review(ledger, output, Tool.LABEL_STUDIO)
    answer = {"复核人": "李", "复核日期": "2024-05-06"}
    return FILL[Tool.LABEL_STUDIO](output, {1: answer, 2: answer})


def test_evidence_that_was_marked_anew_comes_back(tmp_path: Path) -> None:
    output = _exported(tmp_path)
    tasks = json.loads(output.read_text("utf-8"))
    first, second = (task["annotations"][0]["result"] for task in tasks)
    words = "收回资金35万元"
    start = RECORD.outcome.index(words)
    marked = next(r for r in first if r["from_name"] == "evidence")
    marked["value"] |= {"start": start, "end": start + len(words), "text": words}
    second[:] = [r for r in second if r["from_name"] != "evidence"]
    output.write_text(json.dumps(tasks), "utf-8")
    import_review([output], tmp_path / "rows")
    lines = (tmp_path / "rows" / "outcomes.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["evidence"] for line in lines] == [words, ""]


def test_label_studio_configuration_names_what_tasks_use() -> None:

    root = ET.fromstring(configuration(TAXONOMY))
    made = task(RECORD, TAXONOMY, "v")
    shown = {e.get("value", "").removeprefix("$") for e in root.iter("Text")}
    assert shown <= set(made["data"])
    controls = {e.get("name"): e.get("toName") for e in root if e.get("toName")}
    for result in made["predictions"][0]["result"]:
        assert controls[result["from_name"]] == result["to_name"]
    choices = [c.get("value") for c in root.findall("Choices[@name='category']/Choice")]
    assert choices == list(TAXONOMY.category_names)
    results = {r["from_name"]: r["value"] for r in made["predictions"][0]["result"]}
    assert RECORD.outcome[results["evidence"]["start"] : results["evidence"]["end"]] == RECORD.evidence
