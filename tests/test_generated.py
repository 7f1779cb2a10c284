"""Dataclasses whose methods are kept compiled are those that Python makes."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from zhenggai import generated
from zhenggai.patterns import Store


def make() -> type:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Made:
        name: str
        parts: tuple[str, ...] = ()
        more: dict[str, int] = dataclasses.field(default_factory=dict)

    return Made


def test_kept_methods_do_what_new_ones_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "kept"
    for _ in range(2):  # made and kept, then read again
        store = Store(path)
        monkeypatch.setattr(generated, "store", store)
        with generated.kept_methods():
            kept = make()
        store.save()
        one = kept("a", ("b",))
        assert one == kept("a", ("b",)) != kept("a")
        assert repr(one) == repr(make()("a", ("b",)))
        assert kept("a").more is not kept("a").more
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.name = "c"
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
            kept()
    monkeypatch.setattr(generated, "_compiled", lambda source: pytest.fail("compiled again"))
    with generated.kept_methods():
        make()


def test_the_module_is_left_as_it_was() -> None:
    with generated.kept_methods():
        assert "exec" in vars(dataclasses)
    assert "exec" not in vars(dataclasses)
