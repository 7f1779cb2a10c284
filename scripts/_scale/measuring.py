"""Service times of the stages, notice by notice, on one core of this machine."""

from __future__ import annotations

import json
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from statistics import fmean, pstdev

import numpy as np

from scripts._scale.encoders import Size, lengths_of, runner
from zhenggai.classification.classifier import Classifier
from zhenggai.classification.model import Query
from zhenggai.cluster.output import Output
from zhenggai.notice.model import Notice
from zhenggai.notice.parsing import parse
from zhenggai.notice.reading import Source, read_source
from zhenggai.pipeline import Result
from zhenggai.records import item_records, notice_record, query
from zhenggai.taxonomy import load_taxonomy

SIZES = (Size(4, 384, False), Size(4, 384, True), Size(12, 768, True))
SHIPPED = "shipped models"
GEMM = 1024
"""Side of the matrices whose product is timed."""


@dataclass(frozen=True)
class Spread:
    """Mean and standard deviation of a figure over notices."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Of a sample."""
        return cls(fmean(values), pstdev(values))


@dataclass(frozen=True)
class Times:
    """What was measured; milliseconds of one core per notice where nothing else is said."""

    machine: str
    notices: int
    items: float
    """Per notice."""
    characters: float
    input_bytes: float
    output_bytes: float
    """Parquet, both tables, per notice."""
    tokens: float
    """Per notice, of both tasks."""
    read: Spread
    parse: Spread
    write: Spread
    classify: dict[str, Spread]
    flops: dict[str, float] = field(default_factory=dict)
    """Per notice, of the encoders."""
    gemm_gflops: float = 0.0
    """Of one core, float32 matrix product of NumPy."""
    dispatch_ms: float = 0.0
    """Of the driver, per piece, with pieces that do nothing."""

    def save(self, path: Path) -> None:
        """As JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Times:
        """What `save` wrote."""
        values = json.loads(path.read_text(encoding="utf-8"))
        for name in ("read", "parse", "write"):
            values[name] = Spread(**values[name])
        values["classify"] = {name: Spread(**spread) for name, spread in values["classify"].items()}
        return cls(**values)


def measure(folder: Path, repeats: int, dispatch_ms: float, sizes: Sequence[Size] = SIZES) -> Times:
    """Time every stage on the notices in `folder`; the least of `repeats` counts for each notice."""
    sources = [Source(str(path)) for path in sorted(folder.rglob("*.txt"))]
    texts = [read_source(source) for source in sources]
    notices = [parse(text) for text in texts]
    read = [_least(partial(read_source, source), repeats) for source in sources]
    parsed = [_least(partial(parse, text), repeats) for text in texts]
    classifier = Classifier.load(threads=1)  # as an actor does
    written, size = _writing(notices, classifier, repeats)
    classify, flops = _classifying(notices, classifier, repeats, sizes)
    tokens = fmean(sum(lengths_of([query(i) for i in n.items])) for n in notices)
    return Times(
        machine=_machine(),
        notices=len(notices),
        items=fmean(len(n.items) for n in notices),
        characters=fmean(len(t.text) for t in texts),
        input_bytes=fmean(Path(s.name).stat().st_size for s in sources),
        output_bytes=size,
        tokens=tokens,
        read=Spread.of(read),
        parse=Spread.of(parsed),
        write=Spread.of([written] * len(notices)),
        classify=classify,
        flops=flops,
        gemm_gflops=_gemm(),
        dispatch_ms=dispatch_ms,
    )


def _least(action: Callable[[], object], repeats: int) -> float:
    """Milliseconds of processor time."""
    figures = []
    for _ in range(repeats):
        started = time.process_time()
        action()
        figures.append(1000 * (time.process_time() - started))
    return min(figures)


def _writing(notices: Sequence[Notice], classifier: Classifier, repeats: int) -> tuple[float, float]:
    """Milliseconds and bytes per notice: rows, Parquet, files."""
    taxonomy = load_taxonomy()
    predictions = [classifier.classify([query(item) for item in notice.items]) for notice in notices]

    def results() -> Iterator[Result]:
        for notice, own in zip(notices, predictions, strict=True):
            records = item_records(notice, own, taxonomy, classifier.policy)
            yield Result(notice_record(notice, records), tuple(records))

    figures = []
    with tempfile.TemporaryDirectory() as folder:
        output = Output(folder)
        output.open({}, resume=False, overwrite=False)
        for _ in range(repeats):
            started = time.process_time()
            output.mark("k", output.commit("k", results()))
            figures.append(1000 * (time.process_time() - started))
        size = sum(p.stat().st_size for p in Path(folder).rglob("part-*"))
    return min(figures) / len(notices), size / len(notices)


def _classifying(
    notices: Sequence[Notice], classifier: Classifier, repeats: int, sizes: Sequence[Size]
) -> tuple[dict[str, Spread], dict[str, float]]:
    """Milliseconds per notice of every engine, and operations per notice of the encoders."""
    queries = [[query(item) for item in notice.items] for notice in notices]
    classifier.classify(queries[0])  # burn in
    shipped = [_least(partial(classifier.classify, q), repeats) for q in queries]
    times, flops = {SHIPPED: Spread.of(shipped)}, {}
    for size in sizes:
        seconds = runner(size)
        sample = queries if size.width < 512 else queries[:4]  # the large one takes minutes for all
        times[size.name] = _scaled([1000 * seconds(lengths_of(q)) for q in sample], sample, queries)
        flops[size.name] = fmean(sum(map(size.flops, lengths_of(q))) for q in queries)
    return times, flops


def _scaled(figures: list[float], sample: list[list[Query]], queries: list[list[Query]]) -> Spread:
    """From the notices that were timed to all, by their tokens."""
    per_token = sum(figures) / sum(sum(lengths_of(q)) for q in sample)
    return Spread.of([per_token * sum(lengths_of(q)) for q in queries])


def _gemm() -> float:
    left, right = (np.random.default_rng(s).random((GEMM, GEMM), dtype=np.float32) for s in (0, 1))
    figures = []
    for _ in range(10):
        started = time.process_time()
        left @ right
        figures.append(time.process_time() - started)
    return 2 * GEMM**3 / min(figures) / 1e9


def _machine() -> str:
    """Name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


class _Nothing:
    """An actor that does nothing with a piece."""

    def __call__(self, row: dict[str, str]) -> dict[str, str]:
        return row


def dispatch_ms(pieces: int) -> float:
    """Wall-clock milliseconds per piece that Ray's driver takes, with two actors that do nothing."""
    import ray.data

    from zhenggai.cluster.ray_job import start_ray

    start_ray(None, 2)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    rows = [{"piece": "x" * 2000} for _ in range(pieces)]
    dataset = ray.data.from_items(rows, override_num_blocks=pieces).map(
        _Nothing, compute=ray.data.ActorPoolStrategy(size=2), num_cpus=1
    )
    iterator = iter(dataset.iter_rows())
    next(iterator)
    started = time.monotonic()
    for _ in iterator:
        pass
    seconds = time.monotonic() - started
    ray.shutdown()
    return 1000 * seconds / (pieces - 1)
