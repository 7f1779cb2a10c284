"""Mutate files and read and parse them, for a stated time; any finding is written down with its input.

    python scripts/fuzz.py --minutes 30 --seed 1 --findings out/fuzz
    coverage run --source zhenggai/notice scripts/fuzz.py --minutes 30 && coverage report

A finding is: an exception other than ReadingError, a fault of our own code that the net of the reader
caught, a file that takes longer than the bound, a span that does not quote its source, an item whose text
is not in the source, items out of order. Seeds are the notices in data/ and the hard cases in tests/cases,
in all formats; files that give items become seeds. LibreOffice is left out: it takes seconds to start.
Exit status: 0 nothing found, 1 findings.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from mutations import LARGEST, mutate, packed

from zhenggai.errors import ReadingError
from zhenggai.notice import Item, Notice, SourceText, parse
from zhenggai.notice.formats import libreoffice
from zhenggai.notice.reading import Limits, expand, read, read_source
from zhenggai.notice.text.cleaning import clean

ROOT = Path(__file__).resolve().parent.parent
SECONDS_PER_CHARACTER = 2e-4
SECONDS = 10.0
"""A file may take this long, and the above for each byte beside it (this machine may be busy)."""
LIMITS = Limits(unpacked_bytes=50_000_000)
OWN_FAULTS = (AttributeError, TypeError, IndexError, KeyError, AssertionError, RecursionError, MemoryError)
"""What a fault of our own code looks like under the net that `read` spreads for libraries."""
LARGEST_POOL = 3_000
ZIP_SHARE = 0.05


MHTML = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"


Seed = tuple[str, bytes]


def seeds() -> list[Seed]:
    """Names and contents to start from."""
    sys.path.insert(0, str(ROOT / "tests"))
    from cases.build import all_cases

    found = [(path.name, path.read_bytes()) for path in sorted((ROOT / "data" / "notices").glob("*.txt"))]
    found += [(case.name, case.data) for case in all_cases(ROOT / "tests" / "cases")]
    return found + [("page.mhtml", MHTML + data) for name, data in found if name.endswith(".html")]


def group(name: str) -> str:
    """The ending: every format gets the same share, however many seeds it has."""
    return name.rpartition(".")[2].lower()


def faults(notice: Notice) -> Iterator[str]:
    """What is wrong with a notice."""
    text = notice.source.text
    whole = "".join(clean(notice.source).text.split())
    for number, item in enumerate(notice.items, 1):
        if item.index != number:
            yield f"item {number} has the index {item.index}"
        if not item.problem.strip():
            yield f"item {number} has an empty problem"
        yield from _wrong_spans(item, text)
        for field in (item.deadline, item.responsible):
            pieces = [] if field is None else field.replace("；", "、").split("、")
            if any("".join(piece.split()) not in whole for piece in pieces):
                yield f"item {number}: {field[:40]!r} is not in the source"  # type: ignore[index]


def _wrong_spans(item: Item, text: str) -> Iterator[str]:
    paragraphs = item.outcome.split("\n") if item.outcome else []
    if "".join(paragraphs) and not item.outcome_spans:
        yield f"item {item.index} has an outcome without spans"
    quotes = paragraphs if len(paragraphs) == len(item.outcome_spans) else []
    for span, field in ((item.problem_span, item.problem), *zip(item.outcome_spans, quotes, strict=False)):
        if not 0 <= span[0] < span[1] <= len(text):
            yield f"span {span} of item {item.index} is outside the text"
            continue
        folded = "".join(clean(SourceText("", text[slice(*span)])).text.split())
        if folded != "".join(field.split()):
            yield f"span {span} of item {item.index} reads {folded[:40]!r}, the field {field[:40]!r}"


def check(name: str, data: bytes, folder: Path, counts: Counter[str]) -> str | None:
    """Read and parse one input; what is wrong, or None."""
    start, length = time.process_time(), len(data)
    try:
        for notice in _notices(name, data, folder):
            length += len(notice.source.text)
            counts["items"] += len(notice.items)
            problem = next(faults(notice), None)
            if problem is not None:
                return problem
        counts["parsed"] += 1
        counts[f"parsed {group(name)}"] += 1
    except ReadingError as error:
        counts["refused"] += 1
        if isinstance(error.__cause__, OWN_FAULTS) and _is_ours(error.__cause__):
            return "".join(traceback.format_exception(error.__cause__))
    except Exception:
        return traceback.format_exc()
    taken = time.process_time() - start
    if taken > SECONDS + SECONDS_PER_CHARACTER * length:
        return f"took {taken:.1f} s for {length} bytes and characters"
    return None


def _is_ours(error: BaseException) -> bool:
    """Whether it was raised in the package itself, not in a library that choked on a broken file."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and Path(frames[-1].filename).is_relative_to(ROOT / "zhenggai")


