"""The benchmark runs on small amounts; its figures are of the right kind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts._benchmark.limit import operations
from scripts._benchmark.measure import Figure, beside, in_turns, run
from scripts._benchmark.texts import long_text, read_texts

ROOT = Path(__file__).resolve().parents[2]


def test_variants_take_turns() -> None:
    calls: list[str] = []
    found = in_turns({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 3)
    assert calls == ["a", "b"] * 4
    assert len(found["a"].wall) == len(found["b"].cpu) == 3
    figure = found["a"].figure("x", "a", 10.0, "次/秒", 填充=0.5)
    assert figure.low <= figure.value <= figure.high
    assert beside(figure, figure).ratio == 1.0
    assert "填充 0.5" in beside(figure, figure).line()


def test_a_process_is_timed_and_weighed() -> None:
    done = run([sys.executable, "-c", "x = b'1' * 50_000_000; import time; time.sleep(0.3)"])
    assert done.seconds > 0.3
    assert 40 < done.peak_mib < 400 or not Path("/proc/self/status").exists()
    with pytest.raises(RuntimeError, match="ended with 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_texts_are_those_of_the_notices_and_copies_differ() -> None:
    texts = read_texts(ROOT / "data" / "notices")
    assert len(texts.notices) == 27
    assert len(texts.statements) > 500
    assert len(set(texts.outcomes)) == len(texts.outcomes) > 400
    long = long_text(texts.notices, 60_000)
    assert len(long) == 60_000
    assert long == long_text(texts.notices, 60_000) != long_text(texts.notices, 60_000, seed=1)


def test_operations_grow_with_the_length() -> None:
    one, two = (operations(ROOT / "models" / "category", n) for n in (32, 64))
    assert 2 * one < two < 2.2 * one
    assert 1e8 < one < 1e9


def test_quick_run_measures_every_part(tmp_path: Path) -> None:
    output = tmp_path / "figures.json"
    command = [sys.executable, "scripts/benchmark.py", "--quick", "--parts", "a", "c", "d", "e", "g"]
    subprocess.run([*command, "--output", str(output)], cwd=ROOT, check=True, capture_output=True)
    figures = [Figure(**f) for f in json.loads(output.read_text(encoding="utf-8"))["figures"]]
    assert {f.part for f in figures} >= {"a", "c", "d", "e"}
    assert all(f.value > 0 and f.low <= f.value <= f.high for f in figures)
