"""(c) From files to the ledger, with peak memory; (d) the cold start."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from scripts._benchmark.measure import Figure, Run, run
from scripts._benchmark.texts import Pair, Texts, write_copies
from zhenggai.classification.category import load_category
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.notice import SourceText, parse
from zhenggai.records import query
from zhenggai.resources import model_path
from zhenggai.taxonomy import load_taxonomy

_COMMAND = (sys.executable, "-c", "from zhenggai.cli import program; program()")


def measure_throughput(texts: Texts, counts: Sequence[int]) -> Iterator[Figure]:
    """Notices a second and peak memory for each of `counts` varied notices."""
    first: float | None = None
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            write_copies(texts.notices, Path(folder) / "in", count)
            done = run([*_COMMAND, "classify", f"{folder}/in", "-o", f"{folder}/out.jsonl", "--quiet"])
        first = first or done.peak_mib
        rate = count / done.seconds
        more = {"内存峰值MiB": done.peak_mib, "与最少者之比": done.peak_mib / first}
        yield Figure("c", f"{count} 份通报，文件到台账", rate, "份/秒", rate, rate, more=more)


def measure_cold(texts: Texts, rounds: int) -> Iterator[Figure]:
    """One notice, process start to ledger, beside the bare import; one that needs the encoder.

    Of the notices that have unsure items it is the one of middle length.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_copies((_needing_the_encoder(texts),), Path(folder) / "in", 1)
        ours = [*_COMMAND, "classify", f"{folder}/in", "-o", f"{folder}/out.jsonl", "--overwrite"]
        bare = [sys.executable, "-c", "import onnxruntime, tokenizers"]
        _leave_byte_code(ours)
        runs: dict[str, list[Run]] = {"bare": [], "ours": []}
        for _ in range(rounds + 1):
            runs["bare"].append(run(bare))
            runs["ours"].append(run(ours))
    least: dict[str, float] = {}
    for name, title in (("bare", "import onnxruntime, tokenizers"), ("ours", "一份通报，进程启动到台账写完")):
        times = sorted(r.seconds * 1000 for r in runs[name][1:])
        least[name] = statistics.median(times)
        ratio = least["bare"] / least["ours"] if name == "ours" else None
        more = {"倍数": least["ours"] / least["bare"]} if name == "ours" else {}
        more["CPU 毫秒"] = 1000 * statistics.median(r.cpu for r in runs[name][1:])
        if name == "ours":
            more["CPU 倍数"] = more["CPU 毫秒"] / (1000 * statistics.median(r.cpu for r in runs["bare"][1:]))
        peak = {"内存峰值MiB": max(r.peak_mib for r in runs[name])}
        yield Figure(
            "d", title, least[name], "毫秒", times[0], times[-1], ratio, "bare import", {**more, **peak}
        )


def _leave_byte_code(command: Sequence[str]) -> None:
    """Run it once as `make example` does: with byte code kept, whatever the environment says."""
    keeping = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, env=keeping, check=True, capture_output=True)


def _needing_the_encoder(texts: Texts) -> str:
    asked = _Asked()
    classifier = replace(load_category(model_path("category")), encoder=asked)
    unsure = []
    for text in texts.notices:
        asked.pairs = 0
        classifier.classify([query(item) for item in parse(SourceText("", text)).items])
        if asked.pairs:
            unsure.append(text)
    return sorted(unsure, key=len)[len(unsure) // 2]


class _Asked:
    """In place of the encoder: how much it is asked."""

    pairs = 0

    def scores(self, pairs: Sequence[Pair]) -> Floats:
        self.pairs += len(pairs)
        return np.zeros((len(pairs), len(load_taxonomy().categories)), dtype=np.float32)