def _notices(name: str, data: bytes, folder: Path) -> Iterator[Notice]:
    if not name.endswith(".zip"):
        yield parse(read(name, data, LIMITS))
        return
    path = folder / name
    path.write_bytes(data)
    for source in expand([path], LIMITS):
        yield parse(read_source(source, LIMITS))


class Pool:
    """Seeds by their ending, and what grew out of them."""

    def __init__(self, seeds: Iterable[Seed], chance: random.Random) -> None:
        self._chance = chance
        self._groups: dict[str, list[Seed]] = {}
        self._size = 0
        for seed in seeds:
            self.add(seed)

    def add(self, seed: Seed) -> None:
        """Keep one more; beyond the largest size nothing is added."""
        if self._size < LARGEST_POOL and len(seed[1]) < LARGEST // 10:
            self._groups.setdefault(group(seed[0]), []).append(seed)
            self._size += 1

    def draw(self) -> Seed:
        """An ending, then a file with it; PDF less often, since it takes a hundred times longer."""
        weights = [0.2 if ending == "pdf" else 3.0 if ending == "txt" else 1.0 for ending in self._groups]
        [ending] = self._chance.choices(list(self._groups), weights)
        return self._chance.choice(self._groups[ending])

    def mutated(self) -> Seed:
        """A new input."""
        if self._chance.random() < ZIP_SHARE:
            return "x.zip", self._archive()
        name, data = self.draw()
        return name, mutate(data, self.draw()[1], self._chance)

    def _archive(self) -> bytes:
        parts = []
        for _ in range(self._chance.randint(1, 4)):
            name, data = self.draw()
            if self._chance.random() < 0.5 and len(data) < 100_000:
                data = mutate(data, b"", self._chance)
            odd = ("../" + name, "甲/" + name, "a\\" + name, name.upper(), "", name)
            parts.append((self._chance.choice(odd) if self._chance.random() < 0.2 else name, data))
        whole = packed(parts, self._chance)
        if self._chance.random() < 0.3:  # its directory, which stands at the end
            cut = max(0, len(whole) - 400)
            tail = bytearray(whole[cut:])
            for _ in range(3):
                tail[self._chance.randrange(len(tail))] = self._chance.randrange(256)
            whole = whole[:cut] + bytes(tail)
        return whole


def report(path: Path, name: str, data: bytes, problem: str) -> None:
    """Write a finding down."""
    path.mkdir(parents=True, exist_ok=True)
    stem = hashlib.sha256(data).hexdigest()[:12]
    (path / f"{stem}-{name}").write_bytes(data)
    (path / f"{stem}.log").write_text(problem, encoding="utf-8")
    print(f"{stem} {name}: {problem.strip().splitlines()[-1][:200]}", flush=True)


def main() -> int:
    """Fuzz and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--findings", type=Path, default=Path("out/fuzz"))
    arguments = parser.parse_args()
    libreoffice.find_program = lambda: None
    warnings.simplefilter("ignore")  # names that an archive has twice
    chance, start, found = random.Random(arguments.seed), time.monotonic(), 0
    counts: Counter[str] = Counter()
    pool = Pool(seeds(), chance)
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() - start < 60 * arguments.minutes:
            name, data = pool.mutated()
            counts["inputs"] += 1
            items = counts["items"]
            problem = check(name, data, Path(folder), counts)
            if problem is not None:
                found += 1
                report(arguments.findings, name, data, problem)
            elif counts["items"] > items and not name.endswith(".zip") and chance.random() < 0.02:
                pool.add((name, data))
    minutes = (time.monotonic() - start) / 60
    print(f"{minutes:.1f} minutes, {time.process_time() / 60:.1f} of them processor time, findings: {found}")
    print(dict(counts))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
