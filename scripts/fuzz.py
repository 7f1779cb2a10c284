"""Mutate files and read and parse them, for a stated time; any finding is written down with its input.

    python scripts/fuzz.py --minutes 30 --seed 1 --findings out/fuzz

A finding is: an exception other than ReadingError, a file that takes longer than the bound, a span that
does not quote its source. Seeds are the notices in data/ and the hard cases in tests/cases, in all formats.
Exit status: 0 nothing found, 1 findings.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from zhenggai.errors import ReadingError
from zhenggai.notice import Item, Notice, SourceText, parse
from zhenggai.notice.cleaning import clean
from zhenggai.notice.reading import read

ROOT = Path(__file__).resolve().parent.parent
SECONDS_PER_CHARACTER = 2e-4
SECONDS = 10.0
"""A file may take this long, and the above for each byte beside it (this machine may be busy)."""
FRAGMENTS = [
    "一、", "（一）", "1.", "①", "一是", "关于“", "”的问题", "针对", "整改情况：", "问题：", "\t", "\u2028", "\n", "\r", "\u3000", "【更多公文素材，微信：x】",
    "##a##", "三、需要进一步整改的事项", "。", "，", "不到位", "已完成", "\ufeff", "\u200b", "\x00", "截至目前，43个问题已完成整改39个", "<table>", "</td>", "&#0;", "<!--",
]  # fmt: skip


def seeds() -> list[tuple[str, bytes]]:
    """Names and contents to start from."""
    sys.path.insert(0, str(ROOT / "tests"))
    from cases.build import all_cases

    found = [(path.name, path.read_bytes()) for path in sorted((ROOT / "data" / "notices").glob("*.txt"))]
    return found + [(case.name, case.data) for case in all_cases(ROOT / "tests" / "cases")]


def mutate(data: bytes, chance: random.Random) -> bytes:
    """A few random edits: bytes, chunks, fragments, encodings."""
    for _ in range(chance.randint(1, 8)):
        at, end = sorted(chance.randint(0, len(data)) for _ in range(2))
        end = min(end, at + chance.choice((1, 8, 200, 5000)))
        kind = chance.randrange(7)
        if kind == 0:
            data = data[:at] + data[end:]
        elif kind == 1:
            data = data[:end] + data[at:end] * chance.randint(1, 5) + data[end:]
        elif kind == 2 and data:
            data = data[:at] + bytes(chance.randrange(256) for _ in range(min(4, end - at))) + data[end:]
        elif kind == 3:
            encoding = chance.choice(("utf-8", "gb18030", "utf-16"))
            data = (
                data[:at] + chance.choice(FRAGMENTS).encode(encoding) * chance.choice((1, 1, 50)) + data[at:]
            )
        elif kind == 4:
            data = data[end:] + data[:at]
        elif kind == 5:
            text = data.decode("utf-8", "ignore")
            data = text.encode(chance.choice(("gb18030", "utf-16", "utf-8-sig", "big5")), "ignore")
        else:
            text = list(data.decode("utf-8", "ignore"))
            for _ in range(min(30, len(text))):
                text[chance.randrange(len(text))] = chance.choice(FRAGMENTS)
            data = "".join(text).encode("utf-8")
    return data[:2_000_000]


def wrong_spans(notice: Notice) -> str | None:
    """What is wrong with the spans, if anything."""
    text = notice.source.text
    for item in notice.items:
        for span, field in (
            (item.problem_span, item.problem),
            *zip(item.outcome_spans, _paragraphs(item), strict=False),
        ):
            if not 0 <= span[0] < span[1] <= len(text):
                return f"span {span} of item {item.index} is outside the text"
            folded = "".join(clean(SourceText("", text[slice(*span)])).text.split())
            if folded != "".join(field.split()):
                return f"span {span} of item {item.index} reads {folded[:40]!r}, the field {field[:40]!r}"
    return None


def _paragraphs(item: Item) -> Iterator[str]:
    """The paragraphs of an outcome, as many as there are spans."""
    parts = item.outcome.split("\n")
    yield from parts if len(parts) == len(item.outcome_spans) else ()


def check(name: str, data: bytes, counts: Counter[str]) -> str | None:
    """Read and parse one input; what is wrong, or None."""
    start = time.process_time()
    try:
        notice = parse(read(name, data))
        counts["items"] += len(notice.items)
        problem = wrong_spans(notice)
        counts["parsed"] += 1
    except ReadingError:
        counts["refused"] += 1
        problem = None
    except Exception:
        return traceback.format_exc()
    taken = time.process_time() - start
    if taken > SECONDS + SECONDS_PER_CHARACTER * len(data):
        return f"took {taken:.1f} s for {len(data)} bytes"
    return problem


def main() -> int:
    """Fuzz and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--findings", type=Path, default=Path("out/fuzz"))
    arguments = parser.parse_args()
    chance, start, found = random.Random(arguments.seed), time.monotonic(), 0
    counts: Counter[str] = Counter()
    pool = seeds()
    while time.monotonic() - start < 60 * arguments.minutes:
        name, data = chance.choice(pool)
        data = mutate(data, chance)
        counts["inputs"] += 1
        problem = check(name, data, counts)
        if problem is not None:
            found += 1
            arguments.findings.mkdir(parents=True, exist_ok=True)
            stem = hashlib.sha256(data).hexdigest()[:12]
            (arguments.findings / f"{stem}-{name}").write_bytes(data)
            (arguments.findings / f"{stem}.txt").write_text(problem, encoding="utf-8")
            print(f"{stem} {name}: {problem.strip().splitlines()[-1][:200]}", flush=True)
    print(f"{dict(counts)} findings {found}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
