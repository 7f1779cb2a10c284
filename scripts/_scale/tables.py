"""Measured times and simulated runs as tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from scripts._scale.measuring import SHIPPED, Times
from scripts._scale.simulation import Cluster, Outcome, Work, simulate

MILLION = 1e6
GIB = 2.0**30
PIECE = 1000
"""Notices per piece in the simulated runs: 100 million notices are 100,000 pieces."""


@dataclass(frozen=True)
class Gpu:
    """Assumptions about a GPU; nothing here was measured."""

    name: str = "H100 SXM"
    peak_flops: float = 989e12
    """Dense bf16, of the vendor's data sheet."""
    share: float = 0.3
    """Of the peak that short texts reach; assumed."""
    cores: int = 12
    """That parse for one GPU."""


def engines(times: Times) -> list[str]:
    """What was timed; the shipped models first."""
    return sorted(times.classify, key=lambda name: (name != SHIPPED, times.classify[name].mean))


def work_of(times: Times, engine: str, requests: float = 3.0) -> Work:
    """A piece on one core; `requests` to read it (a container: three)."""
    spreads = (times.read, times.parse, times.classify[engine], times.write)
    return Work(
        notices=PIECE,
        seconds=sum(s.mean for s in spreads) / 1000,
        deviation=sum(s.deviation for s in spreads) / 1000,  # long notices are long in every stage
        input_bytes=times.input_bytes,
        output_bytes=times.output_bytes,
        requests=requests,
    )


def gpu_work(times: Times, flops: float, gpu: Gpu) -> tuple[Work, float]:
    """A piece on one GPU with its cores, whichever of them is slower; core seconds per notice.

    `flops` is what the encoder takes per notice.
    """
    on_gpu = flops / (gpu.peak_flops * gpu.share)
    on_cores = (times.read.mean + times.parse.mean + times.write.mean) / 1000
    seconds = max(on_gpu, on_cores / gpu.cores)
    deviation = seconds / on_cores * times.parse.deviation / 1000
    return replace(work_of(times, SHIPPED), seconds=seconds, deviation=deviation), on_cores


