"""Tasks and labelling configuration fit each other, by our own reading and by Label Studio's."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET

import pytest

from tests.ledger.examples import RECORD
from zhenggai.review.label_studio import configuration, task
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
