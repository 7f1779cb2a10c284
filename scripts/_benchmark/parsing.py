"""(a) Parsing: characters a second of CPU time on one core, of all cores by the clock, and whether time grows
with the length alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts._benchmark.measure import Figure, in_turns
from scripts._benchmark.texts import Texts, long_text, write_copies
from zhenggai.isolation import Isolation, read_notices
from zhenggai.notice import SourceText, parse
from zhenggai.notice.reading import Source
from zhenggai.parallel import cores

LENGTHS = (500_000, 1_000_000, 2_000_000, 5_000_000)
QUICK_LENGTHS = (50_000, 100_000)
COPIES, QUICK_COPIES = 1_000, 27
"""Files that all cores read: enough that starting the processes does not count."""


def measure(texts: Texts, rounds: int, quick: bool) -> Iterator[Figure]:
    """The notices as they are, then as files for all cores, then long files made of varied copies."""

    def all_notices() -> None:
        for text in texts.notices:
            parse(SourceText("", text))

    characters = sum(map(len, texts.notices))
    found = in_turns({"": all_notices}, rounds)[""]
    yield found.figure("a", f"{len(texts.notices)} 份通报", characters, "字/CPU 秒", by_cpu=True)
    yield _by_all_cores(texts, rounds, QUICK_COPIES if quick else COPIES)
    for length in QUICK_LENGTHS if quick else LENGTHS:
        text = SourceText("", long_text(texts.notices, length))
        seconds = in_turns({"": lambda text=text: parse(text)}, min(rounds, 3))[""]  # type: ignore[misc]
        yield seconds.figure("a", f"一个文件 {length:,} 字", length, "字/CPU 秒", by_cpu=True)


def _by_all_cores(texts: Texts, rounds: int, copies: int) -> Figure:
    """What `--workers` does before the labels: files read and parsed side by side."""
    with tempfile.TemporaryDirectory() as folder:
        write_copies(texts.notices, Path(folder), copies)
        sources = [Source(str(path)) for path in sorted(Path(folder).iterdir())]
        characters = sum(len(Path(source.name).read_text(encoding="utf-8")) for source in sources)

        def all_files() -> None:
            for _ in read_notices(sources, Isolation(workers=cores())):
                pass

        found = in_turns({"": all_files}, rounds)[""]
    return found.figure("a", f"{copies} 个文件，{cores()} 个进程", characters, "字/秒")
