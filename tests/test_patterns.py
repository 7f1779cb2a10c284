"""Patterns from the store behave as `re.compile` makes them, whatever has become of the file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from zhenggai.notice.language import wording
from zhenggai.patterns import Store

PATTERNS = [
    (r"(?P<a>一|二)(?=是)", 0),
    (r"整改(?:情况|成效)：", 0),
    (r"[a-c①-⑳]+", re.I),
    (wording._NEGATIVE.pattern, 0),
]
TEXT = "一是整改不到位ABC②，二是整改成效：好。"


@pytest.fixture(autouse=True)
def bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def behaviour(pattern: re.Pattern[str]) -> object:
    found = [(m.span(), m.groupdict(), m.lastgroup) for m in pattern.finditer(TEXT)]
    return found, pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex)


def test_a_stored_pattern_is_the_compiled_one(tmp_path: Path) -> None:
    path = tmp_path / "patterns"
    for _ in range(2):  # made, then loaded
        store = Store(path)
        for pattern, flags in PATTERNS:
            assert behaviour(store.compile(pattern, flags)) == behaviour(re.compile(pattern, flags))
        assert store.compile(rb"[\x80-\xff]").search("一".encode()) is not None
        store.save()
        written = path.read_bytes()
    assert not Store(path)._new
    assert path.read_bytes() == written


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, None])
def test_a_damaged_file_costs_time_only(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "patterns"
    store = Store(path)
    store.compile("整改")
    store.save()
    path.write_bytes(path.read_bytes()[:-9] if content is None else content)
    assert Store(path).compile("整改").search(TEXT) is not None


def test_code_that_the_engine_refuses_is_compiled_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / "patterns")
    store._known["整改", 0] = (32, b"\xff" * 8, 0, {}, ())
    assert store.compile("整改").search(TEXT) is not None


def test_nothing_is_written_where_python_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    store = Store(tmp_path / "patterns")
    assert store.compile("整改").search(TEXT) is not None
    store.save()
    assert not (tmp_path / "patterns").exists()
    Store(tmp_path / "none" / "patterns").save()


def test_a_wrong_pattern_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(re.error):
        Store(tmp_path / "patterns").compile("(整改")


def test_plain_data_are_kept_too_and_others_are_not(tmp_path: Path) -> None:
    path = tmp_path / "patterns"
    made: list[str] = []

    def make(source: str) -> dict[str, list[str]]:
        made.append(source)
        return {"整改": [source]}

    for _ in range(2):
        store = Store(path)
        assert store.derived("一", make) == {"整改": ["一"]}
        assert store.derived("二", lambda _: Path()) == Path()
        store.save()
    assert made == ["一"]
