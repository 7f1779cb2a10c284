"""The hard-case corpus: files in every layout, format and encoding, each with its expected items.

A case is a file in `tests/cases/<group>/` with a JSON file of the same stem beside it:

    {"about": "what is hard here",
     "items": [{"number": "1.", "problem": "…", "outcome": ["fragment", …], "not_in_outcome": [...],
                "path": [...], "deadline": "…", "responsible": "…", "listed_open": true}],
     "title": "…", "published": "YYYY-MM-DD", "declared": {"problems": 6}, "warning": true}

Numbers and problems must be equal after folding (below); outcomes must contain the fragments and must
not contain `not_in_outcome`; an empty list of fragments means an empty outcome. Generated cases (binary
formats, encodings) are built by `tests/cases/build.py`.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from cases.build import Case, all_cases, long_notice

from zhenggai.notice import reading

ANY = "?"
"""A number that is open to interpretation."""

parser = pytest.importorskip("zhenggai.notice.parsing")

CASES = all_cases(Path(__file__).parent / "cases")


def fold(text: str | None) -> str:
    """White space, width and marks at the ends do not count."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))
    return plain.strip("。.;:,、\"'“”‘’")


def fold_number(text: str | None) -> str:
    """`1.`, `1、` and `1` are one; so are `反馈问题1：`, `问题1`."""
    plain = fold(text).replace("(", "").replace(")", "")
    return re.sub(r"^(反馈)?问题", "", plain)


def fold_problem(text: str) -> str:
    """Wrappers and a status in brackets do not count: `关于“…”的问题（已完成）`."""
    plain = re.sub(r"^(针对|关于|对于|存在)", "", fold(text))
    plain = re.sub(r"\((已完成|基本完成|正在推进)[^()]*\)$", "", plain)
    plain = re.sub(r"的?(问题)$", "", plain)
    return plain.strip("。.;:,、\"'“”‘’")


def fold_heading(text: str) -> str:
    """A heading of the path may keep its numbering."""
    return fold_problem(
        re.sub(r"^([一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])", "", fold(text))
    )


def load(case: Case) -> Any:
    return parser.parse(reading.read(case.name, case.data))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    notice, expected = load(case), case.expected
    wanted = [fold_problem(item["problem"]) for item in expected["items"]]
    assert [fold_problem(item.problem) for item in notice.items] == wanted
    for item, want in zip(notice.items, expected["items"], strict=True):
        check_item(item, want)
    for name in ("title", "published"):
        if name in expected:
            assert fold(getattr(notice, name)) == fold(expected[name])
    if "declared" in expected:
        declared = notice.declared.as_dict() if notice.declared else {}
        assert {k: declared.get(k) for k in expected["declared"]} == expected["declared"]
    if expected.get("warning"):
        assert notice.warnings


def check_item(item: Any, want: dict[str, Any]) -> None:
    outcome = fold(item.outcome)
    if want["number"] != ANY:
        assert fold_number(item.number) == fold_number(want["number"])
    if not want["outcome"]:
        assert outcome == ""
    for fragment in want["outcome"]:
        assert fold(fragment) in outcome
    for fragment in want.get("not_in_outcome", []):
        assert fold(fragment) not in outcome
    if "path" in want:
        assert [fold_heading(p) for p in item.path] == [fold_heading(p) for p in want["path"]]
    for name in ("deadline", "responsible"):
        if name in want:
            assert fold(want[name]) in fold(getattr(item, name))
    if "listed_open" in want:
        assert item.listed_open is want["listed_open"]


@pytest.mark.slow
def test_five_million_characters() -> None:
    case = long_notice(45_000)
    assert len(case.data.decode()) > 5_000_000
    start = time.monotonic()
    test_case(case)
    assert time.monotonic() - start < 120  # about 15 s on one core of 2023


def test_corpus_is_large_enough() -> None:
    assert len(CASES) >= 60


def test_expected_files_are_used() -> None:
    used = {case.name.rsplit(".", 1)[0] for case in CASES}
    folder = Path(__file__).parent / "cases" / "text"
    assert {p.stem for p in folder.glob("*.json")} <= used
    assert all(json.loads(p.read_text(encoding="utf-8"))["about"] for p in folder.glob("*.json"))
