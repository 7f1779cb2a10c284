"""(a) Parsing: characters a second of CPU time on one core, and whether time grows with the length alone."""

from __future__ import annotations

from collections.abc import Iterator

from scripts._benchmark.measure import Figure, in_turns
from scripts._benchmark.texts import Texts, long_text
from zhenggai.notice import SourceText, parse

LENGTHS = (500_000, 1_000_000, 2_000_000, 5_000_000)
QUICK_LENGTHS = (50_000, 100_000)


def measure(texts: Texts, rounds: int, quick: bool) -> Iterator[Figure]:
    """The notices as they are, then long files made of varied copies."""

    def all_notices() -> None:
        for text in texts.notices:
            parse(SourceText("", text))

    characters = sum(map(len, texts.notices))
    found = in_turns({"": all_notices}, rounds)[""]
    yield found.figure("a", f"{len(texts.notices)} 份通报", characters, "字/CPU 秒", by_cpu=True)
    for length in QUICK_LENGTHS if quick else LENGTHS:
        text = SourceText("", long_text(texts.notices, length))
        seconds = in_turns({"": lambda text=text: parse(text)}, 1)[""]  # type: ignore[misc]
        yield seconds.figure("a", f"一个文件 {length:,} 字", length, "字/CPU 秒", by_cpu=True)
