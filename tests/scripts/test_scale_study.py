"""The simulation obeys what can be worked out by hand; the tables land in their places."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytest.importorskip("onnxruntime")

from scripts._scale.measuring import SHIPPED, Spread  # noqa: E402
from scripts._scale.simulation import Cluster, Work, simulate  # noqa: E402
from scripts._scale.tables import SECTIONS, engines, work_of  # noqa: E402
from scripts._scale.validation import Run, comparison  # noqa: E402
from scripts.scale_study import Times, filled  # noqa: E402

WORK = Work(notices=100, seconds=0.05, deviation=0.02, input_bytes=3e4, output_bytes=1e4, requests=3)
QUIET = Cluster(dispatch_seconds=0.001, latency=0.0, hours_between_failures=1e9)
TIMES = ROOT / "docs" / "scale" / "times.json"


def test_one_worker_takes_the_sum_of_its_pieces() -> None:
    outcome = simulate(replace(WORK, deviation=0.0), QUIET, 1, 10_000)
    assert outcome.hours * 3600 == pytest.approx(10_000 * 0.05, rel=0.01)
    assert outcome.utilisation == pytest.approx(1.0, abs=0.01)
    assert outcome.bottleneck == "workers"


def test_speed_grows_with_the_workers_until_a_shared_server_is_full() -> None:
    few, many = (simulate(WORK, QUIET, workers, 1_000_000) for workers in (10, 20))
    assert many.rate == pytest.approx(2 * few.rate, rel=0.02)
    slow = replace(QUIET, bytes_per_second=1e6)  # 40 kB a notice: 25 notices a second
    for workers in (10, 1000):
        assert simulate(WORK, slow, workers, 100_000).rate == pytest.approx(25, rel=0.02)
    assert simulate(WORK, slow, 1000, 100_000).bottleneck == "bytes"


def test_driver_and_requests_can_hold_a_run_up() -> None:
    driver = simulate(WORK, replace(QUIET, dispatch_seconds=0.5), 1000, 100_000)
    assert driver.bottleneck == "driver"
    assert driver.rate == pytest.approx(100 / 0.5, rel=0.05)
    requests = simulate(replace(WORK, requests=100), replace(QUIET, requests_per_second=1030), 1000, 100_000)
    assert requests.bottleneck == "requests"
    assert requests.rate == pytest.approx(1000, rel=0.05)  # 103 requests for 100 notices


def test_failures_cost_what_they_should_and_lose_nothing() -> None:
    frail = replace(QUIET, hours_between_failures=0.1, start_seconds=60.0)
    outcome = simulate(WORK, frail, 50, 1_000_000)
    steady = simulate(WORK, QUIET, 50, 1_000_000)
    assert steady.failures == 0
    # a failure every 360 s of work costs the pause and on average half a piece of 5 s
    assert outcome.failures == pytest.approx(1_000_000 * 0.05 / 360, rel=0.15)
    assert outcome.redone_share == pytest.approx(62.5 / (360 + 62.5), rel=0.15)
    assert outcome.hours > steady.hours


def test_same_seed_same_run() -> None:
    frail = replace(QUIET, hours_between_failures=1.0)
    assert simulate(WORK, frail, 30, 100_000, seed=3) == simulate(WORK, frail, 30, 100_000, seed=3)


def test_more_workers_than_pieces() -> None:
    assert simulate(WORK, QUIET, 1000, 250).utilisation < 0.01


def test_a_run_that_took_place_stands_beside_its_simulation(tmp_path: Path) -> None:
    """Ten pieces of 20 notices, one a second; half the time of its worker was processor time."""
    (tmp_path / "done").mkdir()
    for number in range(10):
        mark = tmp_path / "done" / f"{number}.json"
        mark.write_text('{"notices": 19, "failed": 1, "core_seconds": 0.5}')
        os.utime(mark, (number, number))
    run = Run.read(tmp_path, 1)
    assert (run.notices, run.pieces, run.rate, run.core_rate) == (200, 10, 20.0, 40.0)
    times = Times.load(TIMES)
    own = replace(times, read=Spread(0, 0), parse=Spread(20.0, 0), write=Spread(0, 0), dispatch_ms=0.0)
    own = replace(own, classify={SHIPPED: Spread(5.0, 0)})
    assert "| 20.0 (+100 %) |" in comparison(own, [run])
    with pytest.raises(ValueError, match="应有至少两组"):
        Run.read(tmp_path / "none", 1)


def test_document_and_tables_fit() -> None:
    document = "".join(f"text\n<!-- {name} -->\nold\n<!-- end -->\n" for name in SECTIONS)
    times = Times.load(TIMES)
    small = {name: (lambda t: f"{t.notices} new") for name in SECTIONS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scripts.scale_study.SECTIONS", small)
        text = filled(document, times)
        assert text.count("27 new") == len(SECTIONS)
        assert "old" not in text
        with pytest.raises(ValueError, match="表位"):
            filled("<!-- growht -->\n<!-- end -->\n", times)


def test_published_document_has_every_table_of_the_published_times() -> None:
    times = Times.load(TIMES)
    document = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    for name in ("measured", "costs", "limits"):  # those that are quick to make
        assert SECTIONS[name](times) in document, (
            f"run scripts/scale_study.py simulate: {name} is out of date"
        )
    assert work_of(times, engines(times)[0]).seconds > times.parse.mean / 1000
