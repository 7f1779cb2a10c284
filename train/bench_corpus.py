"""What a corpus of many files costs: start, rows a second, memory, maps, handles; under a cap of memory.

    python train/bench_corpus.py --shards 10 2000 --shard-mib 48 --cap-mib 5000   # 0.5 GB and 100 GB
    python train/bench_corpus.py --prepare-mib 4 40                        # prepare_corpus.py, peak memory

The first makes files without content (they take no disk) in a temporary folder and reads rows of them as
training does; each size in a process of its own, whose address space is capped. The second prepares texts of
both sizes. One line of JSON a size.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from train._pretraining.data import WINDOW, Rows
from train._pretraining.shards import held_out_name, open_sources, shard_name
from train._pretraining.vocabulary import CLS_ID

MIB = 2**20
LENGTH = 128
BATCH = 512


def make_shards(folder: Path, shards: int, tokens: int) -> None:
    """A source of so many files, all holes; its index."""
    for number in range(shards):
        with (folder / shard_name("web", number)).open("wb") as file:
            file.truncate(2 * tokens)
    (folder / held_out_name("web")).touch()
    entry = {"train_tokens": shards * tokens, "train_shards": [tokens] * shards, "held_out_tokens": 0}
    (folder / "index.json").write_text(json.dumps({"format": 2, "sources": {"web": entry}}))


def read(folder: Path, batches: int, cap_mib: int) -> dict[str, float]:
    """Open the corpus and take rows from several places of an epoch; figures of this process."""
    if cap_mib:
        resource.setrlimit(resource.RLIMIT_AS, (cap_mib * MIB, cap_mib * MIB))
    base = memory_mib("VmRSS")
    started = time.perf_counter()
    rows = Rows(open_sources(folder, "train", {}), LENGTH, seed=0, cls=CLS_ID)
    first = rows.take(np.arange(BATCH))
    opened = time.perf_counter() - started
    started = time.perf_counter()
    maps = handles = 0
    step = rows.epoch_rows // batches
    for number in range(batches):
        rows.take(np.arange(number * step, number * step + BATCH))
        mapped = Path("/proc/self/maps").read_text().splitlines()
        maps = max(maps, sum(str(folder) in line for line in mapped))
        handles = max(handles, len(os.listdir("/proc/self/fd")))
    seconds = time.perf_counter() - started
    assert (
        Rows(open_sources(folder, "train", {}), LENGTH, seed=0, cls=CLS_ID).take(np.arange(BATCH)) == first
    ).all()
    return {
        "window": WINDOW,
        "gib": sum(len(s.tokens) for s in rows.sources) * 2 / 2**30,
        "rows_an_epoch": rows.epoch_rows,
        "seconds_to_first_batch": round(opened, 3),
        "rows_a_second": round(batches * BATCH / seconds),
        "maps": maps,
        "handles": handles,
        "rss_before_mib": round(base),
        "anonymous_mib": round(memory_mib("RssAnon")),
        "peak_rss_mib": round(memory_mib("VmHWM")),
        "peak_address_space_mib": round(memory_mib("VmPeak")),
    }


def memory_mib(name: str) -> float:
    """A figure of /proc/self/status."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name + ":")).split()[1]) / 1024


def make_texts(path: Path, mib: float) -> None:
    """Documents of random characters, all different, of the size of official ones."""
    rng = np.random.default_rng(0)
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < mib * MIB:
            codes = rng.integers(0x4E00, 0x4E00 + 3000, 900)
            file.write("".join(map(chr, codes.tolist())) + "\n\n")


def prepare(folder: Path, mib: float, workers: int) -> dict[str, float]:
    """Peak memory of train/prepare_corpus.py and of its largest worker."""
    make_texts(folder / "web.txt", mib)
    (folder / "corpus.yaml").write_text("words: none\nshard_tokens: 1000000\n")
    program = Path(__file__).with_name("prepare_corpus.py")
    command = [sys.executable, str(program), "--config", str(folder / "corpus.yaml")]
    command += [
        "--input",
        str(folder / "web.txt"),
        "--output",
        str(folder / "out"),
        "--workers",
        str(workers),
    ]
    report = (
        "import resource, runpy, sys; sys.argv = sys.argv[1:]\n"
        "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "k = resource.getrusage\n"
        "print('PEAK', k(resource.RUSAGE_SELF).ru_maxrss, k(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    started = time.perf_counter()
    done = subprocess.run(
        [command[0], "-c", report, *command[1:]], check=True, capture_output=True, text=True
    )
    main, child = (int(word) / 1024 for word in done.stdout.split("PEAK")[1].split())
    return {
        "mib": mib,
        "seconds": round(time.perf_counter() - started, 1),
        "files": len(list((folder / "out").glob("*.bin"))),
        "peak_rss_mib": round(main),
        "peak_rss_of_a_worker_mib": round(child),
    }


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="大语料的代价：启动、速度、内存、映射与句柄")
    parser.add_argument("--shards", type=int, nargs="*", default=[], help="分片数，可给几个")
    parser.add_argument("--shard-mib", type=float, default=64.0, help="每个分片的大小（MiB）")
    parser.add_argument("--cap-mib", type=int, default=0, help="地址空间上限（MiB），0 为不限")
    parser.add_argument("--batches", type=int, default=200, help="读多少批，每批 512 行")
    parser.add_argument("--prepare-mib", type=float, nargs="*", default=[], help="制备多大的文本（MiB）")
    parser.add_argument("--workers", type=int, default=1, help="制备用的进程数")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)  # of the process that reads
    options = parser.parse_args(arguments)
    if options.folder:
        print(json.dumps(read(options.folder, options.batches, options.cap_mib)))
        return 0
    for shards in options.shards:
        with tempfile.TemporaryDirectory() as temporary:
            make_shards(Path(temporary), shards, int(options.shard_mib * MIB) // 2)
            command = [sys.executable, __file__, "--folder", temporary, "--cap-mib", str(options.cap_mib)]
            done = subprocess.run(
                [*command, "--batches", str(options.batches)], check=True, capture_output=True
            )
            print(json.dumps({"shards": shards, **json.loads(done.stdout)}), flush=True)
    for mib in options.prepare_mib:
        with tempfile.TemporaryDirectory() as temporary:
            print(json.dumps(prepare(Path(temporary), mib, options.workers)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