def encoders(times: Times) -> dict[str, float]:
    """Encoder by size → floating-point operations per notice."""
    return {name.rpartition(" ")[0]: flops for name, flops in times.flops.items()}


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Markdown."""
    lines = [" | ".join(map(str, row)) for row in (heads, ["---"] * len(heads), *rows)]
    return "\n".join(f"| {line} |" for line in lines)


def measured(times: Times) -> str:
    """Service times of the stages."""
    rows: list[Sequence[object]] = [
        ("read and decode", _ms(times.read.mean), _ms(times.read.deviation)),
        ("parse", _ms(times.parse.mean), _ms(times.parse.deviation)),
        *(
            (f"classify, {n}", _ms(times.classify[n].mean), _ms(times.classify[n].deviation))
            for n in engines(times)
        ),
        ("rows, Parquet, write", _ms(times.write.mean), "(whole piece)"),
    ]
    stages = table(("stage (one core)", "ms per notice", "standard deviation"), rows)
    facts = (
        f"{times.notices} notices; per notice {times.items:.0f} items, {times.characters:,.0f} characters, "
        f"{times.tokens:,.0f} tokens (both tasks), {times.input_bytes / 1024:.0f} KiB in, "
        f"{times.output_bytes / 1024:.0f} KiB of Parquet out. {times.machine}; float32 matrix product of one "
        f"core: {times.gemm_gflops:.0f} GFLOP/s. Ray's driver: {times.dispatch_ms:.1f} ms per piece."
    )
    return f"{facts}\n\n{stages}"


def growth(times: Times, engine: str, workers: Sequence[int], notices: Sequence[int]) -> str:
    """Hours, rate and bottleneck from one worker to many."""
    cluster = _cluster(times)
    rows = [_row(simulate(work_of(times, engine), cluster, w, n)) for n in notices for w in workers]
    return table(_HEADS, rows)


def bottlenecks(times: Times, engine: str, notices: int) -> str:
    """A thousand workers, and what gives way when one assumption changes."""
    packed, cluster = work_of(times, engine), _cluster(times)
    cases: list[tuple[str, Work, Cluster]] = [
        ("containers (Parquet, WARC), pieces of 1,000", packed, cluster),
        ("one object per notice", replace(packed, requests=PIECE), cluster),
        (
            "one object per notice, requests not limited",
            replace(packed, requests=PIECE),
            replace(cluster, requests_per_second=1e9),
        ),
        ("pieces of 20", replace(packed, notices=20), cluster),
        ("storage of 100 MB/s (one disk, 1 Gbit/s)", packed, replace(cluster, bytes_per_second=1e8)),
        ("workers that are taken away every 2 hours", packed, replace(cluster, hours_between_failures=2.0)),
    ]
    rows = []
    for name, work, around in cases:
        outcome = simulate(work, around, 1000, notices)
        shares = ", ".join(f"{n} {100 * b:.0f} %" for n, b in outcome.busy.items())
        rows.append((name, _hours(outcome), f"{100 * outcome.utilisation:.0f} %", shares, outcome.bottleneck))
    return table(("case", "hours", "workers busy", "shared servers busy", "held up by"), rows)


def failures(times: Times, engine: str, notices: int) -> str:
    """Failures per day and what they cost."""
    rows = []
    for hours, name in ((24.0 * 365, "a year"), (24.0 * 30, "a month"), (24.0, "a day"), (2.0, "2 hours")):
        cluster = replace(_cluster(times), hours_between_failures=hours)
        outcome = simulate(work_of(times, engine), cluster, 1000, notices)
        rows.append(
            (
                name,
                f"{24 * 1000 / hours:,.0f}",
                outcome.failures,
                f"{100 * outcome.redone_share:.2f} %",
                _hours(outcome),
            )
        )
    heads = ("a worker lasts", "failures per day (1,000 workers)", "in this run", "work lost", "hours")
    return table(heads, rows)


def costs(times: Times, gpu: Gpu) -> str:
    """Per million notices."""
    rows = []
    for engine in engines(times):
        work = work_of(times, engine)
        rows.append(
            (engine, "cores", f"{MILLION * work.seconds / 3600:,.1f}", "–", f"{1 / work.seconds:,.1f}")
        )
    for engine, flops in encoders(times).items():
        work, on_cores = gpu_work(times, flops, gpu)
        core_hours, gpu_hours = MILLION * on_cores / 3600, MILLION * work.seconds / 3600
        where = f"{gpu.name} with {gpu.cores} cores (estimate)"
        rows.append((engine, where, f"{core_hours:,.1f}", f"{gpu_hours:.2f}", f"{1 / work.seconds:,.1f}"))
    heads = ("engine", "on", "core-hours per million", "GPU-hours per million", "notices/s each")
    storage = (
        f"Storage per million notices: {MILLION * times.input_bytes / GIB:,.1f} GiB of notices as text, "
        f"{MILLION * times.output_bytes / GIB:,.1f} GiB of ledger (Parquet, zstd)."
    )
    return f"{table(heads, rows)}\n\n{storage}"


def limits(times: Times, gpu: Gpu) -> str:
    """What no implementation can pass on the same hardware."""
    rows: list[Sequence[object]] = []
    for engine, flops in times.flops.items():
        least = flops / (times.gemm_gflops * 1e9) * 1000
        took = times.classify[engine].mean
        rows.append(
            (f"{engine}, one core", f"{least:.1f} ms", f"{took:.1f} ms", f"{100 * least / took:.0f} %")
        )
    for engine, flops in encoders(times).items():
        least = flops / gpu.peak_flops * 1000
        rows.append((f"{engine}, one {gpu.name} at its peak", f"{least:.3f} ms", "not measured", "–"))
    parquet = (times.input_bytes + times.output_bytes) / 5e9 * 1000
    rows.append(
        (
            "bytes in and out at 5 GB/s",
            f"{parquet:.4f} ms",
            f"{times.read.mean + times.write.mean:.1f} ms",
            "–",
        )
    )
    return table(("per notice", "least", "measured", "least / measured"), rows)


def _cluster(times: Times) -> Cluster:
    return Cluster(dispatch_seconds=times.dispatch_ms / 1000)


_HEADS = ("notices", "workers", "hours", "notices/s", "speed-up", "workers busy", "held up by")


def _row(outcome: Outcome) -> Sequence[object]:
    return (
        f"{outcome.notices:,}",
        f"{outcome.workers:,}",
        _hours(outcome),
        f"{outcome.rate:,.0f}",
        f"{outcome.utilisation * outcome.workers:,.1f}",
        f"{100 * outcome.utilisation:.0f} %",
        outcome.bottleneck,
    )


def _hours(outcome: Outcome) -> str:
    return f"{outcome.hours:,.2f}" if outcome.hours < 100 else f"{outcome.hours:,.0f}"


def _ms(value: float) -> str:
    return f"{value:.1f}"


SECTIONS: dict[str, Callable[[Times], str]] = {
    "measured": measured,
    "growth": lambda t: growth(t, engines(t)[0], (1, 2, 10, 100, 1000), (1_000_000, 100_000_000)),
    "bottlenecks": lambda t: bottlenecks(t, engines(t)[0], 10_000_000),
    "failures": lambda t: failures(t, engines(t)[0], 100_000_000),
    "costs": lambda t: costs(t, Gpu()),
    "limits": lambda t: limits(t, Gpu()),
}
"""Name of a place in `docs/scale.md` → the table that goes there."""
