"""Hints: found at every place where a pattern matches, whatever it begins with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from zhenggai.classification.outcome import cues as module
from zhenggai.classification.outcome.cues import LETTERS, cues

NOTICES = sorted((Path(__file__).resolve().parents[3] / "data" / "notices").glob("*.txt"))
_EMPTY = ("AT", "ASSERT", "ASSERT_NOT")


def beginnings(parsed: Any) -> set[str]:
    """The characters that a parsed expression can begin with; `\\d` for digits."""
    out: set[str] = set()
    for code, value in parsed:
        if str(code) in _EMPTY:
            continue
        if str(code) == "LITERAL":
            return out | {chr(value)}
        if str(code) == "IN":
            return out | {chr(v) if str(c) == "LITERAL" else r"\d" for c, v in value}
        if str(code) == "BRANCH":
            return out.union(*(beginnings(branch) for branch in value[1]))
        if str(code) == "SUBPATTERN":
            return out | beginnings(value[3])
        assert str(code) in ("MAX_REPEAT", "MIN_REPEAT"), code
        least, _, repeated = value
        out |= beginnings(repeated)
        if least:
            return out
    raise AssertionError("an expression that matches nothing at all")


def test_the_beginnings_are_those_of_the_patterns() -> None:
    parsed = [re._parser.parse(pattern) for pattern in module._CUES.values()]  # type: ignore[attr-defined]
    wanted = set().union(*map(beginnings, parsed))
    assert set(re.findall(r"\\d|.", module._BEGINNINGS)) == wanted


@pytest.mark.parametrize("path", NOTICES[:6], ids=lambda path: path.stem)
def test_nothing_is_passed_over(path: Path) -> None:
    slow = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in module._CUES.items()))
    for line in path.read_text(encoding="utf-8").split("\n"):
        assert cues(line) == "".join(found.lastgroup or "" for found in slow.finditer(line)) + "."


def test_hints_of_a_clause() -> None:
    assert set(cues("其余2个项目正在推进，预计2022年6月底前完成")) >= set("fdi")
    assert cues("") == "."
    assert len(LETTERS) == 26
